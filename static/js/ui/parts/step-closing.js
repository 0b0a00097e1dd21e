import { html, nothing } from '../../vendor/lit-html.js'
import { UPTAKES } from '../../core/coaching.js'
import { t } from '../../core/gettext.js'
import { UPTAKE } from '../coaching-words.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** How far a step came, and by what this was seen: both, or it stays open. Says `closed` with `{uptake, text}`, or `left`. */
class StepClosing extends LightElement {
  #faults = {}

  connectedCallback() {
    this.paint()
    this.querySelector('input').focus()
  }

  view() {
    const { uptake, text } = this.#faults
    return html`<form class="stack" novalidate @submit=${this.#send}>
      <fieldset class="field" aria-describedby=${uptake ? 'uptake-fault' : nothing}><legend>${t('How far did the step come?')}</legend>
        <div class="choices">${UPTAKES.map(
          (one) =>
            html`<label class="choice"><input type="radio" name="uptake" value=${one}><span class="tick">${icon('tick')}</span>${UPTAKE[one]}</label>`,
        )}</div>
        ${uptake ? html`<span class="fault" id="uptake-fault">${uptake}</span>` : nothing}</fieldset>
      <p class="field"><label for="step-evidence">${t('Evidence')}</label><span class="hint" id="step-evidence-hint">${t('What you saw or heard of it.')}</span>
        <textarea class="input" id="step-evidence" rows="3" aria-invalid=${text ? 'true' : nothing} aria-describedby=${text ? 'step-evidence-hint step-evidence-fault' : 'step-evidence-hint'}></textarea>
        ${text ? html`<span class="fault" id="step-evidence-fault">${text}</span>` : nothing}</p>
      <p class="cluster"><button class="button button-primary">${t('Close the step')}</button><button type="button" class="button" @click=${() => this.say('left')}>${t('Not now')}</button></p>
    </form>`
  }

  #send = (event) => {
    event.preventDefault()
    const uptake = Number(this.querySelector('input:checked')?.value ?? 0)
    const text = this.querySelector('textarea').value.trim()
    this.#faults = {
      ...(uptake ? {} : { uptake: t('Choose how far it came.') }),
      ...(text ? {} : { text: t('Write what you saw of it: a step is closed with evidence.') }),
    }
    this.paint()
    if (!uptake || !text) return this.querySelector(uptake ? 'textarea' : 'input').focus()
    this.say('closed', { uptake, text })
  }
}

define('step-closing', StepClosing, [])
