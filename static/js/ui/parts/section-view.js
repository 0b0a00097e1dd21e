import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { linesFor } from '../../core/observation.js'
import { define, LightElement } from '../element.js'
import { clockOf } from '../rubric-view.js'
import './row-list.js'
import './text-answer.js'
import './typed-answer.js'

const ROWS = ['question_list', 'action_list', 'list']

/** Questions that belong together, answered in any order. Says `fact` (a text), `choice` (`{item, value}`) and `row`. */
class SectionView extends LightElement {
  view() {
    const { section } = this
    return html`<section class="stack section" aria-labelledby=${`section-${section.id}`}>
      <h2 id=${`section-${section.id}`} tabindex="-1">${section.title}</h2>
      ${section.about ? html`<p class="quiet">${section.about}</p>` : nothing}
      ${section.items.map((item) => this.#item(item))}
    </section>`
  }

  #item(item) {
    if (ROWS.includes(item.type)) return this.#rows(item)
    if (item.type === 'evidence_list') return this.#evidence(item)
    if (item.type === 'text') return this.#text(item, item.label)
    const choice = html`<typed-answer .item=${item} .label=${item.label} .hint=${item.hint ?? ''} .name=${`item-${item.id}`} .value=${this.body.choices?.[item.id] ?? null} .frozen=${this.frozen}
      @answer=${(event) => this.#choose(event, item.id)}></typed-answer>`
    return item.type === 'choice_text' ? html`${choice}${this.#text(item, t('In your words'))}` : choice
  }

  #text(item, label) {
    return html`<text-answer .label=${label} .hint=${item.hint ?? ''} .name=${`answers-${item.id}`} .value=${this.body.answers?.[item.id] ?? null}
      @text=${(event) => this.#write(event, item.id)}></text-answer>`
  }

  #rows(item) {
    const { body, newId, now } = this
    return html`<row-list .item=${item} .label=${item.label} .hint=${item.hint ?? ''} .body=${body} .newId=${newId} .now=${now}></row-list>`
  }

  /** Evidence is written as notes, wherever the pen is; here stands what was tied to this question. */
  #evidence(item) {
    const lines = linesFor(this.body, item.id)
    return html`<section class="stack" aria-label=${item.label}><h3>${item.label}</h3>
      <p class="hint quiet">${[item.hint, t('Write it as a note and tie the note to this question.')].filter(Boolean).join(' ')}</p>
      ${lines.length ? html`<ul class="lines">${lines.map((line) => html`<li><time>${clockOf(line.at)}</time><span class="keep-lines">${line.text}</span></li>`)}</ul>` : html`<p class="quiet">${t('No notes yet.')}</p>`}
      <p><a class="button" href=${`#/visit/${this.visit}/${item.id}`}>${t('Write a note for this')}</a></p></section>`
  }

  #write(event, item) {
    event.stopPropagation()
    this.say('fact', { field: 'answers', key: item, value: event.detail.value })
  }

  #choose(event, item) {
    event.stopPropagation()
    this.say('choice', { item, value: event.detail.value })
  }
}

define('section-view', SectionView, ['section', 'body', 'frozen', 'visit', 'newId', 'now'])
