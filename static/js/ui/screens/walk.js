import { html, live, nothing } from '../../vendor/lit-html.js'
import { t, tc, tn } from '../../core/gettext.js'
import { lacksDebrief } from '../../core/debrief.js'
import { stateWords } from '../../core/observation.js'
import { isTogether } from '../../core/team.js'
import { dateOf, sayDay, sayTime } from '../../core/time.js'
import { inOrder, nextTime } from '../../core/timetable.js'
import { define, Screen } from '../element.js'
import { fill } from '../fill.js'
import { icon } from '../parts/icons.js'
import { roomName, roomWords, schoolName, visitName } from '../room-words.js'
import { readRubric } from '../rubrics.js'
import { standingAmong } from '../standing.js'
import { plannedVisit, stopRecords } from '../starting.js'
import { teamWords } from '../team-words.js'
import '../parts/conflict-choice.js'
import '../parts/look-fors.js'
import '../parts/team-pick.js'
import '../parts/sure-button.js'
import '../parts/walk-calendar.js'
import '../parts/walk-ready.js'

/** One planned walk: the focus as the headline, the stops and how far they are, and whether it works offline. */
class WalkScreen extends Screen {
  #doubles = null

  get id() {
    return this.route.parts[0]
  }

  async load() {
    const { store, space } = this.app
    const [walk, visits, visitRooms, rooms, schools, people, observations] = await Promise.all([
      store.read(this.id),
      ...['visit', 'visit_room', 'room', 'school', 'person'].map((kind) => store.all(kind)),
      store.list('observation', { space: space.id, limit: 200 }),
    ])
    this.walk = walk
    if (!walk) return
    this.rubric = await readRubric(this.app, walk.body.rubric)
    this.authors = walk.body.also ? await store.conflictsIn(this.id) : []
    this.school = schools.find(({ id }) => id === walk.body.school)
    this.people = people.filter((one) => one.space === space.id).sort((a, b) => a.body.name.localeCompare(b.body.name))
    this.rooms = rooms.filter(({ body }) => body.school === walk.body.school && !body.archived)
    const stops = await standingAmong(store, visits)
    this.visits = visits
      .filter(({ id, body }) => body.walk === this.id && stops.get(id) === id)
      .sort((a, b) => (a.body.order ?? a.body.number) - (b.body.order ?? b.body.number))
    this.roomOf = new Map(visitRooms.map(({ body }) => [body.visit, rooms.find(({ id }) => id === body.room)]))
    this.begun = await this.#begunBy(stops, observations)
    this.#lookForDoubles()
  }

  /** Each stop with all that was begun at it, oldest first: one may have been begun on two tablets. */
  async #begunBy(stops, observations) {
    const { store, space } = this.app
    const own = observations.filter(({ summary }) => summary.walk === this.id && summary.observer === space.person)
    const stands = await standingAmong(store, own)
    const begun = new Map()
    for (const one of own.reverse()) {
      const stop = stops.get(one.summary.visit) ?? one.summary.visit
      if (stands.get(one.id) === one.id) begun.set(stop, [...(begun.get(stop) ?? []), one])
    }
    return begun
  }

  async #lookForDoubles() {
    const { DoublesHand } = await import('../doubles-hand.js')
    const concerns = ({ walks }) => walks.includes(this.id)
    this.#doubles ??= new DoublesHand({ app: this.app, shown: () => this.paint(), concerns })
    await this.#doubles.look()
  }

  view() {
    if (!this.ready) return html`<p class="page quiet">${t('Opening…')}</p>`
    if (!this.walk)
      return html`<div class="page"><h1>${t('This walk is not on this tablet')}</h1><p><a class="button" href="#/">${t('Today')}</a></p></div>`
    const { body } = this.walk
    return html`<div class="page page-narrow">
      <p class="back"><a class="button button-quiet" href="#/">${icon('back')} ${t('Today')}</a></p>
      <header class="stack">
        <h1 class="focus-question">${body.focus ?? t('Quick visits')}</h1>
        <p class="quiet">${[body.title, this.school && schoolName(this.school.body), sayDay(body.date, this.app.now()), this.rubric?.body.title].filter(Boolean).join(' · ')}</p>
        ${body.problem ? html`<p><span class="quiet">${t('Problem of practice:')}</span> ${body.problem}</p>` : nothing}
        ${this.#planned() ? html`<p class="quiet">${this.#planned()}</p>` : nothing}
        <look-fors .app=${this.app} .walk=${this.id} .open=${true}></look-fors>
      </header>
      ${body.also && this.#leads ? html`<conflict-choice .body=${body} .authors=${this.authors} .now=${this.app.now()} @chosen=${this.#onChosen}></conflict-choice>` : nothing}
      ${this.#readiness()}
      ${this.#team()}
      ${this.#debrief()}
      ${this.#notices(({ what }) => what !== 'one-stop')}
      <section aria-labelledby="walk-stops"><div class="section-head"><h2 id="walk-stops">${t('Stops')}</h2><span class="quiet figures">${t('{begun} of {all} begun', { begun: this.begun.size, all: this.visits.length })}</span></div>
        <ol class="rows">${this.visits.flatMap((visit, at) => this.#allOf(visit, at))}</ol></section>
      ${this.#notices(({ what }) => what === 'one-stop')}
      ${this.rubric?.body.content.unit === 'school' ? nothing : this.#more()}
      ${this.#calendar()}
    </div>`
  }

  /** What was begun or added twice; its element comes with the hand. */
  #notices(wanted) {
    const notices = this.#doubles?.notices.filter(wanted) ?? []
    if (!notices.length) return nothing
    return html`<double-notices class="stack" .notices=${notices} .now=${this.app.now()} @wish=${this.#doubles.act}></double-notices>`
  }

  get #leads() {
    return this.walk.body.lead === this.app.space.person
  }

  #team() {
    const { body } = this.walk
    if (body.kind !== 'walk' || !(isTogether(body) || this.#leads)) return nothing
    const chosen = new Set(Object.keys(body.team ?? {}))
    return html`<section class="stack" aria-labelledby="walk-team"><h2 id="walk-team">${t('Walking together')}</h2>
      ${isTogether(body) ? html`<p>${teamWords(body, this.people, this.app.space.person).join(', ')}</p>` : html`<p class="quiet">${t('You walk alone.')}</p>`}
      ${body.norms ? html`<div class="note-box"><h3>${t('Norms')}</h3><p class="keep-lines">${body.norms}</p></div>` : nothing}
      ${this.#leads ? html`<details><summary>${t('Change who walks along')}</summary><team-pick class="stack" .people=${this.people} .lead=${body.lead} .school=${body.school} .chosen=${chosen} @team=${this.#onTeam}></team-pick></details>` : nothing}
    </section>`
  }

  /** A walk without one looks unfinished, from the day after on. */
  #debrief() {
    const { body } = this.walk
    if (body.kind !== 'walk') return nothing
    const isMade = this.begun.size > 0 || this.visits.some((visit) => visit.body.started_at != null || visit.body.revealed)
    if (!isMade && !body.debriefed) return nothing
    const now = this.app.now()
    const tag = lacksDebrief(body, isMade, now)
      ? html`<span class="tag" data-tone="caution">${t('No debrief yet')}</span>`
      : nothing
    const done = body.debriefed
      ? html`<span class="quiet">${t('Debriefed {day}.', { day: sayDay(dateOf(body.debriefed.at), now) })}</span>`
      : nothing
    return html`<p class="cluster"><a class="button" href=${`#/debrief/${this.id}`}>${t('Debrief')}</a>${tag}${done}</p>`
  }

  #onTeam = ({ detail: { person, is } }) =>
    this.app.save([{ id: this.id, kind: 'walk', set: { [`team/${person}`]: is ? { at: this.app.now() } : null } }])

  /** What the team sees of each other at this stop. */
  #shared(visit) {
    if (!isTogether(this.walk.body)) return nothing
    if (visit.body.revealed)
      return html`<p class="shared"><a class="button" href=${`#/together/${visit.id}`}>${t('Side by side')}<span class="visually-hidden">, ${visitName(visit.body)}</span></a></p>`
    const own = this.begun.get(visit.id) ?? []
    // Who still writes is not shown what the others wrote.
    if (own.some(({ summary }) => summary.state === 'draft')) return nothing
    if (!this.#leads && !own.length) return nothing
    if (!this.#leads)
      return html`<p class="shared quiet small">${t('Opens when all have given theirs, or the lead reveals it.')}</p>`
    // A lead who did not go in herself reveals it all the same, from the day of the walk on.
    if (!own.length && this.walk.body.date > dateOf(this.app.now())) return nothing
    return html`<div class="shared"><sure-button .words=${t('Reveal {visit} now', { visit: visitName(visit.body) })} .question=${t('Everybody sees what the others gave, and ratings stay as they are. It cannot be undone. It opens by itself when all have given theirs.')} @sure=${() => this.#reveal(visit)}></sure-button></div>`
  }

  #reveal(visit) {
    const reveal = { at: this.app.now(), by: this.app.space.person }
    return this.app.save([{ id: visit.id, kind: 'visit', set: { revealed: reveal } }])
  }

  #onChosen = ({ detail: { set } }) => this.app.save([{ id: this.id, kind: 'walk', set }])

  #readiness() {
    const stops = this.visits.map(({ id, body }) => ({ number: body.number, hasRoom: Boolean(this.roomOf.get(id)) }))
    return html`<walk-ready .app=${this.app} .walk=${this.walk.body} .rubric=${this.rubric} .stops=${stops} .people=${this.people}></walk-ready>`
  }

  /** How it was planned: once, for everybody. */
  #planned() {
    const { form, visit_minutes: minutes } = this.walk.body
    const said = [
      form === 'short' ? t('Short form') : '',
      minutes ? tn('{count} minute in each room', '{count} minutes in each room', minutes) : '',
    ]
    return said.filter(Boolean).join(' · ')
  }

  #calendar() {
    if (this.walk.body.kind !== 'walk') return nothing
    const stops = this.visits.map((visit) => ({ visit, room: this.roomOf.get(visit.id) }))
    return html`<walk-calendar .walk=${this.walk} .school=${this.school} .stops=${stops} .leads=${this.#leads} .now=${this.app.now}></walk-calendar>`
  }

  #allOf(visit, at) {
    return (this.begun.get(visit.id) ?? [null]).map((begun) => this.#stop(visit, at, begun))
  }

  #stop(visit, at, begun) {
    const number = String(visit.body.number)
    const room = this.roomOf.get(visit.id)
    const name = room ? roomName(room.body) : visitName(visit.body)
    const time = begun ? sayTime(begun.summary.started_at, this.app.now()) : ''
    const which = begun ? t('visit {number}, begun {time}', { number, time }) : t('visit {number}', { number })
    const visited = html`<span class="visually-hidden">${which}</span>`
    return html`<li class="stop" data-state=${begun?.summary.state ?? 'ahead'}>
      <span class="number">${number}</span>
      <span><span class="title">${room ? roomWords(room.body) : name}</span><br><span class="quiet small">${begun ? t('{state}, begun {time}', { state: stateOf(begun.summary), time }) : this.#time(visit.body)}</span></span>
      <span class="cluster">
        ${
          begun || !this.#leads
            ? nothing
            : html`
          <button type="button" class="button" aria-label=${t('Move {name} up', { name })} aria-disabled=${at === 0 ? 'true' : 'false'} @click=${() => this.#shift(at, -1)}>${icon('up')}</button>
          <button type="button" class="button" aria-label=${t('Move {name} down', { name })} aria-disabled=${at === this.visits.length - 1 ? 'true' : 'false'} @click=${() => this.#shift(at, 1)}>${icon('down')}</button>`
        }
        ${
          begun
            ? html`<a class="button" href=${`#/visit/${begun.id}`}>${fill(t('Open {visit}'), { visit: visited })}</a>`
            : html`<button type="button" class="button button-primary" @click=${() => this.#begin(visit)}>${fill(t('Start {visit}'), { visit: visited })}</button>`
        }
      </span>${begun && isTogether(this.walk.body) ? this.#hall(visit) : nothing}${this.#shared(visit)}</li>`
  }

  #hall(visit) {
    return html`<p class="shared"><a class="button button-quiet" href=${`#/hall/${visit.id}`}>${t('Hall work')}<span class="visually-hidden">, ${visitName(visit.body)}</span></a></p>`
  }

  #time({ planned_at: at }) {
    if (!at) return t('not begun')
    // The day of the walk stands above; only another one is said again.
    return sayTime(at, dateOf(at) === this.walk.body.date ? at : this.app.now())
  }

  #more() {
    const taken = new Set(
      [...this.roomOf].filter(([visit]) => this.visits.some(({ id }) => id === visit)).map(([, room]) => room?.id),
    )
    const left = this.rooms.filter(({ id }) => !taken.has(id))
    if (!left.length) return nothing
    return html`<p class="field"><label for="walk-add">${t('Add a stop')}</label><select class="input" id="walk-add" .value=${live('')} @change=${this.#add}>
      <option value="">${t('Choose a room…')}</option>${left.map(({ id, body }) => html`<option value=${id}>${roomWords(body)}</option>`)}</select></p>`
  }

  #begin = async (visit) => {
    const { app, walk } = this
    const { observation, edits } = plannedVisit({ me: app.space.person, visit, walk, now: app.now(), newId: app.newId })
    await app.save(edits)
    app.go(`#/visit/${observation}`)
  }

  #add = async (event) => {
    const { school, rubric } = this.walk.body
    const number = Math.max(0, ...this.visits.map(({ body }) => body.number)) + 1
    await this.app.save(
      stopRecords({
        walk: this.id,
        room: event.target.value,
        school,
        rubric,
        me: this.app.space.person,
        number,
        order: this.visits.length,
        at: nextTime(this.#times),
        newId: this.app.newId,
      }),
    )
  }

  /** Numbers stay with their rooms; only the order of going changes, and the times with it until the walk has begun. */
  #shift = async (at, by) => {
    const order = [...this.visits]
    if (at + by < 0 || at + by >= order.length) return
    order.splice(at + by, 0, ...order.splice(at, 1))
    await this.app.save(inOrder(order, this.#hasBegun ? order.map(({ body }) => body.planned_at) : this.#times))
  }

  get #times() {
    return this.visits.map(({ body }) => body.planned_at)
  }

  get #hasBegun() {
    return this.begun.size > 0 || this.visits.some(({ body }) => body.started_at != null || body.revealed)
  }
}

function stateOf(summary) {
  return summary.state === 'draft' ? tc('a visit', 'open') : stateWords(summary)
}

define('walk-screen', WalkScreen, ['route'])
