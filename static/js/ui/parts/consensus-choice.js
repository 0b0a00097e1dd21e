import { html, live, nothing } from '../../vendor/lit-html.js'
import { listed, t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { labelOf, PAIRED_WORDS, SAID, scaleOf } from '../rubric-view.js'
import { icon } from './icons.js'

/** What the team agrees on for one indicator: each says it for themselves. Says `agree` with `{indicator, value, why}`. */
class ConsensusChoice extends LightElement {
  view() {
    const values = valuesOf(this.content, this.one)
    if (!values.length || !(this.open || this.agreed)) return nothing
    return html`<div class="consensus stack-tight">${this.agreed ? this.#standing() : nothing}${this.open ? this.#choice(values) : nothing}</div>`
  }

  #standing() {
    const { value, yes, others, silent, whys, whole } = this.agreed
    return html`<p class="cluster">${whole ? icon('tick') : nothing}<strong>${whole ? t('We agree on: {level}', { level: this.#words(value) }) : t('Proposed: {level}', { level: this.#words(value) })}</strong></p>
      ${whole ? nothing : html`<p class="quiet small">${this.#who(yes, others, silent)}</p>`}
      ${whys.map(({ by, why }) => html`<p class="small">${t('{name}: {words}', { name: this.nameOf(by), words: why })}</p>`)}`
  }

  #who(yes, others, silent) {
    const names = (people) => listed(people.map(this.nameOf))
    const said = others.map(({ by, value }) => t('{name} said: {level}.', { name: this.nameOf(by), level: this.#words(value) }))
    const left = silent.length ? [t('Not said yet: {names}.', { names: names(silent) })] : []
    return [t('Yes: {names}.', { names: names(yes) }), ...said, ...left].join(' ')
  }

  #choice(values) {
    const { one } = this
    const own = this.#own()
    const asks = this.agreed && own?.value !== this.agreed.value
    return html`${asks ? html`<p><button type="button" class="button" @click=${() => this.#say(this.agreed.value)}>${t('Yes, I agree')}<span class="visually-hidden">, ${one.title}: ${this.#words(this.agreed.value)}</span></button></p>` : nothing}
      <fieldset class="stack-tight"><legend>${t('We agree on …')}<span class="visually-hidden"> ${one.title}</span></legend>
      <div class="choices">${values.map(
        ([value, words]) =>
          html`<label class="choice"><input type="radio" name=${`agree-${one.id}`} .checked=${live(own?.value === value)} @change=${() => this.#say(value)}><span class="tick">${icon('tick')}</span>${words}</label>`,
      )}</div></fieldset>
      ${own ? html`<p class="field"><label for=${`why-${one.id}`}>${t('Why, in a line')}</label><input class="input" id=${`why-${one.id}`} maxlength="300" autocomplete="off" .value=${own.why} @change=${(event) => this.#say(own.value, event.target.value.trim())}></p>` : nothing}`
  }

  /** What this person said last. */
  #own() {
    if (!this.agreed) return null
    const { yes, value, whys, others } = this.agreed
    if (yes.includes(this.me)) return { value, why: whys.find(({ by }) => by === this.me)?.why ?? '' }
    return others.find(({ by }) => by === this.me) ?? null
  }

  /** Why belongs to a value: with another one it begins empty. */
  #say(value, why = '') {
    this.say('agree', { indicator: this.one.id, value, why })
  }

  #words(value) {
    return new Map(valuesOf(this.content, this.one)).get(value) ?? labelOf(this.content, this.one, value)
  }
}

/** Values with their words; what is counted is not agreed on. */
function valuesOf(content, one) {
  const { levels, apart } = scaleOf(content, one)
  const aside = apart.map(({ value, label }) => [value, label])
  if (one.type === 'level') return [...levels.map(({ value, label }) => [value, `${value} ${label}`]), ...aside]
  if (one.type === 'yes_no') return [['yes', SAID.yes], ['no', SAID.no], ...aside]
  if (one.type !== 'paired_yes_no') return []
  const results = [...new Set(Object.values(one.derive ?? {}))].map((value) => [
    value,
    PAIRED_WORDS[value] ?? labelOf(content, one, value),
  ])
  return [...new Map([...results, ...aside])]
}

define('consensus-choice', ConsensusChoice, ['content', 'one', 'agreed', 'me', 'nameOf', 'open'])
