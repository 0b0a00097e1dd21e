import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { dateOf } from '../../core/time.js'
import { define, Screen } from '../element.js'
import { newestOf } from '../newest.js'
import { icon } from '../parts/icons.js'
import '../parts/team-pick.js'
import { byName, roomName, roomWords } from '../room-words.js'
import { allRubrics, RUBRIC_KINDS } from '../rubrics.js'
import { stopRecords } from '../starting.js'

/** A walk planned ahead: what we look for, where, when, and the rooms in order. */
class PlanScreen extends Screen {
  stops = []
  team = new Set()
  faults = {}

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
    this.school ??= this.schools[0]?.id
  }

  onChanged({ kinds }) {
    if (!kinds || kinds.some((kind) => ['school', 'room', 'person', ...RUBRIC_KINDS].includes(kind))) this.reload()
  }

  view() {
    if (!this.ready) return html`<div class="page"><h1>${t('Plan a walk')}</h1></div>`
    return html`<form class="page page-narrow" novalidate @submit=${this.#save}>
      <h1>${t('Plan a walk')}</h1>
      ${this.#words('focus', t('Focus question'), t('What do we want to understand together? A walk needs one.'), true)}
      ${this.#words('problem', t('Problem of practice'), t('If the school named one.'))}
      <div class="fields">
        <p class="field"><label for="plan-title">${t('Name of the walk')}</label><input class="input" id="plan-title" name="title" maxlength="120" autocomplete="off"></p>
        <p class="field"><label for="plan-date">${t('Day')}</label><input class="input" id="plan-date" type="date" name="date" required .defaultValue=${dateOf(this.app.now())}></p>
        <p class="field"><label for="plan-school">${t('School')}</label><select class="input" id="plan-school" name="school" @change=${(event) => this.#move(event.target.value)}>
          ${this.schools.map(({ id, body }) => html`<option value=${id} ?selected=${id === this.school}>${body.name}</option>`)}</select></p>
        <p class="field"><label for="plan-rubric">${t('Rubric')}</label><select class="input" id="plan-rubric" name="rubric" @change=${() => this.paint()}>
          ${this.rubrics.map(({ id, body }) => html`<option value=${id}>${body.title}</option>`)}</select></p>
      </div>
      <p><label class="check"><input type="checkbox" name="media" value="none"><span>${t('No photos in this walk')}<span class="quiet"> ${t('(what is seen is written down)')}</span></span></label></p>
      ${this.#isWhole() ? html`<p class="quiet">${t('This rubric describes the whole school: the walk gets one whole-school visit.')}</p>` : this.#stopList()}
      <team-pick class="stack" .people=${this.people} .lead=${this.app.space.person} .school=${this.school} .chosen=${this.team} @team=${this.#onTeam}></team-pick>
      ${this.team.size ? this.#words('norms', t('Norms'), t('What you agreed on how to be in a room. Everybody reads them before the first one.')) : nothing}
      <p class="cluster"><button class="button button-primary">${t('Save the walk')}</button><a class="button button-quiet" href="#/">${t('Leave it')}</a></p>
    </form>`
  }

  #words(name, label, hint, needed = false) {
    const fault = this.faults[name]
    return html`<p class="field"><label for=${`plan-${name}`}>${label}</label><span class="hint" id=${`plan-${name}-hint`}>${hint}</span>
      <textarea class="input" id=${`plan-${name}`} name=${name} rows="2" ?required=${needed} aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${`plan-${name}-hint${fault ? ` plan-${name}-fault` : ''}`}></textarea>
      ${fault ? html`<span class="fault" id=${`plan-${name}-fault`}>${fault}</span>` : nothing}</p>`
  }

  #isWhole() {
    const chosen = this.querySelector('#plan-rubric')?.value ?? this.rubrics[0]?.id
    return this.rubrics.find(({ id }) => id === chosen)?.body.content.unit === 'school'
  }

  #stopList() {
    const rooms = this.rooms.filter(({ body }) => body.school === this.school)
    const left = rooms.filter(({ id }) => !this.stops.includes(id))
    return html`<section class="stack" aria-labelledby="stops-title">
      <h2 id="stops-title">${t('Stops, in order')}</h2>
      ${
        this.stops.length
          ? html`<ol class="rows">${this.stops.map((id, at) =>
              this.#stop(
                rooms.find((room) => room.id === id),
                at,
              ),
            )}</ol>`
          : html`<p class="quiet">${t('None yet. You can also add rooms on the day.')}</p>`
      }
      ${
        left.length
          ? html`<p class="field"><label for="plan-add">${t('Add a room')}</label>
        <select class="input" id="plan-add" .value=${live('')} @change=${this.#add}><option value="">${t('Choose…')}</option>${left.map(({ id, body }) => html`<option value=${id}>${roomWords(body)}</option>`)}</select></p>`
          : nothing
      }
    </section>`
  }

  #stop(room, at) {
    const name = roomName(room.body)
    return html`<li class="stop"><span class="number">${at + 1}</span><span>${roomWords(room.body)}</span>
      <span class="cluster">
        <button type="button" class="button" aria-label=${t('Move {name} up', { name })} aria-disabled=${at === 0 ? 'true' : 'false'} @click=${() => this.#shift(at, -1)}>${icon('up')}</button>
        <button type="button" class="button" aria-label=${t('Move {name} down', { name })} aria-disabled=${at === this.stops.length - 1 ? 'true' : 'false'} @click=${() => this.#shift(at, 1)}>${icon('down')}</button>
        <button type="button" class="button" aria-label=${t('Remove {name}', { name })} @click=${() => this.#order(this.stops.filter((_, one) => one !== at))}>${t('Remove')}</button>
      </span></li>`
  }

  #order(stops) {
    this.stops = stops
    this.paint()
  }

  #onTeam = ({ detail: { person, is } }) => {
    this.team = new Set([...this.team].filter((one) => one !== person).concat(is ? person : []))
    this.paint()
  }

  /** Who may observe at one school may have no right at another. */
  #move(school) {
    this.school = school
    this.team = new Set()
    this.#order([])
  }

  #add = (event) => this.#order([...this.stops, event.target.value])

  #shift(at, by) {
    const to = at + by
    if (to < 0 || to >= this.stops.length) return
    const stops = [...this.stops]
    stops.splice(to, 0, ...stops.splice(at, 1))
    this.#order(stops)
  }

  #save = async (event) => {
    event.preventDefault()
    const said = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]))
    this.faults = said.focus ? {} : { focus: t('Write the focus question: it is what the walk is for.') }
    this.paint()
    if (!said.focus) return this.querySelector('#plan-focus').focus()
    const { walk, edits } = this.#records(said)
    await this.app.save(edits)
    this.app.go(`#/walk/${walk}`)
  }

  #records({ focus, problem, title, date, school, rubric, media, norms }) {
    const {
      newId,
      now,
      space: { person: me },
    } = this.app
    const walk = newId()
    const words = Object.fromEntries(Object.entries({ title, focus, problem, media, norms }).filter(([, text]) => text))
    const team = this.team.size ? { team: Object.fromEntries([...this.team].map((person) => [person, { at: now() }])) } : {}
    const edits = [{ new: { kind: 'walk', id: walk, body: { kind: 'walk', ...words, date, school, rubric, lead: me, ...team } } }]
    const stops = this.#isWhole() ? [null] : this.stops
    stops.forEach((room, at) =>
      edits.push(...stopRecords({ walk, room, school, rubric, me, number: room ? at + 1 : 0, order: at, newId })),
    )
    return { walk, edits }
  }
}

define('plan-screen', PlanScreen, ['route'])
