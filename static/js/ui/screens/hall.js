import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { evidenceOf } from '../../core/observation.js'
import { define, Screen } from '../element.js'
import { newCard } from '../cards.js'
import '../parts/card-form.js'
import { icon } from '../parts/icons.js'
import '../parts/quiet-ring.js'
import { observationRows } from '../observation-rows.js'
import { visitName } from '../room-words.js'
import { clockOf } from '../rubric-view.js'

const QUIET_SECONDS = 120
const KINDS = ['visit', 'walk', 'card', 'observation']

/**
 * In the hall after a visit: two silent minutes over one's own notes, then what the team wants to keep of its talk, as cards.
 * Ratings are not shown, and of nobody else's notes anything.
 */
class HallScreen extends Screen {
  #from = null
  #isOver = false

  get id() {
    return this.route.parts[0]
  }

  async load() {
    const { store, space } = this.app
    this.visit = await store.read(this.id)
    if (!this.visit) return
    const [walk, cards, [own]] = await Promise.all([
      store.read(this.visit.body.walk),
      store.all('card'),
      observationRows(this.app, (one) => one.visit === this.id && one.observer === space.person),
    ])
    this.walk = walk
    this.cards = cards.filter(({ body }) => body.visit === this.id && !body.line).sort((a, b) => b.body.at - a.body.at)
    this.notes = own ? evidenceOf((await store.read(own.id))?.body ?? {}) : []
  }

  onChanged({ kinds }) {
    if (!kinds || KINDS.some((kind) => kinds.includes(kind))) this.reload()
  }

  view() {
    if (!this.ready) return html`<div class="page page-narrow"><h1>${t('Hall work')}</h1></div>`
    if (!this.walk)
      return html`<div class="page"><h1>${t('This visit is not on this tablet')}</h1><p><a class="button" href="#/">${t('Today')}</a></p></div>`
    const isTalk = this.#isOver || (this.cards.length > 0 && this.#from === null)
    return html`<div class="page page-narrow">
      <p class="back"><a class="button button-quiet" href=${`#/walk/${this.walk.id}`}>${icon('back')} ${t('Walk')}</a></p>
      <header class="stack-tight"><h1>${t('Hall work')}</h1><p class="quiet">${visitName(this.visit.body)} · ${t('Outside the room, with low voices.')}</p></header>
      ${isTalk ? this.#talk() : this.#silence()}
    </div>`
  }

  #silence() {
    return html`<section class="stack" aria-labelledby="hall-silence"><h2 id="hall-silence">${t('Two silent minutes')}</h2>
      <p>${t('Everybody reads their own notes: what did you see and hear? Nobody talks yet.')}</p>
      ${this.#from === null ? nothing : html`<quiet-ring .from=${this.#from} .seconds=${QUIET_SECONDS} .clock=${this.app.now} @over=${this.#over}></quiet-ring>`}
      <p class="cluster">${this.#from === null ? html`<button type="button" class="button button-primary" @click=${this.#begin}>${t('Begin the silence')}</button>` : nothing}
        <button type="button" class="button" @click=${this.#over}>${t('Go on to the cards')}</button></p>
      ${this.notes.length ? html`<section class="stack-tight" aria-labelledby="hall-own"><h3 id="hall-own">${t('Your notes')}</h3><ul class="lines">${this.notes.map(({ at, text }) => html`<li><time>${clockOf(at)}</time><span class="keep-lines">${text}</span></li>`)}</ul></section>` : nothing}
    </section>`
  }

  #talk() {
    return html`<section class="stack" aria-labelledby="hall-cards"><h2 id="hall-cards">${t('What do we keep?')}</h2>
      <p class="quiet">${t('Say what you saw, then what you wonder. Only what the team wants to keep becomes a card; ratings stay out of it.')}</p>
      <card-form @card=${this.#keep}></card-form></section>
      <section class="stack-tight" aria-labelledby="hall-kept"><div class="section-head"><h2 id="hall-kept">${t('Cards of this visit')}</h2><a class="button button-quiet" href=${`#/debrief/${this.walk.id}`}>${t('The board')}</a></div>
        ${this.cards.length ? html`<ul class="cards">${this.cards.map((card) => this.#card(card))}</ul>` : html`<p class="quiet">${t('None yet.')}</p>`}</section>`
  }

  #card({ body }) {
    return html`<li class="card" data-sort=${body.sort}><p class="quiet small">${body.sort === 'wonder' ? t('I wonder …') : t('I notice …')}</p><p class="keep-lines">${body.text}</p></li>`
  }

  #begin = () => {
    this.#from = this.app.now()
    this.paint()
  }

  #over = () => {
    this.#isOver = true
    this.paint()
    // The form paints right after this.
    queueMicrotask(() => this.querySelector('textarea')?.focus())
  }

  #keep = ({ detail: { sort, text, until } }) => {
    const visit = { id: this.id, number: this.visit.body.number }
    until(this.app.save([newCard(this.app, this.walk, { sort, text, visit })]))
  }
}

define('hall-screen', HallScreen, ['route'])
