import { html, nothing, repeat } from '../../vendor/lit-html.js'
import { isNewlyDebriefed, lacksDebrief, saying, stepsDue } from '../../core/debrief.js'
import { t } from '../../core/gettext.js'
import { walksAlong } from '../../core/team.js'
import { sayDay } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import { observationRows } from '../observation-rows.js'
import { deskSchools } from '../routes.js'
import './step-said.js'

const KINDS = ['walk', 'visit', 'next_step', 'observation']

/** What walks leave to do: a debrief that nobody closed, and next steps that this person has in hand. Read after the page is there. */
class AfterWalk extends LightElement {
  #walks = []
  #steps = []
  #told = []

  connectedCallback() {
    this.app.store.addEventListener('changed', this.#onChanged)
    this.#look()
  }

  disconnectedCallback() {
    this.app.store.removeEventListener('changed', this.#onChanged)
  }

  #onChanged = ({ detail }) => {
    if (!detail?.kinds || KINDS.some((kind) => detail.kinds.includes(kind))) this.#look()
  }

  async #look() {
    const { store, space, now } = this.app
    const found = await Promise.all(['walk', 'next_step'].map((kind) => store.all(kind)))
    const [walks, steps] = found.map((some) => some.filter((one) => one.space === space.id))
    const over = walks.filter(({ body }) => walksAlong(body, space.person) && lacksDebrief(body, true, now()))
    this.#walks = over.length ? await this.#made(over) : []
    const schools = deskSchools(space)
    this.#told = walks.filter(({ body }) => schools.includes(body.school) && isNewlyDebriefed(body, now())).sort(latestFirst)
    this.#steps = stepsDue(steps, space.person, now())
    if (this.isConnected) this.paint()
  }

  /** Those in which somebody went into a room. */
  async #made(walks) {
    const visits = await this.app.store.all('visit')
    const begun = visits.filter(({ body }) => body.started_at != null || body.revealed).map(({ body }) => body.walk)
    const seen = await observationRows(this.app, ({ walk }) => walks.some(({ id }) => id === walk))
    const made = new Set([...begun, ...seen.map(({ summary }) => summary.walk)])
    return walks.filter(({ id }) => made.has(id)).sort(latestFirst)
  }

  view() {
    return [
      this.#walks.length
        ? html`<section aria-labelledby="to-debrief"><h2 class="section-head" id="to-debrief">${t('Unfinished walks')}</h2><ul class="rows">${this.#walks.map((walk) => this.#walk(walk, html`<span class="tag" data-tone="caution">${t('No debrief yet')}</span>`))}</ul></section>`
        : nothing,
      this.#told.length
        ? html`<section aria-labelledby="told-debriefs"><h2 class="section-head" id="told-debriefs">${t('Debriefs of your school')}</h2><ul class="rows">${this.#told.map((walk) => this.#walk(walk, nothing))}</ul></section>`
        : nothing,
      this.#steps.length
        ? html`<section aria-labelledby="own-steps"><h2 class="section-head" id="own-steps">${t('Your next steps')}</h2><ul class="rows">${repeat(
            this.#steps,
            ({ id }) => id,
            (step) =>
              html`<li><step-said .step=${step} .now=${this.app.now()} .open=${true} @said=${this.#said}></step-said></li>`,
          )}</ul></section>`
        : nothing,
    ]
  }

  #walk({ id, body }, tag) {
    return html`<li><a class="row" href=${`#/debrief/${id}`}><span><span class="title">${body.title || body.focus}</span><span class="about">${sayDay(body.date, this.app.now())}</span></span>${tag}</a></li>`
  }

  #said = ({ detail: { step, is, text, until } }) => {
    const said = { is, text, by: this.app.space.person, now: this.app.now(), id: this.app.newId() }
    const kept = this.app.save([{ id: step.id, kind: 'next_step', set: saying(step.body, said) }])
    until?.(kept)
  }
}

function latestFirst(a, b) {
  return a.body.date < b.body.date ? 1 : -1
}

define('after-walk', AfterWalk, ['app'])
