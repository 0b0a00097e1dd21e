import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

/** How a low-inference note begins, by its kind; the gap is where the pen goes. */
const STEMS = {
  saw: [`${t('__ of __ students')} `, `${t('__ of __ teams')} `, t('Teacher __ , then students __')],
  heard: [t('Teacher asked: “__”'), t('Team talks about __'), `${t('Pause of __ seconds after')} `],
  said: [t('Student: “__”'), t('Student to student: “__”'), t('Asked why, student said: “__”')],
  work: [t('The task asks students to __'), t('On the page: __'), t('Criteria on the page: __')],
  tally: [t('Questions that ask why'), t('Students who answer'), t('Turns between students')],
  note: [t('On the wall: __'), t('Minutes of team time: __')],
}

/** Beginnings of notes: one's own, the indicator's, and of the kind in hand. Says `phrase` with `{text}`, `keep` and `forget`. */
class PhraseList extends LightElement {
  view() {
    const { own, tie, chip, text } = this
    return html`<div class="phrases" role="group" aria-label=${t('Phrases')}>
      ${this.#row(STEMS[chip] ?? [])}
      ${tie?.phrases?.length ? this.#row(tie.phrases) : nothing}
      ${own.length ? html`<ul class="choices" aria-label=${t('Your own phrases')}>${own.map((one) => html`<li class="cluster">${this.#button(one)}<button type="button" class="button button-quiet" @click=${() => this.say('forget', { text: one })}>${t('Forget')}<span class="visually-hidden">: ${one}</span></button></li>`)}</ul>` : nothing}
      ${text.trim() && !own.includes(text.trim()) ? html`<p><button type="button" class="button button-quiet" @click=${() => this.say('keep', { text: text.trim() })}>${t('Keep these words as a phrase')}</button></p>` : nothing}
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
