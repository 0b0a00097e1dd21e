import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { CHIPS } from '../rubric-view.js'

// Long enough not to write at every key, short enough that a battery that dies takes a word at most.
const SAVE_AFTER_MS = 250

/**
 * Where a note is written. It keeps its place and its text whatever else happens on the screen, and it
 * saves while the person types: the line is in the record from its first letters on.
 * Says `line` with `{id, line}` (line null when emptied), `added` with `{id}`, `typing` with `{is}`.
 */
class NoteComposer extends LightElement {
  #line = null
  #timer = 0
  #flush = () => this.#saveNow()

  connectedCallback() {
    this.#line = this.begin ?? this.#blank()
    addEventListener('pagehide', this.#flush)
    document.addEventListener('visibilitychange', this.#flush)
    this.paint()
    const box = this.querySelector('textarea')
    box.value = this.#line.text
  }

  disconnectedCallback() {
    this.#saveNow()
    removeEventListener('pagehide', this.#flush)
    document.removeEventListener('visibilitychange', this.#flush)
  }

  view() {
    const { chip } = this.#line
    const tie = this.tie
    return html`<form class="composer" aria-label=${t('Write a note')} @submit=${this.#add}>
      <fieldset>
        <legend class="visually-hidden">${t('What kind of note?')}</legend>
        <div class="chips">${Object.entries(CHIPS).map(
          ([value, words]) => html`<label class="choice">
          <input type="radio" name="chip" value=${value} .checked=${live(chip === value)} @change=${() => this.#turn({ chip: value })}>${words}</label>`,
        )}
        </div>
      </fieldset>
      ${
        tie
          ? html`<label class="check small tie"><input type="checkbox" .checked=${live(this.#isTied())} @change=${this.#tieIt}>
        <span>${t('Tie to “{title}”', { title: tie.title })}</span></label>`
          : nothing
      }
      <div class="write">
        <button type="button" class="button more" aria-expanded=${String(this.#hasPhrases)} @click=${this.#turnPhrases}>${t('Phrases')}</button>
        <textarea class="input" id="note" rows="1" aria-label=${t('Note')} aria-describedby="composer-hint" enterkeyhint="done" placeholder=${t('What do you see?')}
          @input=${this.#typed} @keydown=${this.#key} @blur=${this.#flush}></textarea>
        <button class="button button-primary">${t('Add note')}</button>
      </div>
      ${this.#hasPhrases ? html`<phrase-list .own=${this.phrases ?? []} .tie=${tie} .chip=${chip} .text=${this.#line.text} @phrase=${this.#insert}></phrase-list>` : nothing}
      <p id="composer-hint" class="visually-hidden">${t('Saved as you type. Enter adds the note, Shift and Enter begin a new line.')}</p>
    </form>`
  }

  #blank(chip = 'saw') {
    return { id: this.newId(), text: '', at: 0, chip, indicators: [], isApart: false, isKept: false }
  }

  #hasPhrases = false

  /** The list comes when it is first wanted. */
  #turnPhrases = async () => {
    this.#hasPhrases = !this.#hasPhrases
    if (this.#hasPhrases) await import('./phrase-list.js')
    this.paint()
  }

  /** Where the pen stands; the first gap is taken in hand. */
  #insert = ({ detail: { text } }) => {
    const box = this.querySelector('textarea')
    const from = box.selectionStart
    box.setRangeText(text, from, box.selectionEnd, 'end')
    const gap = box.value.indexOf('__', from)
    box.focus()
    if (gap >= 0) box.setSelectionRange(gap, gap + 2)
    box.dispatchEvent(new Event('input', { bubbles: true }))
    this.paint()
  }

  /** A note begun on an indicator's sheet is about that indicator, unless its writer says no. */
  #isTied() {
    const { at, isApart, indicators } = this.#line
    return at ? indicators.includes(this.tie.id) : !isApart
  }

  #typed = (event) => {
    this.#line.text = event.target.value
    if (!this.#line.at) this.#begun()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#flush, SAVE_AFTER_MS)
    this.say('typing', { is: true })
  }

  #begun() {
    if (this.tie && this.#isTied()) this.#line.indicators = [this.tie.id]
    this.#line.at = this.now()
  }

  #turn(part) {
    Object.assign(this.#line, part)
    if (this.#line.text.trim()) this.#keep()
    this.paintSoon()
  }

  #tieIt = (event) => {
    const others = this.#line.indicators.filter((id) => id !== this.tie.id)
    this.#turn({
      isApart: !event.target.checked,
      indicators: event.target.checked && this.#line.at ? [...others, this.tie.id] : others,
    })
  }

  #saveNow() {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#keep()
    this.say('typing', { is: false })
  }

  #keep() {
    const { id, text, at, chip, indicators, isKept } = this.#line
    const isEmpty = text.trim() === ''
    if (isEmpty && !isKept) return
    this.#line.isKept = !isEmpty
    this.say('line', { id, line: isEmpty ? null : { text, at, chip, indicators: [...indicators] } })
  }

  #key = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#add(event)
  }

  #add = (event) => {
    event.preventDefault()
    const box = this.querySelector('textarea')
    if (!box.value.trim()) return box.focus()
    this.#saveNow()
    const { id, chip } = this.#line
    this.#line = this.#blank(chip)
    box.value = ''
    box.focus()
    this.say('added', { id })
    this.paintSoon()
  }

  /** The id of the line being written, or null when the box is empty. */
  get writing() {
    return this.#line?.text.trim() ? this.#line.id : null
  }
}

define('note-composer', NoteComposer, ['begin', 'tie', 'newId', 'now', 'phrases'])
