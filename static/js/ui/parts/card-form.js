import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { judgements, nameIn } from '../../core/low-inference.js'
import { define, LightElement } from '../element.js'
import { visitName } from '../room-words.js'

const PROMPTS = {
  notice: {
    words: t('I notice …'),
    hint: t('What was seen or heard, so that somebody else would have seen the same. No names.'),
  },
  wonder: { words: t('I wonder …'), hint: t('A question, and it may stay one.') },
}
const WHY = {
  judges: (word) => t('“{word}” judges. What was seen or heard?', { word }),
  advises: (word) => t('“{word}” gives advice. That comes with the next steps.', { word }),
  guesses: (word) => t('“{word}” guesses. What was seen or heard?', { word }),
}

/**
 * One card: noticed or wondered, and of which visit. Ratings have no place on it. Says `card` with
 * `{sort, text, visit, until}`; whoever keeps it hands `until` the promise of it.
 */
class CardForm extends LightElement {
  #sort = 'notice'
  #text = ''
  #fault = ''
  #isBusy = false

  view() {
    const { words, hint } = PROMPTS[this.#sort]
    return html`<form class="stack" novalidate @submit=${this.#send}>
      <fieldset class="choices"><legend class="visually-hidden">${t('What kind of card?')}</legend>${Object.entries(PROMPTS).map(
        ([sort, one]) =>
          html`<label class="choice"><input type="radio" name="card-sort" .checked=${live(sort === this.#sort)} @change=${() => this.#turn(sort)}>${one.words}</label>`,
      )}</fieldset>
      <p class="field"><label for="card-text">${words}</label><span class="hint" id="card-hint">${hint}</span>
        <textarea class="input" id="card-text" rows="2" .value=${live(this.#text)} @input=${this.#typed} aria-describedby=${this.#fault ? 'card-hint card-fault' : 'card-hint'} aria-invalid=${this.#fault ? 'true' : nothing}></textarea>
        ${this.#fault ? html`<span class="fault" id="card-fault">${this.#fault}</span>` : nothing}
        <span class="hint" role="status">${this.#help()}</span></p>
      ${this.visits?.length ? this.#which() : nothing}
      <p><button class="button button-primary">${t('Keep the card')}</button></p>
    </form>`
  }

  #which() {
    return html`<p class="field"><label for="card-visit">${t('Seen in')}</label><select class="input" id="card-visit"><option value="">${t('No one visit')}</option>
      ${this.visits.map(({ id, body }) => html`<option value=${id}>${visitName(body)}</option>`)}</select></p>`
  }

  /** At most one thing at a time, and it can be left: words may be right where they stand. */
  #help() {
    const name = nameIn(this.#text)
    if (name) return t('“{word}” looks like a name. This walk keeps none.', { word: name })
    const text = this.#text.trim()
    if (this.#sort === 'wonder')
      return text && !/[?？؟]\s*$/.test(text) ? t('As a question it stays open: does it end with a question mark?') : ''
    const [found] = judgements(text)
    return found ? WHY[found.why](found.word) : ''
  }

  #turn(sort) {
    this.#sort = sort
    this.paint()
  }

  #typed = ({ target }) => {
    this.#text = target.value
    this.paint()
  }

  #send = (event) => {
    event.preventDefault()
    const text = this.#text.trim()
    this.#fault = text ? '' : t('Write the card first.')
    this.paint()
    const box = this.querySelector('textarea')
    box.focus()
    if (!text || this.#isBusy) return
    this.#isBusy = true
    this.say('card', { sort: this.#sort, text, visit: this.querySelector('select')?.value || null, until: this.#until })
  }

  /** Words that could not be kept stay where they are. */
  #until = async (kept) => {
    const isKept = await kept.then(
      () => true,
      () => false,
    )
    this.#isBusy = false
    if (isKept) this.#text = ''
    this.paint()
  }
}

define('card-form', CardForm, ['visits'])
