import { html, live } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

// As with words: not at every digit, and no battery that dies takes a number along.
const SAVE_AFTER_MS = 250

/**
 * A whole number from 0 up, or none yet, kept while it is typed. Says `count` with `{value}`, null for an emptied field, and
 * `typing` with `{is}`.
 */
class CountStepper extends LightElement {
  #timer = 0
  #save = () => this.#saveNow()

  connectedCallback() {
    super.connectedCallback()
    addEventListener('pagehide', this.#save)
    document.addEventListener('visibilitychange', this.#save)
  }

  disconnectedCallback() {
    this.#saveNow()
    removeEventListener('pagehide', this.#save)
    document.removeEventListener('visibilitychange', this.#save)
  }

  view() {
    const { label, value, hint, frozen, name } = this
    return html`<fieldset class="field" ?disabled=${frozen}>
      <legend id=${`${name}-label`} class=${this.plain ? 'visually-hidden' : ''}>${label}</legend>
      ${hint ? html`<p class="hint">${hint}</p>` : ''}
      <div class="stepper">
        <button type="button" class="button" aria-label=${t('One fewer: {label}', { label })} ?disabled=${!value || frozen} @click=${() => this.#step(-1)}>${icon('minus')}</button>
        <input class="input figures" inputmode="numeric" pattern="[0-9]*" autocomplete="off" maxlength="4" aria-labelledby=${`${name}-label`}
          .value=${live(this.#timer ? this.#field.value : String(value ?? ''))} @input=${this.#typed} @change=${this.#save}>
        <button type="button" class="button" aria-label=${t('One more: {label}', { label })} @click=${() => this.#step(1)}>${icon('plus')}</button>
      </div>
    </fieldset>`
  }

  get #field() {
    return this.querySelector('input')
  }

  #step(by) {
    const from = this.#timer ? this.#read() : this.value
    this.say('count', { value: this.#within((from ?? 0) + by) })
    this.#rest()
  }

  #typed = () => {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#save, SAVE_AFTER_MS)
    this.say('typing', { is: true })
  }

  #saveNow() {
    if (!this.#timer) return
    const value = this.#read()
    this.say('count', { value })
    this.#rest()
    // Letters, and what is more than there can be, are not kept: the field shows what is.
    this.#field.value = value ?? ''
  }

  #rest() {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = 0
    this.say('typing', { is: false })
  }

  #read() {
    const digits = this.#field.value.replace(/\D/g, '')
    return digits === '' ? null : this.#within(Number(digits))
  }

  #within(value) {
    return Math.min(Math.max(0, value), this.most ?? value)
  }
}

define('count-stepper', CountStepper, ['label', 'value', 'hint', 'frozen', 'name', 'most', 'plain'])
