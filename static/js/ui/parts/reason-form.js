import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

/** Words that go with a step: a reason, a comment, begun with `text`. Says `said` with `{text}` or `left`; never empty. */
class ReasonForm extends LightElement {
  #fault = ''

  connectedCallback() {
    this.paint()
    this.add(this.text ?? '')
  }

  /** Put words below what stands there, and go on writing under them. */
  add(text) {
    const box = this.querySelector('textarea')
    box.value = [box.value, text].filter(Boolean).join('\n')
    box.focus()
  }

  view() {
    const { label, hint, words } = this
    return html`<form class="stack" novalidate @submit=${this.#send}>
      <p class="field"><label for="reason-text">${label}</label><span class="hint" id="reason-hint">${hint}</span>
        <textarea class="input" id="reason-text" rows="3" aria-describedby=${this.#fault ? 'reason-hint reason-fault' : 'reason-hint'} aria-invalid=${this.#fault ? 'true' : nothing}></textarea>
        ${this.#fault ? html`<span class="fault" id="reason-fault">${this.#fault}</span>` : nothing}</p>
      <p class="cluster"><button class="button button-primary">${words}</button><button type="button" class="button" @click=${() => this.say('left')}>${t('Not now')}</button></p>
    </form>`
  }

  #send = (event) => {
    event.preventDefault()
    const box = this.querySelector('textarea')
    const text = box.value.trim()
    this.#fault = text ? '' : t('Write a sentence first: the observer reads it.')
    this.paint()
    if (!text) return box.focus()
    this.say('said', { text })
  }
}

define('reason-form', ReasonForm, ['label', 'hint', 'words', 'text'])
