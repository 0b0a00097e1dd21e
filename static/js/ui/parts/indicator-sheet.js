import { html, live, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { evidenceOf } from '../../core/observation.js'
import { pairedResult } from '../../core/rubric.js'
import { define, LightElement } from '../element.js'
import { clockOf, scaleOf, setBy, shownIn, standing } from '../rubric-view.js'
import { icon } from './icons.js'
import './rating-scale.js'
import './row-list.js'
import './typed-answer.js'
import './yes-no.js'

const RESULT = {
  met: t('Both yes: met.'),
  not_met: t('A no: not met.'),
  not_observed: t('Not observed until both are answered.'),
}

/** Points: a swipe is longer than a tap that slips, and does not begin where the browser turns pages. */
const SWIPE = 70
const EDGE = 28

/** One indicator: levels to compare, the notes tied to it, the way to the next. Says `rating` and `tie`. */
class IndicatorSheet extends LightElement {
  view() {
    const { content, body, indicator, frozen } = this
    const chosen = body.ratings?.[indicator.id] ?? null
    return html`<article class="sheet" aria-labelledby="sheet-title" @touchstart=${{ handleEvent: this.#touchStart, passive: true }} @touchend=${this.#touchEnd}>
      <header class="sheet-head">
        <p class="quiet small">${indicator.domain.title}</p>
        <h2 id="sheet-title" tabindex="-1">${indicator.title}</h2>
        ${this.#hints()}
        ${frozen ? html`<p class="quiet">${t('Ratings stay as they were given.')}</p>` : nothing}
      </header>
      ${this.#asked(chosen)}
      <div class="cluster">
        <button type="button" class="button" aria-disabled=${chosen && !frozen ? 'false' : 'true'} @click=${() => chosen && !frozen && this.#rate(null)}>${t('Clear the rating')}</button>
        ${standing(content, body, indicator).derived ? html`<span class="quiet">${t('Not rated by you; {why}.', { why: setBy(content, body, indicator) })}</span>` : nothing}
      </div>
      ${this.#turn()}
      ${this.#notes()}
    </article>`
  }

  #goTo(by) {
    const all = shownIn(this.content, this.body)
    const other = all[all.findIndex(({ id }) => id === this.indicator.id) + by]
    if (other) location.hash = `#/visit/${this.visit}/${other.id}`
  }

  #touch = null

  /** From the very edge a swipe is the browser's own. */
  #touchStart = ({ touches }) => {
    const [{ clientX: x, clientY: y }] = touches
    this.#touch = touches.length === 1 && x > EDGE && x < innerWidth - EDGE ? { x, y } : null
  }

  #touchEnd = ({ changedTouches }) => {
    if (!this.#touch) return
    const [{ clientX, clientY }] = changedTouches
    const [along, across] = [clientX - this.#touch.x, clientY - this.#touch.y]
    this.#touch = null
    if (Math.abs(along) < SWIPE || Math.abs(across) > Math.abs(along) / 2) return
    const isForward = along < 0 === (getComputedStyle(this).direction === 'ltr')
    this.#goTo(isForward ? 1 : -1)
  }

  #asked(chosen) {
    const { content, body, indicator, frozen } = this
    if (indicator.type === 'paired_yes_no') return this.#paired(chosen)
    if (indicator.type === 'level')
      return html`<rating-scale .content=${content} .indicator=${indicator} .body=${body} .frozen=${frozen}
        @rate=${(event) => this.#rate({ value: event.detail.value })}></rating-scale>`
    const answer = html`<typed-answer .item=${indicator} .plain=${true} .label=${indicator.title} .name=${`rate-${indicator.id}`} .value=${chosen} .apart=${scaleOf(content, indicator).apart} .frozen=${frozen}
        .hint=${indicator.suggest_n ? t('Aim for {n}.', { n: indicator.suggest_n }) : ''} @answer=${this.#typed}></typed-answer>`
    if (indicator.type !== 'list') return answer
    return html`<row-list .item=${indicator} .plain=${true} .label=${indicator.title} .body=${body} .newId=${this.newId} .now=${this.now}></row-list>${answer}`
  }

  #typed = (event) => {
    event.stopPropagation()
    this.#rate(event.detail.value)
  }

  #hints() {
    const { ask_students: ask, look_fors: look, note, hints = [] } = this.indicator
    const here = hints.filter((hint) => suits(hint, this.body.context))
    if (!ask && !look?.length && !note && !here.length) return nothing
    return html`${note ? html`<p class="quiet">${note}</p>` : nothing}${here.map(({ text }) => html`<p class="quiet">${text}</p>`)}<p class="cluster">${ask ? html`<span class="tag">${icon('people')} ${t('Ask students')}</span>` : nothing}
      ${look?.length ? html`<span class="tag">${t('Look at: {things}', { things: look.join(', ') })}</span>` : nothing}</p>`
  }

  #paired(chosen) {
    const { indicator, frozen } = this
    return html`<div class="stack">
      ${indicator.fields.map(
        (
          field,
        ) => html`<yes-no .name=${`${indicator.id}-${field.id}`} .question=${field.question} .value=${chosen?.[field.id] ?? null} .frozen=${frozen}
        @answer=${(event) => this.#pair(chosen, field.id, event.detail.value)}></yes-no>`,
      )}
      <p class="quiet">${RESULT[pairedResult(indicator, chosen)] ?? ''}</p>
    </div>`
  }

  #pair(chosen, field, value) {
    const answers = { ...chosen, [field]: value }
    if (value === null) delete answers[field]
    this.#rate(Object.keys(answers).length ? answers : null)
  }

  #rate(rating) {
    this.say('rating', { indicator: this.indicator.id, rating })
  }

  #turn() {
    const all = shownIn(this.content, this.body)
    const at = all.findIndex(({ id }) => id === this.indicator.id)
    const link = (one, words, sign) =>
      one
        ? html`<a class="button" href=${`#/visit/${this.visit}/${one.id}`}>${sign === 'back' ? icon(sign) : nothing}<span>${words}<span class="visually-hidden"> ${tc('after Previous or Next', 'indicator: {title}', { title: one.title })}</span></span>${sign === 'next' ? icon(sign) : nothing}</a>`
        : sign === 'next'
          ? html`<a class="button" href=${`#/visit/${this.visit}/indicators`}>${t('All indicators')}</a>`
          : html`<span></span>`
    return html`<nav class="sheet-turn" aria-label=${t('Indicators')}>${link(all[at - 1], t('Previous'), 'back')}${link(all[at + 1], t('Next'), 'next')}</nav>`
  }

  #notes() {
    const { body, indicator } = this
    const lines = evidenceOf(body)
    const isTied = (line) => Boolean(line.indicators?.includes(indicator.id))
    return html`<section class="stack" aria-labelledby="tied-title">
      <h3 id="tied-title">${t('Notes tied to this')}</h3>
      ${
        lines.some(isTied)
          ? html`<ul class="lines">${lines.filter(isTied).map((line) => html`<li><time>${clockOf(line.at)}</time><span class="keep-lines">${line.text}</span></li>`)}</ul>`
          : html`<p class="quiet">${t('None yet.')}</p>`
      }
      ${
        lines.length
          ? html`<details><summary>${t('Tie a note')}</summary><div class="stack-tight">
        ${lines.map(
          (line) => html`<label class="check"><input type="checkbox" .checked=${live(isTied(line))}
          @change=${(event) => this.say('tie', { line, indicator: indicator.id, isTied: event.target.checked })}><span>${clockOf(line.at)} · ${line.text}</span></label>`,
        )}
      </div></details>`
          : nothing
      }
    </section>`
  }
}

/** Is the hint for rooms like this one? What the room is, its observer said. */
function suits({ grade_bands: bands, subjects }, context) {
  return (!bands || bands.includes(context?.grade_band)) && (!subjects || subjects.includes(context?.subject))
}

define('indicator-sheet', IndicatorSheet, ['content', 'body', 'indicator', 'visit', 'frozen', 'newId', 'now'])
