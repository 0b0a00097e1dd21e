import { html, nothing } from '../../vendor/lit-html.js'
import { isFollowUpDue, lastGiven, quietDays, standingOf, stepsUnder } from '../../core/coaching.js'
import { t, tn } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

/** The way into the coaching zone; beside it, quietly, how much there stands to look at. No names: Today is seen by others too. */
class CoachingLink extends LightElement {
  #due = 0

  connectedCallback() {
    this.paint()
    this.#look()
  }

  async #look() {
    const { store, space, now } = this.app
    const found = await Promise.all(['agreement', 'coaching_step'].map((kind) => store.all(kind)))
    const [agreements, steps] = found.map((list) => list.filter((one) => one.space === space.id))
    this.#due = agreements.filter(({ id, body }) =>
      body.teacher === space.person ? standingOf(body) === 'asked' : isDue(body, stepsUnder(steps, id), now()),
    ).length
    if (this.isConnected) this.paint()
  }

  view() {
    return html`<p class="cluster"><a class="button" href="#/coaching">${t('Coaching')}</a>
      ${this.#due ? html`<span class="quiet small">${tn('{count} to look at', '{count} to look at', this.#due)}</span>` : nothing}</p>`
  }
}

function isDue(agreement, steps, now) {
  if (standingOf(agreement) !== 'agreed') return false
  const last = lastGiven(steps)
  return quietDays(agreement, steps, now) > 0 || Boolean(last && isFollowUpDue(last.body, now))
}

define('coaching-link', CoachingLink, ['app'])
