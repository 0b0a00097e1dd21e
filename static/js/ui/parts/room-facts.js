import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import './section-view.js'
import './text-answer.js'
import './typed-answer.js'

/** Context, sections and open questions. Says `fact` with `{field, key, value}`; of its sections `choice` and `row` too. */
class RoomFacts extends LightElement {
  view() {
    const { content } = this
    return html`${this.#section(t('The room'), content.context_fields, (one) => this.#context(one), 'fields')}
      ${(content.sections ?? []).map((one) => html`<section-view .section=${one} .body=${this.body} .frozen=${this.frozen} .visit=${this.visit} .newId=${this.newId} .now=${this.now}></section-view>`)}
      ${this.#section(t('In your words'), content.open_fields, (one) => this.#text('answers', one), 'stack')}`
  }

  #section(title, list, each, look) {
    if (!list?.length) return nothing
    return html`<section class="stack"><h2>${title}</h2><div class=${look}>${list.map(each)}</div></section>`
  }

  #context(field) {
    if (field.type === 'text') return this.#text('context', field)
    const value = this.body.context?.[field.id] ?? null
    return html`<typed-answer .item=${field} .label=${field.label} .name=${`context-${field.id}`} .value=${value === null ? null : { value }}
      @answer=${(event) => this.#answer(event, field.id)}></typed-answer>`
  }

  #answer(event, key) {
    event.stopPropagation()
    this.say('fact', { field: 'context', key, value: event.detail.value?.value ?? null })
  }

  #text(map, field) {
    return html`<text-answer .label=${field.label} .name=${`${map}-${field.id}`} .value=${this.body[map]?.[field.id] ?? null}
      @text=${(event) => this.#write(event, map, field.id)}></text-answer>`
  }

  #write(event, field, key) {
    event.stopPropagation()
    this.say('fact', { field, key, value: event.detail.value })
  }
}

define('room-facts', RoomFacts, ['content', 'body', 'frozen', 'visit', 'newId', 'now'])
