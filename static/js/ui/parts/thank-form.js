import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { nameIn } from '../../core/low-inference.js'
import { evidenceOf } from '../../core/observation.js'
import { define, LightElement } from '../element.js'

const LONGEST_CHOICE = 60

/**
 * A thank-you with one concrete thing that was noticed. It asks for no name: a room is known by its visit's number.
 * Says `thanked` with `{to, noticed}`, or `left`.
 */
class ThankForm extends LightElement {
  #to = null
  #text = ''
  #fault = ''

  connectedCallback() {
    this.#to = this.isObserver ? 'room' : 'observer'
    this.paint()
    this.querySelector('textarea').focus()
  }

  view() {
    const name = nameIn(this.#text)
    return html`<form class="stack" novalidate @submit=${this.#send}>
      ${this.isObserver ? nothing : this.#whom()}
      ${this.#notes()}
      <p class="field"><label for="noticed">${this.#to === 'room' ? t('Thank you. In the room we noticed:') : t('Thank you. In your notes we noticed:')}</label>
        <span class="hint" id="noticed-hint">${t('One thing you can point to, in a sentence. No names.')}</span>
        <textarea class="input" id="noticed" rows="2" .value=${live(this.#text)} @input=${this.#typed} aria-describedby=${this.#fault ? 'noticed-hint noticed-fault' : 'noticed-hint'} aria-invalid=${this.#fault ? 'true' : nothing}></textarea>
        ${this.#fault ? html`<span class="fault" id="noticed-fault">${this.#fault}</span>` : nothing}
        ${name ? html`<span class="hint" role="status">${t('“{word}” looks like a name. This walk keeps none.', { word: name })}</span>` : nothing}</p>
      <p class="cluster"><button class="button button-primary">${t('Say thank you')}</button><button type="button" class="button" @click=${() => this.say('left')}>${t('Not now')}</button></p>
    </form>`
  }

  #whom() {
    const choices = [
      ['observer', t('To the observer')],
      ['room', this.body.number ? t('To the room of visit {number}', { number: String(this.body.number) }) : t('To the school')],
    ]
    return html`<fieldset class="choices"><legend class="visually-hidden">${t('To whom?')}</legend>
      ${choices.map(([to, words]) => html`<label class="choice"><input type="radio" name="thank-to" .checked=${live(to === this.#to)} @change=${() => this.#turn(to)}>${words}</label>`)}</fieldset>`
  }

  /** Most often it is in a note already. */
  #notes() {
    const notes = evidenceOf(this.body)
    if (!notes.length) return nothing
    return html`<p class="field"><label for="noticed-note">${t('Begin with a note')}</label><select class="input" id="noticed-note" @change=${this.#take}>
      <option value="">${t('None')}</option>${notes.map(({ id, text }) => html`<option value=${id}>${text.length > LONGEST_CHOICE ? `${text.slice(0, LONGEST_CHOICE)}…` : text}</option>`)}</select></p>`
  }

  #turn(to) {
    this.#to = to
    this.paint()
  }

  #take = ({ target }) => {
    this.#text = this.body.evidence[target.value]?.text ?? this.#text
    this.paint()
  }

  #typed = ({ target }) => {
    this.#text = target.value
    this.paint()
  }

  #send = (event) => {
    event.preventDefault()
    const noticed = this.#text.trim()
    this.#fault = noticed ? '' : t('Write first what was noticed.')
    this.paint()
    if (!noticed) return this.querySelector('textarea').focus()
    this.say('thanked', { to: this.#to, noticed })
  }
}

define('thank-form', ThankForm, ['body', 'isObserver'])
