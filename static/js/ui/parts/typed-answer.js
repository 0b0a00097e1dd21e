import { html, live, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { optionWords } from '../../core/rubric-words.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'
import './count-stepper.js'

const YES_NO = [
  { value: 'yes', label: t('Yes') },
  { value: 'no', label: t('No') },
]

/**
 * One question that is answered by choosing or counting. What is no answer (not observed, does not apply) stands apart, and an
 * answer can always be cleared. Says `answer` with `{value}`: the whole of what is kept, or null. It is `plain` where its
 * question is the heading above it, and the page has a button that clears it.
 */
class TypedAnswer extends LightElement {
  view() {
    const { hint, apart = [] } = this
    return html`<fieldset class="field typed" ?disabled=${this.frozen}>
      <legend class=${this.plain ? 'visually-hidden' : ''}>${this.label}</legend>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      ${this.#asked()}
      ${apart.length ? html`<div class="choices apart">${apart.map((one) => this.#radio(one))}</div>` : nothing}
      ${this.value == null || this.frozen || this.plain ? nothing : html`<p><button type="button" class="button button-quiet" @click=${() => this.#say(null)}>${tc('a button', 'Clear')}<span class="visually-hidden"> ${tc('after Clear', 'the answer to: {question}', { question: this.label })}</span></button></p>`}
    </fieldset>`
  }

  #asked() {
    const { item } = this
    if (item.type === 'yes_no') return this.#choices(YES_NO)
    if (item.type === 'choice' || item.type === 'choice_text') return this.#choices(choicesOf(item))
    if (item.type === 'multi_choice') return this.#several()
    if (item.type === 'scale') return this.#levels()
    // The rows of a list stand above; here only why there are none.
    if (item.type === 'list') return nothing
    if (item.type === 'date') return this.#date()
    if (item.type === 'fraction') return this.#fraction()
    return this.#number('value', item.type === 'percent' ? t('Percent') : '', item.type === 'percent' ? 100 : item.max)
  }

  #choices(list) {
    return html`<div class="choices">${list.map((one) => this.#radio(one))}</div>`
  }

  #radio({ value, label }) {
    return html`<label class="choice"><input type="radio" name=${this.name} .checked=${live(this.value?.value === value)} @change=${() => this.#say({ value })}>
      <span class="tick">${icon('tick')}</span>${label}</label>`
  }

  #several() {
    const chosen = this.value?.value ?? []
    return html`<div class="choices">${this.item.options.map(
      (
        option,
      ) => html`<label class="choice"><input type="checkbox" .checked=${live(chosen.includes(option))} @change=${(event) => this.#turn(option, event.target.checked)}>
      <span class="tick">${icon('tick')}</span>${optionWords(this.item, option)}</label>`,
    )}</div>`
  }

  #turn(option, is) {
    const chosen = this.value?.value ?? []
    const value = this.item.options.filter((one) => (one === option ? is : chosen.includes(one)))
    this.#say(value.length ? { value } : null)
  }

  #levels() {
    return html`<div class="level-cards">${this.item.levels.map(
      ({
        value,
        text,
      }) => html`<label class="level-card"><input type="radio" name=${this.name} .checked=${live(this.value?.value === value)} @change=${() => this.#say({ value })}>
      <span class="mark mark-large" data-value=${value}>${value}</span><span>${text}</span>${icon('tick')}</label>`,
    )}</div>`
  }

  #date() {
    return html`<input class="input" type="date" aria-label=${this.label} .value=${live(this.value?.value ?? '')} @change=${(event) => this.#say(event.target.value ? { value: event.target.value } : null)}>`
  }

  #fraction() {
    const { n, of } = this.value ?? {}
    return html`<div class="fraction">${this.#number('n', t('Of these'))}${this.#number('of', t('All asked or seen'))}</div>
      ${n != null && of != null && n > of ? html`<p class="hint">${t('{n} of {all}: more than all of them. Look again?', { n, all: of })}</p>` : nothing}`
  }

  #number(part, label, most) {
    const found = this.value?.[part]
    return html`<count-stepper .name=${`${this.name}-${part}`} .label=${label || this.label} .plain=${!label} .value=${typeof found === 'number' ? found : null} .most=${most}
      .frozen=${this.frozen} @count=${(event) => this.#count(part, event)}></count-stepper>`
  }

  #count(part, event) {
    event.stopPropagation()
    const { value } = event.detail
    if (part === 'value') return this.#say(value === null ? null : { value })
    const { value: _apart, ...parts } = this.value ?? {}
    if (value === null) delete parts[part]
    else parts[part] = value
    this.#say(Object.keys(parts).length ? parts : null)
  }

  #say(value) {
    this.say('answer', { value })
  }
}

const choicesOf = (item) => item.options.map((value) => ({ value, label: optionWords(item, value) }))

define('typed-answer', TypedAnswer, ['item', 'label', 'name', 'value', 'apart', 'frozen', 'hint', 'plain'])
