import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { lastSeen, noVisitsOn, proposedRooms } from '../../core/proposal.js'
import { indicatorsOf } from '../../core/rubric.js'
import { dateOf, sayDay } from '../../core/time.js'
import { timesOf } from '../../core/timetable.js'
import { define, Screen } from '../element.js'
import { newestOf } from '../newest.js'
import '../parts/plan-stops.js'
import '../parts/team-pick.js'
import { byName } from '../room-words.js'
import { allRubrics, RUBRIC_KINDS } from '../rubrics.js'
import { stopRecords } from '../starting.js'

const USUAL_STAY = 10
const USUAL_BETWEEN = 5
const MINUTES = { stay: [1, 180], between: [0, 240] }
/** What is written or ticked, as the walk keeps it. */
const SAID = ['title', 'focus', 'problem', 'look_fors', 'norms', 'media', 'form']

/** A walk planned ahead: what we look for, where, when, and the rooms in order. */
class PlanScreen extends Screen {
  stops = []
  team = new Set()
  faults = {}
  #seen = new Map()
  /** As they stand in their fields. */
  #times = { time: '', stay: null, between: String(USUAL_BETWEEN) }

  async load() {
    const { store, space } = this.app
    const [schools, rooms, people, rubrics] = await Promise.all([
      ...['school', 'room', 'person'].map((kind) => store.all(kind)),
      allRubrics(this.app),
    ])
    const here = (list) => list.filter((one) => one.space === space.id && !one.body.archived)
    this.schools = byName(here(schools)).filter(({ id }) =>
      space.roles.some((role) => role.school === null || role.school === id),
    )
    this.rooms = here(rooms).sort((a, b) => a.body.code.localeCompare(b.body.code, undefined, { numeric: true }))
    this.rubrics = newestOf(here(rubrics))
    this.people = byName(here(people))
    // A room may be put away while somebody plans.
    this.stops = this.stops.filter((stop) => this.rooms.some(({ id }) => id === stop))
    this.school ??= this.schools[0]?.id
    this.rubric ??= this.rubrics[0]?.id
    this.date ??= dateOf(this.app.now())
  }

  onChanged({ kinds }) {
    if (!kinds || kinds.some((kind) => ['school', 'room', 'person', ...RUBRIC_KINDS].includes(kind))) this.reload()
  }

  view() {
    if (!this.ready) return html`<div class="page"><h1>${t('Plan a walk')}</h1></div>`
    return html`<form class="page page-narrow" novalidate @submit=${this.#save}>
      <h1>${t('Plan a walk')}</h1>
      ${this.#words('focus', t('Focus question'), t('What do we want to understand together? A walk needs one.'), true)}
      ${this.#words('problem', t('Problem of practice'), t('What the school works on, and why it walks.'), true)}
      ${this.#words('look_fors', t('Look for'), t('What could be seen or heard, one thing a line. It stands beside each visit.'))}
      <div class="fields">
        <p class="field"><label for="plan-title">${t('Name of the walk')}</label><input class="input" id="plan-title" name="title" maxlength="120" autocomplete="off"></p>
        <p class="field"><label for="plan-date">${t('Day')}</label><input class="input" id="plan-date" type="date" name="date" required .defaultValue=${this.date} aria-invalid=${this.faults.date ? 'true' : nothing} aria-describedby=${this.#described('date')} @change=${(event) => this.#place({ date: event.target.value })}>${this.#fault('date')}</p>
        <p class="field"><label for="plan-school">${t('School')}</label><select class="input" id="plan-school" name="school" @change=${(event) => this.#move(event.target.value)}>
          ${this.schools.map(({ id, body }) => html`<option value=${id} ?selected=${id === this.school}>${body.name}</option>`)}</select></p>
        <p class="field"><label for="plan-rubric">${t('Rubric')}</label><select class="input" id="plan-rubric" name="rubric" @change=${(event) => this.#place({ rubric: event.target.value })}>
          ${this.rubrics.map(({ id, body }) => html`<option value=${id}>${body.title}</option>`)}</select></p>
      </div>
      ${this.#quietDay()}
      <div class="stack-tight">${this.#shortForm()}
        <label class="check"><input type="checkbox" name="media" value="none"><span>${t('No photos in this walk')}<span class="quiet"> ${t('(what is seen is written down)')}</span></span></label></div>
      ${this.#isWhole ? html`<p class="quiet">${t('This rubric describes the whole school: the walk gets one whole-school visit.')}</p>` : this.#rooms()}
      <team-pick class="stack" .people=${this.people} .lead=${this.app.space.person} .school=${this.school} .chosen=${this.team} @team=${this.#onTeam}></team-pick>
      ${this.team.size ? this.#words('norms', t('Norms'), t('What you agreed on how to be in a room. Everybody reads them before the first one.')) : nothing}
      <p class="cluster"><button class="button button-primary">${t('Save the walk')}</button><a class="button button-quiet" href="#/">${t('Leave it')}</a></p>
    </form>`
  }

  #words(name, label, hint, needed = false) {
    return html`<p class="field"><label for=${`plan-${name}`}>${label}</label><span class="hint" id=${`plan-${name}-hint`}>${hint}</span>
      <textarea class="input" id=${`plan-${name}`} name=${name} rows="2" ?required=${needed} aria-invalid=${this.faults[name] ? 'true' : nothing}
        aria-describedby=${this.#described(name, true)}></textarea>${this.#fault(name)}</p>`
  }

  #fault(name) {
    const fault = this.faults[name]
    return fault ? html`<span class="fault" id=${`plan-${name}-fault`}>${fault}</span>` : nothing
  }

  #described(name, hasHint = false) {
    const parts = [hasHint && `plan-${name}-hint`, this.faults[name] && `plan-${name}-fault`].filter(Boolean)
    return parts.length ? parts.join(' ') : nothing
  }

  get #content() {
    return this.rubrics.find(({ id }) => id === this.rubric)?.body.content
  }

  get #isWhole() {
    return this.#content?.unit === 'school'
  }

  /** The school asked for no visits on that day: said, and left to whoever plans. */
  #quietDay() {
    const why = noVisitsOn(this.#schoolBody, this.date)
    if (why === null) return nothing
    return html`<div class="note-box note-caution"><p>${this.#quietWords(why)}</p>
      <p class="field"><label class="check"><input type="checkbox" id="plan-anyway" name="anyway" value="yes" aria-invalid=${this.faults.anyway ? 'true' : nothing} aria-describedby=${this.#described('anyway')}><span>${t('Plan it on this day all the same')}</span></label>${this.#fault('anyway')}</p></div>`
  }

  #quietWords(why) {
    const day = sayDay(this.date, this.app.now())
    return t('{school} asks for no visits on this day, {day}: {why}', { school: this.#schoolBody.name, day, why })
  }

  get #schoolBody() {
    return this.schools.find(({ id }) => id === this.school)?.body
  }

  #shortForm() {
    const content = this.#content
    if (!content?.short_form) return nothing
    const count = indicatorsOf(content, 'short').length
    return html`<label class="check"><input type="checkbox" name="form" value="short"><span>${t('Short form')}<span class="quiet"> ${tn('(each visit begins with {count} indicator)', '(each visit begins with {count} indicators)', count)}</span></span></label>`
  }

  #rooms() {
    const { time, between } = this.#times
    const times = timesOf({
      date: this.date,
      time,
      stay: this.#minutes('stay') ?? 0,
      between: this.#minutes('between') ?? 0,
      count: this.stops.length,
    })
    return html`<div class="fields">
        <p class="field"><label for="plan-time">${t('First stop at')}</label><input class="input" id="plan-time" type="time" .defaultValue=${time} @input=${(event) => this.#clock({ time: event.target.value })}></p>
        ${this.#number('stay', t('Minutes in each room'), this.#stay)}${this.#number('between', t('Minutes between rooms'), between)}
      </div>
      <plan-stops .rooms=${this.rooms.filter(({ body }) => body.school === this.school)} .stops=${this.stops} .times=${times} .seen=${this.#seen} .now=${this.app.now()}
        @stops=${({ detail }) => this.#order(detail.stops)} @propose=${({ detail }) => this.#propose(detail.count)}></plan-stops>`
  }

  #number(name, label, value) {
    return html`<p class="field"><label for=${`plan-${name}`}>${label}</label><input class="input" id=${`plan-${name}`} type="number" inputmode="numeric" min=${MINUTES[name][0]} max=${MINUTES[name][1]} .defaultValue=${value}
      aria-invalid=${this.faults[name] ? 'true' : nothing} aria-describedby=${this.#described(name)} @input=${(event) => this.#clock({ [name]: event.target.value })}>${this.#fault(name)}</p>`
  }

  /** As long as the rubric takes, until somebody says otherwise. */
  get #stay() {
    return this.#times.stay ?? String(this.#content?.minutes?.typical ?? USUAL_STAY)
  }

  /** The whole number in a field, or null. */
  #minutes(name) {
    const text = (name === 'stay' ? this.#stay : this.#times[name]).trim()
    const [least, most] = MINUTES[name]
    const number = /^\d+$/.test(text) ? Number(text) : -1
    return number >= least && number <= most ? number : null
  }

  #clock(set) {
    Object.assign(this.#times, set)
    this.paint()
  }

  #order(stops) {
    this.stops = stops
    this.paint()
  }

  #onTeam = ({ detail: { person, is } }) => {
    this.team = new Set([...this.team].filter((one) => one !== person).concat(is ? person : []))
    this.paint()
  }

  #place(set) {
    Object.assign(this, set)
    const why = noVisitsOn(this.#schoolBody, this.date)
    if (why !== null && !set.rubric) this.app.announce(this.#quietWords(why))
    this.paint()
  }

  /** Who may observe at one school may have no right at another. */
  #move(school) {
    this.team = new Set()
    this.stops = []
    this.#place({ school })
  }

  async #propose(count) {
    const [places, visits] = await Promise.all(['visit_room', 'visit'].map((kind) => this.app.store.all(kind)))
    const rooms = this.rooms.filter(({ body }) => body.school === this.school)
    const asked = { school: this.#schoolBody, date: this.date, rooms, chosen: this.stops, count, seen: lastSeen(places, visits) }
    const proposed = proposedRooms(asked)
    for (const { room, seen } of proposed) this.#seen.set(room, seen)
    this.#order([...this.stops, ...proposed.map(({ room }) => room)])
    this.app.announce(
      proposed.length ? tn('{count} room proposed.', '{count} rooms proposed.', proposed.length) : t('No more rooms to propose.'),
    )
  }

  #save = async (event) => {
    event.preventDefault()
    const said = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]))
    this.faults = this.#faultsOf(said)
    this.paint()
    const [first] = Object.keys(this.faults)
    if (first) return this.querySelector(`#plan-${first}`).focus()
    const { walk, edits } = this.#records(said)
    await this.app.save(edits)
    this.app.go(`#/walk/${walk}`)
  }

  /** In the order in which they stand on the page. */
  #faultsOf({ focus, problem, date, anyway }) {
    const wrong = {
      focus: !focus && t('Write the focus question: it is what the walk is for.'),
      problem: !problem && t('Write the problem of practice: it is why the school walks.'),
      date: !date && t('Choose the day.'),
      anyway: noVisitsOn(this.#schoolBody, date) !== null && !anyway && t('Tick it, or choose another day.'),
      stay: this.#minutesFault('stay'),
      between: this.#minutesFault('between'),
    }
    return Object.fromEntries(Object.entries(wrong).filter(([, fault]) => fault))
  }

  #minutesFault(name) {
    const [least, most] = MINUTES[name]
    return !this.#isWhole && this.#minutes(name) === null && t('A whole number from {least} to {most}.', { least, most })
  }

  #records({ date, school, rubric, ...said }) {
    const {
      newId,
      now,
      space: { person: me },
    } = this.app
    const walk = newId()
    const words = Object.fromEntries(SAID.filter((name) => said[name]).map((name) => [name, said[name]]))
    const team = this.team.size ? { team: Object.fromEntries([...this.team].map((person) => [person, { at: now() }])) } : {}
    const [stay, between] = [this.#minutes('stay'), this.#minutes('between')]
    const length = this.#isWhole ? {} : { visit_minutes: stay }
    const edits = [
      { new: { kind: 'walk', id: walk, body: { kind: 'walk', ...words, ...length, date, school, rubric, lead: me, ...team } } },
    ]
    const stops = this.#isWhole ? [null] : this.stops
    const times = this.#isWhole ? [] : timesOf({ date, time: this.#times.time, stay, between, count: stops.length })
    stops.forEach((room, order) =>
      edits.push(
        ...stopRecords({ walk, room, school, rubric, me, number: room ? order + 1 : 0, order, at: times[order], newId }),
      ),
    )
    return { walk, edits }
  }
}

define('plan-screen', PlanScreen, ['route'])
