import { html, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { evidenceOf, linesFor, photosOf } from '../../core/observation.js'
import { optionWords } from '../../core/rubric-words.js'
import { define, LightElement } from '../element.js'
import './left-beside.js'
import { CHIP_WORDS, clockOf, domainsOf, glyph, labelOf, standing } from '../rubric-view.js'
import { answerWords, gateWords, rowWords, SAID } from '../answer-words.js'
import './counted-reading.js'
import './ink-view.js'
import './photo-strip.js'

/** An observation to be read: what stands for each indicator beside its descriptor and its evidence. */
class ObservationReading extends LightElement {
  view() {
    const { content, body } = this
    const untied = evidenceOf(body).filter((line) => !line.indicators?.length)
    return html`
      ${body.also ? html`<left-beside .body=${body} .content=${content}></left-beside>` : nothing}
      ${this.#facts()}
      ${domainsOf(content, body.form).map(
        (domain) => html`<section aria-labelledby=${`read-${domain.id}`}>
        <h2 class="section-head" id=${`read-${domain.id}`}>${domain.title}</h2>${domain.indicators.map((one) => this.#finding(one))}</section>`,
      )}
      ${untied.length ? html`<section class="stack" aria-labelledby="untied-title"><h2 id="untied-title">${t('Also noted')}</h2>${this.#lines(untied)}</section>` : nothing}
      ${this.#photos()}
      ${Object.keys(body.ink ?? {}).length ? html`<section class="stack"><h2>${t('Drawings')}</h2><ink-view .body=${body} .frozen=${true}></ink-view></section>` : nothing}
      ${this.#counts()}
      <counted-reading .content=${content} .body=${body} .rubrics=${this.rubrics}></counted-reading>
      ${(content.sections ?? []).map((section) => this.#section(section))}
      ${this.#answers()}`
  }

  #facts() {
    const { content, body } = this
    const facts = (content.context_fields ?? [])
      .filter(({ id }) => body.context?.[id] != null)
      .map((one) => [one.label, optionWords(one, body.context[one.id])])
    const gates = (content.gates ?? [])
      .filter(({ id }) => body.gates?.[id]?.value)
      .map((gate) => [gate.question, gateWords(gate, body.gates[gate.id].value)])
    if (!facts.length && !gates.length) return nothing
    return html`<dl class="facts">${[...gates, ...facts].map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>`
  }

  #finding(one) {
    const { value, derived, words } = standing(this.content, this.body, one)
    const level = one.levels.find((level) => level.value === value)
    const lines = linesFor(this.body, one.id)
    return html`<article class="finding" data-indicator=${one.id}><h3>${one.title}</h3>
      <div class="verdict"><span class="mark mark-large" data-value=${value ?? ''} ?data-derived=${derived}>${glyph(value)}</span>
        <p>${level && !derived ? html`<span>${level.text}</span>` : nothing}<span class="level-name">${words || t('Not rated')}</span></p></div>
      ${one.type === 'paired_yes_no' ? this.#pair(one) : nothing}
      ${one.type === 'list' ? html`<ul class="lines">${rowWords(one, this.body).map((words) => html`<li><span class="keep-lines">${words}</span></li>`)}</ul>` : nothing}
      ${lines.length ? this.#lines(lines) : nothing}
      ${
        one.levels.length
          ? html`<details><summary>${t('All levels')}<span class="visually-hidden"> ${tc('after All levels', 'of: {title}', { title: one.title })}</span></summary><ul class="all-levels">
        ${one.levels.map((level) => html`<li><span class="mark mark-large" data-value=${level.value}>${level.value}</span><span>${level.text} <span class="quiet small">${labelOf(this.content, one, level.value)}</span></span></li>`)}
      </ul></details>`
          : nothing
      }
    </article>`
  }

  #pair(one) {
    const answers = this.body.ratings?.[one.id] ?? {}
    return html`<dl class="facts">${one.fields.map(({ id, question }) => html`<div><dt>${question}</dt><dd>${SAID[answers[id]] ?? t('No answer')}</dd></div>`)}</dl>`
  }

  #lines(lines) {
    return html`<ul class="lines">${lines.map(
      (line) => html`<li data-line=${line.id}>${line.at == null ? nothing : html`<time>${clockOf(line.at)}</time>`}
      <span class="keep-lines">${line.text}${CHIP_WORDS[line.chip] ? html` <span class="quiet small">(${CHIP_WORDS[line.chip]})</span>` : nothing}</span></li>`,
    )}</ul>`
  }

  #photos() {
    const photos = photosOf(this.body)
    if (!photos.length) return nothing
    return html`<section class="stack"><h2>${t('Photos')}</h2><photo-strip .photos=${photos} .look=${this.look} .frozen=${true}></photo-strip></section>`
  }

  #counts() {
    const counted = (this.content.counts ?? []).filter(({ id }) => this.body.counts?.[id] != null)
    if (!counted.length) return nothing
    return html`<section class="stack"><h2>${t('Counts')}</h2><dl class="facts">${counted.map(({ id, label }) => html`<div><dt>${label}</dt><dd class="figures">${this.body.counts[id]}</dd></div>`)}</dl></section>`
  }

  #section({ id, title, items }) {
    const said = items.map((item) => [item, answerWords(item, this.body)]).filter(([, words]) => words.length)
    if (!said.length) return nothing
    return html`<section class="stack" aria-labelledby=${`read-section-${id}`}><h2 class="section-head" id=${`read-section-${id}`}>${title}</h2>
      <dl class="facts facts-list">${said.map(([item, words]) => html`<div><dt>${item.label}</dt><dd>${words.map((line) => html`<p class="keep-lines">${line}</p>`)}</dd></div>`)}</dl></section>`
  }

  #answers() {
    const answered = (this.content.open_fields ?? []).filter(({ id }) => this.body.answers?.[id])
    return answered.map(
      ({ id, label }) =>
        html`<section class="stack"><h2>${label}</h2><p class="keep-lines">${this.body.answers[id]}</p></section>`,
    )
  }
}

define('observation-reading', ObservationReading, ['content', 'body', 'look', 'rubrics'])
