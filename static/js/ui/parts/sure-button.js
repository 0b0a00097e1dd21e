import { html } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

/** A step that cannot be taken back is asked about a second time. Says `sure`. */
class SureButton extends LightElement {
  #asks = false

  view() {
    if (!this.#asks)
      return html`<p><button type="button" class="button" @click=${() => this.#ask(true)}>${this.words}</button></p>`
    return html`<div class="note-box note-caution" role="group" aria-label=${this.words}><p>${this.question}</p>
      <p class="cluster"><button type="button" class="button button-danger" @click=${() => this.say('sure')}>${this.words}</button>
        <button type="button" class="button" @click=${() => this.#ask(false)}>${t('Not now')}</button></p></div>`
  }

  #ask(is) {
    this.#asks = is
    this.paint()
    // Not on what would do it: a second tap in haste must never be the answer.
    this.querySelector('button:last-of-type').focus()
  }
}

define('sure-button', SureButton, ['words', 'question'])
