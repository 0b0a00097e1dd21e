import { html, nothing } from '../../vendor/lit-html.js'
import { areaChanged, areasOf, cardsOnce, clustersOf, isArea, liftable, movedTo, saying, visitedIn } from '../../core/debrief.js'
import { t, tn } from '../../core/gettext.js'
import { walksAlong } from '../../core/team.js'
import { dateOf, sayDay } from '../../core/time.js'
import { aloneIn, newCard } from '../cards.js'
import { define, Screen } from '../element.js'
import { observationRows } from '../observation-rows.js'
import '../parts/card-form.js'
import '../parts/debrief-cluster.js'
import '../parts/debrief-page.js'
import { icon } from '../parts/icons.js'
import '../parts/next-steps.js'
import '../parts/note-lift.js'
import { schoolName } from '../room-words.js'
import { deskSchools } from '../routes.js'
import { indicatorsIn } from '../rubric-view.js'
import { readRubric, RUBRIC_KINDS } from '../rubrics.js'
import { standingAmong } from '../standing.js'
import { canWalkAt } from '../team-words.js'

const KINDS = ['walk', 'visit', 'card', 'next_step', 'observation', 'person', ...RUBRIC_KINDS]

/**
 * The debrief of one walk: a board of cards in clusters that are counted in rooms, one or two focus areas, next steps; and the
 * same on one page for paper. Three may work on it at once, without a network.
 */
class DebriefScreen extends Screen {
  #isLifting = false
  #notes = null
  board = null
  #follow = null

  get id() {
    return this.route.parts[0]
  }

  async load() {
    const { store, space } = this.app
    const walk = await store.read(this.id)
    if (walk?.body.kind !== 'walk') return void (this.board = null)
    const [visits, cards, steps, people, schools] = await Promise.all(
      ['visit', 'card', 'next_step', 'person', 'school'].map((kind) => store.all(kind)),
    )
    const here = (some) => some.filter(({ body }) => body.walk === this.id)
    const rubric = await readRubric(this.app, walk.body.rubric)
    this.rows = await observationRows(this.app, (one) => one.walk === this.id)
    const stands = await standingAmong(store, here(visits))
    const names = new Map(people.map(({ id, body }) => [id, body.name]))
    const school = schools.find(({ id }) => id === walk.body.school)
    this.board = this.#lay(walk, {
      visits: here(visits).filter(({ id }) => stands.get(id) === id),
      stop: (visit) => stands.get(visit) ?? visit,
      all: here(cards),
      titles: new Map(rubric ? indicatorsIn(rubric.body.content, 'full').map(({ id, title }) => [id, title]) : []),
      steps: here(steps).sort((a, b) => (a.body.due < b.body.due ? -1 : 1)),
      people: people
        .filter((one) => one.space === space.id && canWalkAt(one, walk.body.school))
        .sort((a, b) => a.body.name.localeCompare(b.body.name)),
      nameOf: (person) => (person === space.person ? t('You') : (names.get(person) ?? t('Somebody else'))),
      ownerOf: (person) => names.get(person) ?? t('Somebody else'),
      school: school ? schoolName(school.body) : '',
    })
    this.mayWork = walksAlong(walk.body, space.person)
    this.maySet = this.mayWork || deskSchools(space).includes(walk.body.school)
    if (this.#isLifting) await this.#readNotes()
  }

  #lay(walk, found) {
    const cards = cardsOnce(found.all)
    const spoken = [...cards.map(({ body }) => body), ...this.rows.map(({ summary }) => summary)]
    const visited = visitedIn(found.visits, spoken, found.stop).size
    const clusters = clustersOf(walk.body, cards, found.titles, { visited, stop: found.stop })
    return { ...found, walk, cards, visited, clusters }
  }

  onChanged({ kinds }) {
    if (!kinds || KINDS.some((kind) => kinds.includes(kind))) this.reload()
  }

  paint() {
    super.paint()
    if (!this.#follow) return
    const moved = this.#follow
    this.#follow = null
    // Its cluster paints right after this.
    queueMicrotask(() => this.querySelector(`[data-card="${moved}"] button`)?.focus())
  }

  view() {
    if (!this.ready) return html`<div class="page page-narrow"><h1>${t('Debrief')}</h1></div>`
    if (!this.board)
      return html`<div class="page"><h1>${t('This walk is not on this tablet')}</h1><p><a class="button" href="#/">${t('Today')}</a></p></div>`
    return this.route.parts[1] === 'page' ? this.#page() : this.#board()
  }

  #page() {
    return html`<div class="page page-narrow">
      <p class="back cluster"><a class="button button-quiet" href=${`#/debrief/${this.id}`}>${icon('back')} ${t('Debrief')}</a>
        <button type="button" class="button" @click=${() => print()}>${t('Print, or save as PDF')}</button></p>
      <debrief-page .board=${this.board} .now=${this.app.now()}></debrief-page></div>`
  }

  #board() {
    const { walk, school } = this.board
    return html`<div class="page groups">
      <p class="back"><a class="button button-quiet" href=${`#/walk/${this.id}`}>${icon('back')} ${t('Walk')}</a></p>
      <header class="stack-tight"><h1>${t('Debrief')}</h1><p class="focus-question">${walk.body.focus}</p>
        <p class="quiet">${[school, sayDay(walk.body.date, this.app.now())].filter(Boolean).join(' · ')}</p></header>
      ${this.#areas()}
      ${this.#cards()}
      ${this.mayWork ? this.#putUp() : nothing}
      <section class="stack" aria-labelledby="board-steps"><h2 class="section-head" id="board-steps">${t('Next steps')}</h2>
        <next-steps class="stack" .steps=${this.board.steps} .people=${this.board.people} .areas=${this.#chosen()} .nameOf=${this.board.nameOf} .me=${this.app.space.person} .now=${this.app.now()} .open=${this.maySet} @step=${this.#addStep} @said=${this.#onSaid}></next-steps></section>
      ${this.#closing()}
    </div>`
  }

  #chosen() {
    return areasOf(this.board.walk.body).map((key) => ({ key, title: this.#titleOf(key) }))
  }

  #titleOf(key) {
    return this.board.clusters.find((one) => one.key === key)?.title ?? this.board.titles.get(key) ?? ''
  }

  #areas() {
    const chosen = this.#chosen()
    return html`<section class="stack-tight" aria-labelledby="board-areas"><h2 id="board-areas">${t('Focus areas')}</h2>
      ${chosen.length ? html`<ol class="plain-list">${chosen.map(({ title }) => html`<li><strong>${title}</strong></li>`)}</ol>` : html`<p class="quiet">${t('Choose one or two of the clusters below, never more: what this school works on next.')}</p>`}</section>`
  }

  #cards() {
    const { clusters, walk, visited, cards } = this.board
    const isFull = areasOf(walk.body).length > 1
    return html`<section class="stack" aria-labelledby="board-cards"><div class="section-head"><h2 id="board-cards">${t('The board')}</h2>
        <span class="quiet">${[visited ? t('Rooms visited: {n}', { n: String(visited) }) : '', tn('{count} card', '{count} cards', cards.length)].filter(Boolean).join(' · ')}</span></div>
      ${clusters.length ? nothing : html`<p class="quiet">${t('No cards yet. They come from hall work, from notes, or are written here.')}</p>`}
      <div class="board">${clusters.map(
        (cluster) =>
          html`<debrief-cluster class="stack-tight" role="group" aria-labelledby=${`cluster-${cluster.key}`} data-cluster=${cluster.key} .cluster=${cluster} .places=${this.#places()} .visited=${visited} .me=${this.app.space.person} .open=${this.mayWork} .isArea=${Boolean(cluster.key) && isArea(walk.body, cluster.key)} .isFull=${isFull}
            @move=${this.#move} @away=${this.#away} @area=${this.#area} @untie=${this.#untie}></debrief-cluster>`,
      )}</div></section>`
  }

  /** Everywhere a card may lie. */
  #places() {
    const { clusters, titles } = this.board
    const named = clusters.filter((one) => one.named).map(({ key, title }) => ({ key, title }))
    return [{ key: '', title: t('Not sorted yet') }, ...named, ...[...titles].map(([key, title]) => ({ key, title }))]
  }

  #putUp() {
    const { visits } = this.board
    const inOrder = [...visits].sort((a, b) => a.body.number - b.body.number)
    return html`<section class="stack" aria-labelledby="board-add"><h2 class="section-head" id="board-add">${t('Put up')}</h2>
      <form class="field" novalidate @submit=${this.#name}><label for="cluster-title">${t('Name a cluster')}</label><span class="hint" id="cluster-hint">${t('A pattern in your own words. Cards are then moved there.')}</span>
        <div class="cluster"><input class="input input-line" id="cluster-title" maxlength="120" autocomplete="off" aria-describedby="cluster-hint"><button class="button">${t('Add the cluster')}</button></div></form>
      <details><summary>${t('Write a card')}</summary><card-form class="stack" .visits=${inOrder} @card=${this.#keep}></card-form></details>
      <details @toggle=${this.#onLifting}><summary>${t('Put up notes of the visits')}</summary>
        ${this.#notes ? html`<note-lift class="stack" .notes=${this.#notes} .titles=${this.board.titles} @lift=${this.#lift}></note-lift>` : nothing}</details></section>`
  }

  #closing() {
    const { walk } = this.board
    const { debriefed } = walk.body
    const link = html`<a class="button" href=${`#/debrief/${this.id}/page`}>${t('See it on one page')}</a>`
    if (debriefed)
      return html`<section class="stack"><p class="cluster">${icon('tick')} ${t('Debriefed {day}.', { day: sayDay(dateOf(debriefed.at), this.app.now()) })}</p>
        <p class="cluster">${link}${this.mayWork ? html`<button type="button" class="button button-quiet" @click=${() => this.#setWalk({ debriefed: null })}>${t('Open it again')}</button>` : nothing}</p></section>`
    if (!this.mayWork) return html`<p>${link}</p>`
    return html`<section class="stack">${areasOf(walk.body).length ? nothing : html`<p class="quiet">${t('A debrief is closed with at least one focus area.')}</p>`}
      <p class="cluster">${areasOf(walk.body).length ? html`<button type="button" class="button button-primary" @click=${this.#close}>${t('Close the debrief')}</button>` : nothing}${link}</p></section>`
  }

  // ---- what a person does ----------------------------------------------------------------------------

  #setWalk(set) {
    return this.app.save([{ id: this.id, kind: 'walk', set }])
  }

  #close = async () => {
    await this.#setWalk({ debriefed: { at: this.app.now(), by: this.app.space.person } })
    this.app.announce(t('The debrief is closed.'))
    this.app.sendNow()
  }

  #move = async ({ detail: { card, to } }) => {
    this.#follow = card
    await this.app.save([{ id: card, kind: 'card', set: movedTo(this.board.walk.body, to) }])
    this.app.announce(t('Moved to {place}.', { place: this.#places().find(({ key }) => key === to).title }))
  }

  #away = async ({ detail: { card } }) => {
    await this.app.save([{ id: card, kind: 'card', set: { '': null } }])
    this.app.announce(t('Taken away.'))
  }

  #area = ({ detail: { key } }) => {
    const set = areaChanged(this.board.walk.body, key)
    if (set) return this.#setWalk(set)
  }

  #untie = ({ detail: { key } }) => this.#setWalk({ [`clusters/${key}`]: null })

  #name = async (event) => {
    event.preventDefault()
    const input = this.querySelector('#cluster-title')
    const title = input.value.trim()
    if (!title) return input.focus()
    await this.#setWalk({ [`clusters/${this.app.newId()}`]: { title, at: this.app.now() } })
    input.value = ''
    input.focus()
  }

  #keep = ({ detail: { sort, text, visit, until } }) => {
    const found = this.board.visits.find(({ id }) => id === visit)
    const of = found ? { id: found.id, number: found.body.number } : null
    until(this.app.save([newCard(this.app, this.board.walk, { sort, text, visit: of })]))
  }

  #onLifting = async ({ target }) => {
    this.#isLifting = target.open
    if (!target.open) return
    await this.#readNotes()
    this.paint()
  }

  async #readNotes() {
    const read = await Promise.all(this.rows.map(({ id }) => this.app.store.read(id)))
    this.#notes = liftable(read.filter(Boolean), this.board.all, this.app.space.person)
  }

  #lift = ({ detail: { note } }) => {
    const { line, text, indicator, visit, number } = note
    const card = { sort: 'notice', text, indicator, line, visit: { id: visit, number } }
    return this.app.save([newCard(this.app, this.board.walk, card)])
  }

  #addStep = ({ detail: { text, owner, due, area, until } }) => {
    const { walk } = this.board
    const about = { walk: this.id, school: walk.body.school, by: this.app.space.person, at: this.app.now() }
    const body = { ...about, text, owner, due, ...(area ? { area } : {}), ...(this.mayWork ? aloneIn(walk) : {}) }
    until(this.app.save([{ new: { kind: 'next_step', id: this.app.newId(), body } }]))
  }

  #onSaid = ({ detail: { step, is, text, until } }) => {
    const said = { is, text, by: this.app.space.person, now: this.app.now(), id: this.app.newId() }
    const kept = this.app.save([{ id: step.id, kind: 'next_step', set: saying(step.body, said) }])
    until?.(kept)
    return kept
  }
}

define('debrief-screen', DebriefScreen, ['route'])
