import { html, nothing } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'

/** How a low-inference note begins, by its kind; the gap is where the pen goes. */
const STEMS = {
  saw: ['__ of __ students ', '__ of __ teams ', 'Teacher __ , then students __'],
  heard: ['Teacher asked: “__”', 'Team talks about __', 'Pause of __ seconds after '],
  said: ['Student: “__”', 'Student to student: “__”', 'Asked why, student said: “__”'],
  work: ['The task asks students to __', 'On the page: __', 'Criteria on the page: __'],
  tally: ['Questions that ask why', 'Students who answer', 'Turns between students'],
  note: ['On the wall: __', 'Minutes of team time: __'],
}

/** Beginnings of notes: one's own, the indicator's, and of the kind in hand. Says `phrase` with `{text}`, `keep` and `forget`. */
class PhraseList extends LightElement {
  view() {
    const { own, tie, chip, text } = this
    return html`<div class="phrases" role="group" aria-label="Phrases">
      ${this.#row(STEMS[chip] ?? [])}
      ${tie?.phrases?.length ? this.#row(tie.phrases) : nothing}
      ${own.length ? html`<ul class="choices" aria-label="Your own phrases">${own.map((one) => html`<li class="cluster">${this.#button(one)}<button type="button" class="button button-quiet" @click=${() => this.say('forget', { text: one })}>Forget<span class="visually-hidden">: ${one}</span></button></li>`)}</ul>` : nothing}
      ${text.trim() && !own.includes(text.trim()) ? html`<p><button type="button" class="button button-quiet" @click=${() => this.say('keep', { text: text.trim() })}>Keep these words as a phrase</button></p>` : nothing}
    </div>`
  }

  #row(list) {
    return html`<div class="choices">${list.map((one) => this.#button(one))}</div>`
  }

  #button(phrase) {
    return html`<button type="button" class="button" @click=${() => this.say('phrase', { text: phrase })}>${phrase.replaceAll('__', '…')}</button>`
  }
}

define('phrase-list', PhraseList, ['own', 'tie', 'chip', 'text'])
