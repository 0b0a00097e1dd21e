import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { inOrder, nextAt } from '../../core/counting.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'
import './text-answer.js'
import './typed-answer.js'

/**
 * A list that grows: questions, next steps, changes. Each row stands by itself, so that two tablets add rows side by side.
 * Says `row` with `{id, row, why}`; row null takes it away.
 */
class RowList extends LightElement {
  view() {
    const { label, hint, item, frozen } = this
    const rows = this.#rows()
    const most = item.type === 'list' && item.max
    const isFull = most && rows.length >= most
    return html`<section class="stack" aria-label=${label}>
      ${this.plain ? nothing : html`<h3>${label}</h3>`}
      ${hint ? html`<p class="hint quiet">${hint}</p>` : nothing}
      ${most ? html`<p class="hint quiet">${t('Up to {n}.', { n: most })}</p>` : nothing}
      ${rows.length ? html`<ol class="row-list">${rows.map((row, at) => keyed(row.id, html`<li>${this.#row(row, at + 1)}</li>`))}</ol>` : nothing}
      ${frozen ? nothing : html`<p><button type="button" class="button" ?disabled=${isFull} data-add @click=${this.#add}>${icon('plus')} ${rows.length ? t('Add another') : t('Add one')}<span class="visually-hidden">: ${label}</span></button></p>`}
    </section>`
  }

  #rows() {
    return inOrder(this.body.rows).filter(({ of }) => of === this.item.id)
  }

  #row(row, place) {
    const { columns } = this.item
    return html`<div class="stack-tight">${columns.map((column) => this.#cell(row, place, column))}
      ${this.frozen ? nothing : html`<p><button type="button" class="button button-quiet button-danger" @click=${() => this.#remove(row.id)}>${t('Remove')}<span class="visually-hidden"> ${this.label}, ${place}</span></button></p>`}</div>`
  }

  #cell(row, place, column) {
    const name = `row-${row.id}-${column.id}`
    const label = column.label || this.label
    const shown = columnsAreOne(this.item) ? `${label} ${place}` : label
    if (column.type === 'text')
      return html`<text-answer .label=${shown} .name=${name} .rows=${2} .value=${row[column.id] ?? null} .frozen=${this.frozen} @text=${(event) => this.#put(row.id, column.id, event)}></text-answer>`
    const value = row[column.id] == null ? null : { value: row[column.id] }
    return html`<typed-answer .item=${column} .label=${shown} .name=${name} .value=${value} .frozen=${this.frozen} @answer=${(event) => this.#put(row.id, column.id, event)}></typed-answer>`
  }

  /** On top of what stands there now: another field of the row may have been written meanwhile. */
  #put(id, column, event) {
    event.stopPropagation()
    const kept = this.body.rows?.[id]
    if (!kept) return
    const given = event.detail.value
    const { [column]: _was, ...rest } = kept
    const value = given === null || typeof given === 'string' ? given : given.value
    this.#say(id, value === null ? rest : { ...rest, [column]: value }, t('row changed'))
  }

  #add = async () => {
    const id = this.newId()
    this.#say(id, { of: this.item.id, at: nextAt(this.body.rows, this.now()) }, t('row added'))
    await new Promise((shown) => setTimeout(shown))
    this.querySelector('li:last-child :is(textarea, input)')?.focus()
  }

  /** Whoever is without a finger on the screen goes on beside the row that is gone. */
  #remove = async (id) => {
    this.#say(id, null, t('row removed'))
    await new Promise((shown) => setTimeout(shown))
    this.querySelector('[data-add]')?.focus()
  }

  #say(id, row, why) {
    this.say('row', { id, row, why })
  }
}

const columnsAreOne = ({ columns }) => columns.length === 1

define('row-list', RowList, ['item', 'label', 'hint', 'body', 'frozen', 'plain', 'newId', 'now'])
