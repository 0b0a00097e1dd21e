import { html, nothing } from '../../vendor/lit-html.js'
import { locales, t, tc, tn } from '../../core/gettext.js'
import { isDue } from '../../core/due.js'
import { stateWords } from '../../core/observation.js'
import { walksAlong } from '../../core/team.js'
import { dateOf, sayDay, sayTime } from '../../core/time.js'
import { define, Screen } from '../element.js'
import { recallDays } from '../days.js'
import { fill } from '../fill.js'
import '../parts/coaching-link.js'
import { roomName, schoolName, visitName } from '../room-words.js'
import { canCoach, isTeacher } from '../routes.js'
import { rubricTitles } from '../rubrics.js'

const PAGE = 50
const ENOUGH_OWN = 20
const MOST_PAGES = 4
const ENOUGH_OF_A_KIND = 200
/** So many lines fill a screen; the others come right behind them. */
const FIRST_LINES = 20

const MANY = new Set(['walk', 'visit', 'visit_room'])

/** My walks and visits in order of time, and the one large thing to do. */
class TodayScreen extends Screen {
  #doubles = null

  async load() {
    recallDays(this.app)
    const [own, walks, visits, visitRooms, rooms, schools, rubrics] = await Promise.all([
      this.#own(),
      ...['walk', 'visit', 'visit_room', 'room', 'school'].map((kind) => this.#some(kind)),
      rubricTitles(this.app),
    ])
    const here = (list) => list.filter((one) => one.space === this.app.space.id)
    const [stands, stops] = [await this.#standing(own), await this.#standing(visits)]
    this.own = own.filter(({ id }) => stands.get(id) === id)
    this.names = new Map([...rooms, ...schools].map(({ id, body }) => [id, body]))
    this.roomOf = new Map(here(visitRooms).map(({ body }) => [body.visit, body.room]))
    this.rubrics = rubrics
    this.stopOf = stops
    this.visits = here(visits).filter(({ id }) => stops.get(id) === id)
    this.walks = here(walks)
      .filter((walk) => this.#isDue(walk))
      .sort((a, b) => (a.body.date < b.body.date ? -1 : 1))
  }

  /** What is seen first waits for the newest only; all there are come right behind it. */
  async #some(kind) {
    const { store } = this.app
    if (this.ready || !MANY.has(kind)) return store.all(kind)
    const { records, isWhole } = await store.recent(kind, ENOUGH_OF_A_KIND)
    this.#isPartial ||= !isWhole
    return records
  }
  #isPartial = false

  /** Which record stands for each. Rarely for another one, so that what finds out is fetched only then. */
  async #standing(list) {
    if (!list.some(({ summary, body }) => (summary ?? body).same_as)) return new Map(list.map(({ id }) => [id, id]))
    return (await import('../standing.js')).standingAmong(this.app.store, list)
  }

  /** After the page is there: nobody waits for it. */
  paint() {
    super.paint()
    if (this.ready && this.#seen !== this.own) requestAnimationFrame(() => setTimeout(() => this.#complete()))
    this.#seen = this.own
  }
  #seen

  async #complete() {
    import('../parts/after-walk.js').catch(() => {})
    this.#isComplete = true
    this.#sayDay()
    this.paintSoon()
    if (!this.#isPartial) return this.#lookForDoubles()
    this.#isPartial = false
    await this.reload()
  }

  /** "Monday, November 23": the browser takes long over the first one. */
  #sayDay() {
    const day = dateOf(this.app.now())
    if (this.#saidDay === day) return
    this.#saidDay = day
    this.#longDay = new Intl.DateTimeFormat(locales(), { weekday: 'long', day: 'numeric', month: 'long' }).format(this.app.now())
    this.paintSoon()
  }
  #isComplete = false
  #longDay = ''
  #saidDay = ''

  async #lookForDoubles() {
    const { DoublesHand } = await import('../doubles-hand.js')
    const concerns = ({ what }) => what !== 'one-stop'
    this.#doubles ??= new DoublesHand({ app: this.app, shown: () => this.paint(), concerns })
    await this.#doubles.look()
  }

  async #own() {
    const { store, space } = this.app
    const own = []
    let before
    for (let page = 0; page < MOST_PAGES && own.length < ENOUGH_OWN; page += 1) {
      const rows = await store.list('observation', { space: space.id, limit: PAGE, before })
      own.push(...rows.filter(({ summary }) => summary.observer === space.person))
      if (rows.length < PAGE) break
      before = rows.at(-1)
    }
    return own
  }

  #isDue({ id, body }) {
    if (body.kind !== 'walk' || !walksAlong(body, this.app.space.person)) return false
    const stops = this.visits.filter((visit) => visit.body.walk === id)
    return isDue(body, stops, { today: dateOf(this.app.now()), hasBegun: (stop) => this.#begunAt(stop).length > 0 })
  }

  /** All that was begun at a stop, oldest first: it may have been begun on two tablets. */
  #begunAt(stop) {
    return this.own.filter(({ summary: { visit } }) => (this.stopOf.get(visit) ?? visit) === stop).reverse()
  }

  view() {
    if (!this.ready) return html`<div class="page page-narrow"><h1>${t('Today')}</h1></div>`
    const open = this.own.filter(({ summary }) => summary.state === 'draft')
    const given = this.own.filter(({ summary }) => summary.state !== 'draft')
    const lines = this.#isComplete ? given : given.slice(0, FIRST_LINES)
    return html`<div class="page page-narrow">
      <header class="section-head"><h1>${t('Today')}</h1><span class="quiet">${this.#longDay || html`&nbsp;`}</span></header>
      ${this.#doubles?.notices.length ? html`<double-notices class="stack" .notices=${this.#doubles.notices} .now=${this.app.now()} @wish=${this.#doubles.act}></double-notices>` : nothing}
      ${this.walks.map((walk) => this.#walk(walk))}
      <after-walk class="groups" .app=${this.app}></after-walk>
      ${open.length ? this.#list(tc('a list of visits', 'Open'), open) : nothing}
      ${lines.length ? this.#list(t('Given and released'), lines) : nothing}
      ${this.own.length || this.walks.length ? nothing : html`<div class="empty"><p>${t('Your walks and visits stand here. When you are at a door, start a visit: it works without a network.')}</p></div>`}
      <div class="cluster"><a class="button" href="#/plan">${t('Plan a walk')}</a>
      ${canCoach(this.app.space) || isTeacher(this.app.space) ? html`<coaching-link .app=${this.app}></coaching-link>` : nothing}</div>
      ${given.length ? nothing : this.#practice()}
    </div>
    <div class="dock"><a class="button button-primary button-large" href="#/start">${t('Start a visit')}</a></div>`
  }

  /** For whoever has given nothing yet. */
  #practice() {
    const link = html`<a href="#/visit/practice">${t('Practise a visit')}</a>`
    return html`<p class="quiet">${fill(t('New here? {link}: three minutes, nothing is kept.'), { link })}</p>`
  }

  #walk({ id, body }) {
    const stops = this.visits
      .filter((visit) => visit.body.walk === id)
      .sort((a, b) => (a.body.order ?? a.body.number) - (b.body.order ?? b.body.number))
    return html`<section aria-labelledby=${`walk-${id}`}>
      <div class="section-head"><h2 id=${`walk-${id}`}><a href=${`#/walk/${id}`}>${body.title || t('Walk')}</a></h2>
        <span class="quiet">${sayDay(body.date, this.app.now())} · ${this.#school(body.school)}</span></div>
      <p class="focus-question">${body.focus}</p>
      <ol class="rows">${stops.flatMap((visit) => this.#allOf(visit))}</ol>
    </section>`
  }

  #allOf(visit) {
    const begun = this.#begunAt(visit.id)
    return begun.length ? begun.map((one) => this.#stop(visit, one, begun.length > 1)) : [this.#stop(visit)]
  }

  #stop(visit, begun, isTwice) {
    const { planned_at: at } = visit.body
    const number = String(visit.body.number)
    const time = isTwice ? sayTime(begun.summary.started_at, this.app.now()) : ''
    const which = isTwice ? t('visit {number}, begun {time}', { number, time }) : t('visit {number}', { number })
    const visited = html`<span class="visually-hidden">${which}</span>`
    return html`<li class="stop" data-state=${begun?.summary.state ?? 'ahead'}>
      <span class="number">${number}</span>
      <span><span class="title">${this.#room(visit.id) || t('Visit {number}', { number })}</span> <span class="quiet small">${begun ? this.#progress(begun.summary, time) : at ? sayTime(at, this.app.now()) : ''}</span></span>
      ${
        begun
          ? html`<a class="button" href=${`#/visit/${begun.id}`}>${fill(t('Open {visit}'), { visit: visited })}</a>`
          : html`<button type="button" class="button" @click=${() => this.#begin(visit)}>${fill(t('Start {visit}'), { visit: visited })}</button>`
      }
    </li>`
  }

  /** With the hour where a stop was begun twice. */
  #progress(summary, time) {
    const state = this.#state(summary)
    return time ? t('{state}, begun {time}', { state, time }) : state
  }

  #begin = async (visit) => {
    const { plannedVisit } = await import('../starting.js')
    const { app } = this
    const walk = this.walks.find(({ id }) => id === visit.body.walk)
    const { observation, edits } = plannedVisit({ me: app.space.person, visit, walk, now: app.now(), newId: app.newId })
    await app.save(edits)
    app.go(`#/visit/${observation}`)
  }

  #list(title, rows) {
    return html`<section><h2 class="section-head">${title}</h2><ul class="rows">${rows.map((row) => html`<li>${this.#row(row)}</li>`)}</ul></section>`
  }

  #row({ id, summary, waiting }) {
    const { visit, rubric, started_at: at, rated, notes } = summary
    const title = [visitName(summary), this.#room(visit)].filter(Boolean).join(' · ')
    const done = `${tn('{count} rated', '{count} rated', rated)}, ${tn('{count} note', '{count} notes', notes)}`
    const state = this.#state(summary)
    return html`<a class="row" href=${`#/visit/${id}`}>
      <span><span class="title">${title}</span>
        <span class="about">${this.rubrics.get(rubric) ?? ''} · ${sayTime(at, this.app.now())} · ${done}</span></span>
      <span class="tag" data-tone=${toneOf(summary)}>${waiting && summary.state !== 'draft' ? t('{state}, waiting', { state }) : state}</span>
    </a>`
  }

  #school(id) {
    const school = this.names.get(id)
    return school ? schoolName(school) : ''
  }

  #room(visit) {
    const room = this.names.get(this.roomOf.get(visit))
    return room ? roomName(room) : ''
  }

  #state(summary) {
    return summary.state === 'draft' && !summary.returned ? tc('a visit', 'open') : stateWords(summary)
  }
}

function toneOf({ state, returned }) {
  if (state === 'released') return 'positive'
  return returned && state === 'draft' ? 'caution' : 'quiet'
}

define('today-screen', TodayScreen, ['route'])
