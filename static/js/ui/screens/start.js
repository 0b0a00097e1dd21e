import { html, live, nothing } from '../../vendor/lit-html.js'
import { roomsWithSteps } from '../../core/coaching.js'
import { t, tn } from '../../core/gettext.js'
import { lastSeen } from '../../core/proposal.js'
import { dateOf, sayTime } from '../../core/time.js'
import { define, Screen } from '../element.js'
import { newestOf } from '../newest.js'
import { icon } from '../parts/icons.js'
import { byName, roomName, roomWords } from '../room-words.js'
import { allRubrics } from '../rubrics.js'
import { quickVisit } from '../starting.js'

const ORDERS = { number: t('By room'), longest: t('Longest not visited'), planned: t("Today's plan") }

/** Which room? The rubric and the school are remembered, so that a visit is two taps away from Today. */
class StartScreen extends Screen {
  #search = ''
  #isStarting = false

  async load() {
    const { store, space } = this.app
    const [rubrics, schools, rooms, walks, visits, visitRooms, agreements, steps] = await Promise.all([
      allRubrics(this.app),
      ...['school', 'room', 'walk', 'visit', 'visit_room', 'agreement', 'coaching_step'].map((kind) => store.all(kind)),
    ])
    const here = (list) => list.filter((one) => one.space === space.id && !one.body.archived)
    Object.assign(this, { rubrics: newestOf(here(rubrics)), walks: here(walks), visits: here(visits) })
    this.schools = byName(here(schools)).filter(({ id }) => this.#mayObserveAt(id))
    this.rooms = here(rooms)
    this.withSteps = roomsWithSteps({ me: space.person, agreements, steps })
    this.lastSeen = lastSeen(here(visitRooms), this.visits)
    this.planned = plannedToday(this.walks, this.visits, here(visitRooms), this.app.now())
    this.rubric ??= this.#remembered('rubric', this.rubrics)
    this.school ??= this.#remembered('school', this.schools)
    this.order ??= Object.keys(ORDERS).find((one) => one === this.app.recall('start:order')) ?? 'number'
  }

  #mayObserveAt(school) {
    return this.app.space.roles.some((role) => role.school === null || role.school === school)
  }

  #remembered(what, list) {
    const kept = this.app.recall(`start:${what}`)
    return list.some(({ id }) => id === kept) ? kept : list[0]?.id
  }

  view() {
    if (!this.ready) return html`<div class="page"><h1>${t('Start a visit')}</h1></div>`
    if (!this.rubrics.length || !this.schools.length) return this.#nothingYet()
    const isWhole = this.rubrics.find(({ id }) => id === this.rubric)?.body.content.unit === 'school'
    return html`<div class="page">
      <h1>${t('Start a visit')}</h1>
      <div class="fields">
        ${this.#choose('rubric', t('With which rubric?'), this.rubrics, ({ body }) => body.title)}
        ${this.schools.length > 1 ? this.#choose('school', t('At which school?'), this.schools, ({ body }) => body.name) : nothing}
      </div>
      ${isWhole ? this.#whole() : this.#roomList()}
    </div>`
  }

  #choose(what, label, list, words) {
    return html`<p class="field"><label for=${`start-${what}`}>${label}</label>
      <select class="input" id=${`start-${what}`} @change=${(event) => this.#choice(what, event.target.value)}>
        ${list.map((one) => html`<option value=${one.id} ?selected=${one.id === this[what]}>${words(one)}</option>`)}
      </select></p>`
  }

  #choice(what, id) {
    this[what] = id
    this.app.remember(`start:${what}`, id)
    this.paint()
  }

  #whole() {
    const school = this.schools.find(({ id }) => id === this.school)
    return html`<section class="stack"><h2>${school.body.name}</h2>
      <p class="quiet">${t('This rubric describes the whole school; the rooms you visit give the evidence.')}</p>
      <p><button type="button" class="button button-primary button-large" @click=${() => this.#start(null)}>${t('Start the whole-school visit')}</button></p></section>`
  }

  #roomList() {
    const rooms = this.rooms.filter(({ body }) => body.school === this.school)
    const found = this.#inOrder(rooms.filter(({ body }) => matches(body, this.#search)))
    return html`<section class="stack" aria-labelledby="rooms-title">
      <div class="domain-head"><h2 id="rooms-title">${t('Which room?')}</h2>${rooms.length ? html`<span class="quiet figures">${this.#coverage(rooms)}</span>` : nothing}</div>
      ${
        rooms.length > 8
          ? html`<p class="field"><label for="find-room" class="visually-hidden">${t('Find a room')}</label>
        <input class="input" id="find-room" type="search" placeholder=${t('Find a room, grade or subject')} autocomplete="off" @input=${(event) => this.#find(event.target.value)}></p>`
          : nothing
      }
      ${
        rooms.length > 1
          ? html`<fieldset class="field"><legend class="visually-hidden">${t('In which order?')}</legend><div class="choices">${Object.entries(
              ORDERS,
            )
              .filter(([name]) => name !== 'planned' || this.planned.size)
              .map(
                ([
                  name,
                  words,
                ]) => html`<label class="choice"><input type="radio" name="order" .checked=${live(this.order === name)} @change=${() => this.#choice('order', name)}>
        <span class="tick">${icon('tick')}</span>${words}</label>`,
              )}</div></fieldset>`
          : nothing
      }
      <ul class="rooms">${found.map((room) => html`<li>${this.#room(room)}</li>`)}</ul>
      ${found.length ? nothing : html`<p class="quiet">${rooms.length ? t('No room has these words.') : t('No rooms are listed for this school yet.')}</p>`}
      <p><button type="button" class="button" @click=${() => this.#start(null)}>${t('Start without a room')}</button></p>
    </section>`
  }

  #inOrder(rooms) {
    const byNumber = (a, b) => a.body.code.localeCompare(b.body.code, undefined, { numeric: true })
    const rank = {
      number: () => 0,
      longest: ({ id }) => this.lastSeen.get(id) ?? 0,
      planned: ({ id }) => this.planned.get(id) ?? Number.POSITIVE_INFINITY,
    }[this.order]
    return rooms.sort((a, b) => (rank(a) === rank(b) ? byNumber(a, b) : rank(a) - rank(b)))
  }

  /** How far today is, as far as this tablet knows. */
  #coverage(rooms) {
    const today = dateOf(this.app.now())
    const seen = rooms.filter(({ id }) => this.lastSeen.has(id) && dateOf(this.lastSeen.get(id)) === today)
    return tn('Today: {seen} of {count} rooms', 'Today: {seen} of {count} rooms', rooms.length, { seen: seen.length })
  }

  #room({ id, body }) {
    const seen = this.lastSeen.get(id)
    const about = [body.name, body.grade_band, body.subject].filter(Boolean).join(' · ')
    return html`<button type="button" class="room" @click=${() => this.#start(id)}>
      <span class="title">${roomName(body)}</span>
      ${about ? html`<span class="about">${about}</span>` : nothing}
      ${this.withSteps.has(id) ? html`<span class="about">${t('A step is open here')}</span>` : nothing}
      ${seen ? html`<span class="about">${t('Last visit {time}', { time: sayTime(seen, this.app.now()) })}</span>` : nothing}
    </button>`
  }

  #find(words) {
    this.#search = words
    this.paint()
  }

  #start = async (room) => {
    if (this.#isStarting) return
    this.#isStarting = true
    const { app, school, walks, visits } = this
    const rubric = this.rubrics.find(({ id }) => id === this.rubric)
    const { observation, edits } = quickVisit({
      me: app.space.person,
      school,
      room,
      rubric,
      walks,
      visits,
      now: app.now(),
      newId: app.newId,
    })
    try {
      await app.save(edits)
      app.go(`#/visit/${observation}`)
    } finally {
      this.#isStarting = false
    }
  }

  #nothingYet() {
    return html`<div class="page"><h1>${t('Start a visit')}</h1>
      <p>${t('Schools, rooms and rubrics come to this tablet the first time it reaches the server. Keep the app open where there is a network for a moment.')}</p>
      <p><button type="button" class="button" @click=${() => this.app.sendNow()}>${t('Fetch now')}</button></p></div>`
  }
}

/** Rooms that a walk of today goes to, by their place in it. */
function plannedToday(walks, visits, visitRooms, now) {
  const today = new Set(walks.filter(({ body }) => body.kind !== 'drop-in' && body.date === dateOf(now)).map(({ id }) => id))
  const places = new Map(visits.filter(({ body }) => today.has(body.walk)).map(({ id, body }) => [id, body.order ?? body.number]))
  return new Map(visitRooms.filter(({ body }) => places.has(body.visit)).map(({ body }) => [body.room, places.get(body.visit)]))
}

function matches(room, words) {
  const text = roomWords(room).toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

define('start-screen', StartScreen, ['route'])
