import { html, live, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { CHIPS, clockOf, domainsOf, itemsOf, tieTargets } from '../rubric-view.js'
import { icon } from './icons.js'

const SAVE_AFTER_MS = 250
const TIMES = /\s*× (\d+)$/

/**
 * One line of the script: read, and changed in place.
 * Says `line` with `{id, line, why}`; line null takes it away.
 */
class EvidenceLine extends LightElement {
  #isOpen = false
  #timer = 0

  disconnectedCallback() {
    this.#saveText()
  }

  view() {
    const { line, frozen } = this
    const time = clockOf(line.at)
    return html`<article class="evidence">
      <time datetime=${new Date(line.at).toISOString()}>${time}</time>
      <div class="stack-tight">
        <p class="said keep-lines">${line.text}</p>
        <p class="ties">${CHIPS[line.chip]}${this.#ties().map(({ id, title }) => html` · <a href=${`#/visit/${this.visit}/${id}`}>${title}</a>`)}</p>
      </div>
      ${
        frozen
          ? nothing
          : html`<div class="do">
        ${line.chip === 'tally' ? html`<button type="button" class="button" @click=${this.#tally}>+1<span class="visually-hidden"> ${tc('after +1', 'for: {note}', { note: line.text })}</span></button>` : nothing}
        <button type="button" class="button button-quiet" aria-expanded=${this.#isOpen} @click=${this.#toggle}>${this.#isOpen ? tc('a button', 'Done') : t('Edit')}<span class="visually-hidden"> ${tc('after Edit or Done', 'note of {time}', { time })}</span></button>
      </div>`
      }
      ${this.#isOpen && !frozen ? this.#editor() : nothing}
    </article>`
  }

  #ties() {
    const ids = this.line.indicators
    return ids?.length ? [...tieTargets(this.content).values()].filter(({ id }) => ids.includes(id)) : []
  }

  #editor() {
    const { line } = this
    return html`<div class="evidence-edit">
      <textarea class="input" id=${`edit-${line.id}`} aria-label=${t('Change the note')} .value=${live(this.#draft ?? line.text)} @input=${this.#typed} @blur=${() => this.#saveText()}></textarea>
      <fieldset><legend class="visually-hidden">${t('What kind of note?')}</legend>
        <div class="choices">${Object.entries(CHIPS).map(
          ([value, words]) => html`<label class="choice">
          <input type="radio" name=${`chip-${line.id}`} .checked=${live(line.chip === value)} @change=${() => this.#put({ chip: value }, t('kind of note changed'))}>${words}</label>`,
        )}
        </div></fieldset>
      <details><summary>${t('Tie to indicators')}</summary>
        ${domainsOf(this.content, this.form).map(
          (domain) => html`<fieldset class="stack-tight"><legend class="small quiet">${domain.title}</legend>
          ${domain.indicators.map(
            (one) => html`<label class="check">
            <input type="checkbox" .checked=${live(Boolean(line.indicators?.includes(one.id)))} @change=${(event) => this.#tie(one.id, event.target.checked)}><span>${one.title}</span></label>`,
          )}
        </fieldset>`,
        )}
        ${itemsOf(this.content)
          .filter(({ type }) => type === 'evidence_list')
          .map(
            ({ id, label }) =>
              html`<label class="check"><input type="checkbox" .checked=${live(Boolean(line.indicators?.includes(id)))} @change=${(event) => this.#tie(id, event.target.checked)}><span>${label}</span></label>`,
          )}
      </details>
      <div class="cluster">
        <button type="button" class="button" ?disabled=${this.isFirst} @click=${() => this.#change('move', { by: -1 })}>${icon('up')} ${t('Move up')}</button>
        <button type="button" class="button" ?disabled=${this.isLast} @click=${() => this.#change('move', { by: 1 })}>${icon('down')} ${t('Move down')}</button>
        <button type="button" class="button" @click=${this.#split}>${t('Split at the cursor')}</button>
        <button type="button" class="button" ?disabled=${this.isFirst} @click=${() => this.#change('join')}>${t('Join with the one above')}</button>
        <button type="button" class="button button-danger" @click=${this.#remove}>${t('Remove this note')}</button>
      </div>
    </div>`
  }
  #draft = null

  /** What is typed is kept first: the step is taken with it. */
  #change(name, detail) {
    this.#saveText()
    this.say(name, { id: this.line.id, ...detail })
  }

  #split = () => {
    const { selectionStart: at, value } = this.querySelector('textarea')
    this.#change('split', { at, of: value.length })
  }

  /** From a hint, or a line that was just moved: open where it stands. */
  open() {
    if (!this.#isOpen) this.#toggle()
    else this.querySelector('textarea')?.focus()
  }

  #toggle = () => {
    this.#saveText()
    this.#isOpen = !this.#isOpen
    this.paint()
    if (this.#isOpen) this.querySelector('textarea').focus()
  }

  #typed = (event) => {
    if (this.#draft === null) this.#begin()
    this.#draft = event.target.value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#saveText(), SAVE_AFTER_MS)
    this.say('typing', { is: true })
  }

  #begin() {
    this.#from = this.line.text
    addEventListener('pagehide', this.#flush)
    document.addEventListener('visibilitychange', this.#flush)
  }
  #flush = () => this.#saveText()

  #end() {
    this.#draft = null
    clearTimeout(this.#timer)
    removeEventListener('pagehide', this.#flush)
    document.removeEventListener('visibilitychange', this.#flush)
  }

  #saveText() {
    if (this.#draft === null) return
    const text = this.#draft
    this.#end()
    if (text.trim() && text !== this.line.text) this.#keepText(text)
    this.say('typing', { is: false })
  }

  /** Another tab or tablet wrote into it while this one typed: both texts stay, as two notes. */
  #keepText(text) {
    if (this.line.text === this.#from) return this.#put({ text }, t('note changed'))
    const { id: _id, ...line } = this.line
    this.say('line', { id: crypto.randomUUID(), line: { ...line, text }, why: t('note kept beside') })
  }
  #from = ''

  #tie(indicator, isTied) {
    const others = (this.line.indicators ?? []).filter((id) => id !== indicator)
    this.#put({ indicators: isTied ? [...others, indicator] : others }, isTied ? t('note tied') : t('note untied'))
  }

  #tally = () => {
    const count = Number(this.line.text.match(TIMES)?.[1] ?? 1) + 1
    this.#put({ text: `${this.line.text.replace(TIMES, '')} × ${count}` }, tc('a step', 'tally'))
  }

  #put(part, why) {
    const { id, ...line } = this.line
    this.say('line', { id, line: { ...line, ...part }, why })
  }

  #remove = () => {
    this.#end()
    this.say('line', { id: this.line.id, line: null, why: t('note removed') })
  }
}

define('evidence-line', EvidenceLine, ['line', 'content', 'form', 'frozen', 'visit', 'isFirst', 'isLast'])
