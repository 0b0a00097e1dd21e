import { html, live, nothing } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'
import './count-stepper.js'

const SAVE_AFTER_MS = 250

/** Context, counts, questions for students and open questions. Says `fact` with `{field, key, value}`. */
class RoomFacts extends LightElement {
  #timers = new Map()

  disconnectedCallback() {
    for (const save of [...this.#timers.values()]) save()
  }

  view() {
    const { content } = this
    return html`${this.#section('The room', content.context_fields, (one) => this.#context(one), 'fields')}
      ${this.#section('Counts', content.counts, (one) => this.#count(one), 'fields')}
      ${
        content.student_questions?.length
          ? html`<section class="stack" aria-labelledby="ask-title"><h2 id="ask-title">Ask a student</h2>
        <ul class="rows">${content.student_questions.map((question) => html`<li><p class="row">${question}</p></li>`)}</ul></section>`
          : nothing
      }
      ${this.#section('In your words', content.open_fields, (one) => this.#open(one), 'stack')}`
  }

  #section(title, list, each, look) {
    if (!list?.length) return nothing
    return html`<section class="stack"><h2>${title}</h2><div class=${look}>${list.map(each)}</div></section>`
  }

  #context(field) {
    const value = this.body.context?.[field.id] ?? null
    if (field.type === 'integer') return this.#stepper('context', field, value)
    if (field.type !== 'choice') return this.#text('context', field, value)
    return html`<fieldset class="field" ?disabled=${this.frozen === 'all'}><legend>${field.label}</legend>
      <div class="choices">${field.options.map(
        (option) => html`<label class="choice">
        <input type="radio" name=${`context-${field.id}`} .checked=${live(value === option)} @change=${() => this.#say('context', field.id, option)}>${option}</label>`,
      )}
        <button type="button" class="button button-quiet" ?hidden=${value == null} @click=${() => this.#say('context', field.id, null)}>Clear<span class="visually-hidden"> ${field.label}</span></button>
      </div></fieldset>`
  }

  #count(field) {
    return this.#stepper('counts', field, this.body.counts?.[field.id] ?? null)
  }

  #stepper(map, field, value) {
    return html`<count-stepper .name=${`${map}-${field.id}`} .label=${field.label} .value=${value} .hint=${field.suggest ? `Aim for ${field.suggest}.` : ''}
      .frozen=${map === 'counts' && this.frozen} @count=${(event) => this.#say(map, field.id, event.detail.value)}></count-stepper>`
  }

  #open(field) {
    return this.#text('answers', field, this.body.answers?.[field.id] ?? null)
  }

  #text(map, field, value) {
    const name = `${map}-${field.id}`
    const isWriting = this.#timers.has(name)
    return html`<p class="field"><label for=${name}>${field.label}</label>
      <textarea class="input" id=${name} rows="3" .value=${isWriting ? nothing : live(value ?? '')} @input=${(event) => this.#typed(event.target, map, field.id)}
        @blur=${() => this.#timers.get(name)?.()}></textarea></p>`
  }

  #typed(box, map, key) {
    const name = `${map}-${key}`
    this.#timers.get(name)?.cancel()
    const save = () => {
      save.cancel()
      this.#timers.delete(name)
      this.#say(map, key, box.value.trim() === '' ? null : box.value)
      this.say('typing', { is: false })
    }
    const timer = setTimeout(save, SAVE_AFTER_MS)
    save.cancel = () => clearTimeout(timer)
    this.#timers.set(name, save)
    this.say('typing', { is: true })
  }

  #say(field, key, value) {
    this.say('fact', { field, key, value })
  }
}

define('room-facts', RoomFacts, ['content', 'body', 'frozen'])
