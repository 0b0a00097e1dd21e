import { html, live, nothing } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'

// Long enough not to write at every key, short enough that a battery that dies takes a word at most.
const SAVE_AFTER_MS = 250

/**
 * A field for a text of any length, kept while it is typed. What comes from elsewhere meanwhile does not move the writer's words.
 * Says `text` with `{value}` (null when emptied) and `typing` with `{is}`.
 */
class TextAnswer extends LightElement {
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
    const { label, name, value, hint, frozen, rows = 3 } = this
    return html`<p class="field"><label for=${name}>${label}</label>
      ${hint ? html`<span class="hint" id=${`${name}-hint`}>${hint}</span>` : nothing}
      <textarea class="input" id=${name} rows=${rows} ?disabled=${frozen} aria-describedby=${hint ? `${name}-hint` : nothing} .value=${live(this.#timer ? this.#field.value : (value ?? ''))}
        @input=${this.#typed} @blur=${this.#save}></textarea></p>`
  }

  get #field() {
    return this.querySelector('textarea')
  }

  #typed = () => {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#save, SAVE_AFTER_MS)
    this.say('typing', { is: true })
  }

  #saveNow() {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = 0
    const { value } = this.#field
    this.say('text', { value: value.trim() === '' ? null : value })
    this.say('typing', { is: false })
  }
}

define('text-answer', TextAnswer, ['label', 'name', 'value', 'hint', 'frozen', 'rows'])
