import { html, nothing } from '../../vendor/lit-html.js'
import { listed, t, tc } from '../../core/gettext.js'
import { STEPS } from '../../core/practice.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/**
 * What stands above a practice visit: that nothing of it is kept, and one step at a time. A step that is done is ticked where it
 * stands; only its reader turns to the next, so that nothing moves under a finger. Says `put` for the line to be written anew.
 */
class PracticeGuide extends LightElement {
  #at = 0
  #known = []
  #said = ''

  /** Heard once, whichever step is in sight. */
  paint() {
    const news = STEPS.filter(({ name }) => this.done.includes(name) && !this.#known.includes(name))
    if (news.length) this.#said = t('Done: {steps}.', { steps: listed(news.map(({ title }) => title)) })
    this.#known = this.done
    super.paint()
  }

  view() {
    const { name, title, text, moment } = STEPS[this.#at]
    const isDone = this.done.includes(name)
    return html`<section class="practice" aria-label=${tc('a trial', 'Practice')}>
      <div class="practice-bar">
        <p><strong>${t('Practice: nothing of this is kept or sent.')}</strong></p>
        <div class="turns">
          <button type="button" class="button button-quiet" aria-label=${t('Back to the step before')} aria-disabled=${String(this.#at === 0)} @click=${() => this.#turn(this.#at - 1)}>${t('Back')}</button>
          <button type="button" class="button ${isDone ? 'button-primary' : ''}" aria-disabled=${String(this.#ahead < 0)} @click=${() => this.#turn(this.#ahead)}>${isDone ? t('Next step') : tc('a step', 'Skip')}</button>
        </div>
        <a class="button button-quiet" href="#/">${t('Leave practice')}</a>
      </div>
      <details class="practice-step" open>
        <summary><span>${t('{n} of {of}: {title}', { n: this.#at + 1, of: STEPS.length, title })}</span><span class="done" ?data-is=${isDone}>${icon('tick')}<span class="visually-hidden">${tc('a step', 'done')}</span></span></summary>
        <p>${text}</p>
        ${moment ? html`<p class="moment">${moment}</p>` : nothing}
        ${name === 'reworded' ? html`<p><button type="button" class="button" @click=${() => this.say('put')}>${this.isPut ? t('Show it in my notes') : t('Put it into my notes')}</button></p>` : nothing}
      </details>
      <p class="visually-hidden" role="status">${this.#said}</p>
    </section>`
  }

  /** The next that is not done yet, those that were skipped at the end; -1 when there is no other. */
  get #ahead() {
    const places = STEPS.map((_, place) => (this.#at + 1 + place) % STEPS.length)
    return places.slice(0, -1).find((place) => !this.done.includes(STEPS[place].name)) ?? -1
  }

  #turn(at) {
    if (!STEPS[at]) return
    this.#at = at
    this.#said = `${STEPS[at].title}. ${STEPS[at].text}`
    this.paint()
  }
}

define('practice-guide', PracticeGuide, ['done', 'isPut'])
