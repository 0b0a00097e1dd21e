import { html, live, nothing } from '../../vendor/lit-html.js'
import { counted, filtered, STATES } from '../../core/desk-queue.js'
import { t } from '../../core/gettext.js'
import { cameWords, dueWords, medianWords, RULE_WORDS, sayWait, STATE_WORDS } from '../desk-words.js'
import { define, LightElement } from '../element.js'
import { byName, schoolName, visitName } from '../room-words.js'
import { icon } from './icons.js'

const PAGE = 30
const TITLES = { ...STATE_WORDS, waiting: t('Waiting for you') }
const EMPTY = {
  waiting: t('Nothing waits. What coaches give to you stands here, also without a network.'),
  'sent-back': t('Nothing is with its observer at the moment.'),
  released: t('Nothing is released yet.'),
  reopened: t('Nothing is reopened at the moment.'),
}

/**
 * The queue of a desk: states, filters, and how long answers take. Says `chosen` with `{id, is}` while several are chosen, and
 * `choose` with `{is}` to begin or leave that.
 */
class DeskQueue extends LightElement {
  #state = 'waiting'
  #filter = {}
  #pages = 1

  view() {
    const { desk, current, chosen } = this
    const items = filtered(desk.items, this.#filter)
    const counts = counted(items)
    const shown = items.filter(({ state }) => state === this.#state)
    const page = shown.slice(0, PAGE * this.#pages)
    return html`${current ? html`<p class="focus-question">${t('Desk')}</p>` : html`<h1 tabindex="-1">${t('Desk')}</h1>`}
      ${this.#figure(desk)}
      <fieldset class="choices desk-states"><legend class="visually-hidden">${t('Which ones?')}</legend>
        ${STATES.map((state) => html`<label class="choice"><input type="radio" name="desk-state" .checked=${live(state === this.#state)} @change=${() => this.#turn({ state })}>${STATE_WORDS[state]} ${counts[state]}</label>`)}
      </fieldset>
      ${this.#filters(desk)}
      <section class="stack-tight"><h2 class="section-head">${TITLES[this.#state]}</h2>
        ${page.length ? html`<ul class="rows">${page.map((item) => html`<li>${chosen ? this.#choice(item) : this.#row(item)}</li>`)}</ul>` : html`<p class="quiet">${this.#isFiltered ? t('None of these.') : EMPTY[this.#state]}</p>`}
        ${shown.length > page.length ? html`<p><button type="button" class="button" @click=${this.#older}>${t('Show older ones')}</button></p>` : nothing}
        ${this.#state === 'waiting' && counts.waiting > 1 && !chosen ? html`<p><button type="button" class="button" @click=${() => this.say('choose', { is: true })}>${t('Choose several')}</button></p>` : nothing}
      </section>`
  }

  get #isFiltered() {
    return Object.values(this.#filter).some(Boolean)
  }

  /** What is on the screen, for whoever chooses all of it. */
  get shown() {
    return filtered(this.desk.items, this.#filter).filter(({ state }) => state === this.#state)
  }

  #figure({ time, rule }) {
    return html`<div class="desk-figure">
      ${time.median === null ? nothing : html`<p><span class="figure">${sayWait(time.median)}</span> <span>${t('until observers have feedback')}</span></p>`}
      <details><summary class="small">${medianWords(time)}</summary><p class="small quiet">${t('From the moment notes were given to the moment they were released or sent back, nights and weekends included. Half of the answers came faster.')} ${RULE_WORDS[rule] ?? nothing}</p></details>
    </div>`
  }

  #filters({ items, rubrics, schools }) {
    const used = [...new Set(items.map(({ body }) => body.rubric))]
    if (items.length < 2) return nothing
    return html`<details ?open=${this.#isFiltered}><summary>${this.#isFiltered ? t('Only some are shown') : t('Show only some')}</summary>
      <div class="stack desk-filters">
        ${this.#select('from', t('From'), [
          ['walk', t('Walks')],
          ['quick', t('Quick visits')],
        ])}
        ${
          used.length > 1
            ? this.#select(
                'rubric',
                t('Rubric'),
                used.map((id) => [id, rubrics.get(id) ?? '']),
              )
            : nothing
        }
        ${
          schools.length > 1
            ? this.#select(
                'school',
                t('School'),
                byName([...schools]).map(({ id, body }) => [id, schoolName(body)]),
              )
            : nothing
        }
      </div></details>`
  }

  #select(name, label, options) {
    return html`<p class="field"><label for=${`desk-${name}`}>${label}</label><select class="input" id=${`desk-${name}`} @change=${(event) => this.#turn({ filter: { ...this.#filter, [name]: event.target.value } })}>
      <option value="" ?selected=${!this.#filter[name]}>${t('All')}</option>
      ${options.map(([value, words]) => html`<option value=${value} ?selected=${this.#filter[name] === value}>${words}</option>`)}</select></p>`
  }

  #row(item) {
    const { id } = item
    return html`<a class="row" href=${`#/desk/${id}`} aria-current=${id === this.current ? 'true' : nothing}><span>${this.#about(item)}</span>${icon('next')}</a>`
  }

  #choice(item) {
    return html`<label class="check row-check"><input type="checkbox" .checked=${live(this.chosen.has(item.id))} @change=${(event) => this.say('chosen', { id: item.id, is: event.target.checked })}><span>${this.#about(item)}</span></label>`
  }

  #about(item) {
    const { body, due } = item
    const who = this.desk.people.get(body.observer) ?? t('An observer')
    return html`<span class="title">${visitName(body)}</span>
      <span class="about">${this.desk.rubrics.get(body.rubric) ?? ''}</span>
      <span class="about">${who} · ${cameWords(item, this.now)}</span>
      ${due ? html`<span class="about">${dueWords(due, this.now)}</span>` : nothing}`
  }

  #turn({ state = this.#state, filter = this.#filter }) {
    this.#state = state
    this.#filter = filter
    this.#pages = 1
    if (this.chosen) this.say('choose', { is: state === 'waiting' })
    this.paint()
  }

  #older = () => {
    this.#pages += 1
    this.paint()
  }
}

define('desk-queue', DeskQueue, ['desk', 'current', 'chosen', 'now'])
