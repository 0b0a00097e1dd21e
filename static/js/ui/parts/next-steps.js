import { html, live, nothing, repeat } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { dateOf } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import './step-said.js'

const TWO_WEEKS_MS = 14 * 86_400_000

/**
 * Who does what until when. Says `step` with `{text, owner, due, area, until}`; what is said of a step goes on from `step-said`.
 */
class NextSteps extends LightElement {
  #draft = { text: '', owner: '', due: '', area: '' }
  #faults = {}

  view() {
    const { steps } = this
    return html`${
      steps.length
        ? html`<ul class="rows">${repeat(
            steps,
            ({ id }) => id,
            (step) =>
              html`<li><step-said .step=${step} .who=${this.nameOf(step.body.owner)} .now=${this.now} .open=${this.open || step.body.owner === this.me}></step-said></li>`,
          )}</ul>`
        : html`<p class="quiet">${t('None yet.')}</p>`
    }
      ${this.open ? this.#form() : nothing}`
  }

  #form() {
    const { people, areas, now } = this
    const { text, owner, due, area } = this.#draft
    return html`<form class="stack" novalidate @submit=${this.#send} @input=${this.#typed}>
      ${this.#field('text', t('What will be done?'), html`<textarea class="input" id="step-text" name="text" rows="2" .value=${text} aria-invalid=${this.#faults.text ? 'true' : nothing} aria-describedby=${this.#faults.text ? 'step-text-fault' : nothing}></textarea>`)}
      <div class="fields">
        ${this.#field('owner', t('By whom?'), html`<select class="input" id="step-owner" name="owner" aria-invalid=${this.#faults.owner ? 'true' : nothing} aria-describedby=${this.#faults.owner ? 'step-owner-fault' : nothing}><option value="" .selected=${live(!owner)}>${t('Choose…')}</option>${people.map(({ id, body }) => html`<option value=${id} .selected=${live(id === owner)}>${body.name}</option>`)}</select>`)}
        ${this.#field('due', t('Until when?'), html`<input class="input" id="step-due" name="due" type="date" .value=${due || dateOf(now + TWO_WEEKS_MS)} required>`)}
        ${areas.length ? this.#field('area', t('For which focus area?'), html`<select class="input" id="step-area" name="area"><option value="" .selected=${live(!area)}>${t('None')}</option>${areas.map(({ key, title }) => html`<option value=${key} .selected=${live(key === area)}>${title}</option>`)}</select>`) : nothing}
      </div>
      <p><button class="button">${t('Add the step')}</button></p></form>`
  }

  #field(name, words, input) {
    const fault = this.#faults[name]
    return html`<p class="field"><label for=${`step-${name}`}>${words}</label>${input}${fault ? html`<span class="fault" id=${`step-${name}-fault`}>${fault}</span>` : nothing}</p>`
  }

  #typed = ({ target }) => {
    this.#draft = { ...this.#draft, [target.name]: target.value }
  }

  #send = (event) => {
    event.preventDefault()
    const { owner, area } = this.#draft
    const text = this.#draft.text.trim()
    const due = this.querySelector('#step-due').value
    this.#faults = {
      ...(text ? {} : { text: t('Write what will be done.') }),
      ...(owner ? {} : { owner: t('Choose who has it in hand.') }),
    }
    this.paint()
    const [wrong] = Object.keys(this.#faults)
    if (wrong) return this.querySelector(`#step-${wrong}`).focus()
    this.say('step', { text, owner, due, area: area || null, until: this.#until })
  }

  /** Words that could not be kept stay where they are. */
  #until = (kept) =>
    kept.then(
      () => {
        this.#draft = { text: '', owner: '', due: '', area: '' }
        this.paint()
      },
      () => {},
    )
}

define('next-steps', NextSteps, ['steps', 'people', 'areas', 'nameOf', 'me', 'now', 'open'])
