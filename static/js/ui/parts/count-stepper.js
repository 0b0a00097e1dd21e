import { html, live } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** A whole number from 0 up, or none yet. Says `count` with `{value}`; an emptied field says null. */
class CountStepper extends LightElement {
  view() {
    const { label, value, hint, frozen, name } = this
    return html`<fieldset class="field" ?disabled=${frozen}>
      <legend id=${`${name}-label`} class=${this.plain ? 'visually-hidden' : ''}>${label}</legend>
      ${hint ? html`<p class="hint">${hint}</p>` : ''}
      <div class="stepper">
        <button type="button" class="button" aria-label=${t('One fewer: {label}', { label })} ?disabled=${!value || frozen} @click=${() => this.#step(-1)}>${icon('minus')}</button>
        <input class="input figures" inputmode="numeric" pattern="[0-9]*" autocomplete="off" maxlength="4" aria-labelledby=${`${name}-label`}
          .value=${live(value == null ? '' : String(value))} @change=${(event) => this.#typed(event.target)}>
        <button type="button" class="button" aria-label=${t('One more: {label}', { label })} @click=${() => this.#step(1)}>${icon('plus')}</button>
      </div>
    </fieldset>`
  }

  #step(by) {
    this.say('count', { value: this.#within((this.value ?? 0) + by) })
  }

  #typed(input) {
    const digits = input.value.replace(/\D/g, '')
    const value = digits === '' ? null : this.#within(Number(digits))
    input.value = value ?? ''
    this.say('count', { value })
  }

  #within(value) {
    return Math.min(Math.max(0, value), this.most ?? value)
  }
}

define('count-stepper', CountStepper, ['label', 'value', 'hint', 'frozen', 'name', 'most', 'plain'])
