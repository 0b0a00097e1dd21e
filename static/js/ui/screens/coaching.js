import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { standingOf } from '../../core/coaching.js'
import { t } from '../../core/gettext.js'
import { dateOf } from '../../core/time.js'
import { define, Screen } from '../element.js'
import '../parts/coaching-list.js'
import '../parts/coaching-pair.js'
import '../parts/step-form.js'
import { byName } from '../room-words.js'
import { canCoach, isTeacher } from '../routes.js'

const KINDS = ['agreement', 'coaching_step', 'person', 'school', 'room']
const COACHES = ['coach', 'partner_coach']

/** The coaching zone: two people who agreed, and what one gives the other. Works offline. */
class CoachingScreen extends Screen {
  #shown = null

  async load() {
    const { store, space } = this.app
    const found = await Promise.all(KINDS.map((kind) => store.all(kind)))
    const [agreements, steps, people, schools, rooms] = found.map((list) => list.filter((one) => one.space === space.id))
    const mine = (role) => agreements.filter(({ body }) => body[role] === space.person)
    const names = new Map(people.map(({ id, body }) => [id, body.name]))
    const open = rooms
      .filter(({ body }) => !body.archived)
      .sort((a, b) => a.body.code.localeCompare(b.body.code, undefined, { numeric: true }))
    this.zone = {
      me: space.person,
      now: this.app.now(),
      own: mine('coach'),
      taught: mine('teacher'),
      steps,
      rooms: open,
      roomsOf: (school) => open.filter(({ body }) => body.school === school),
      schools: new Map(schools.map(({ id, body }) => [id, body])),
      teachers: this.#toAsk(people, mine('coach')),
      name: (person) => names.get(person) ?? t('Somebody'),
      mayCoach: canCoach(space),
      mayAgree: isTeacher(space),
    }
  }

  /** Teachers at a school where this person coaches, once for each school, without those who were asked. */
  #toAsk(people, own) {
    const { person, roles } = this.app.space
    const coachesAt = (school) =>
      roles.some((one) => COACHES.includes(one.role) && (one.school === null || one.school === school))
    const isAsked = (id, school) =>
      own.some(({ body }) => body.teacher === id && body.school === school && standingOf(body) !== 'over')
    return byName(people.filter(({ id, body }) => id !== person && !body.archived)).flatMap(({ id, body }) =>
      body.roles
        .filter(({ role, school }) => role === 'teacher' && school && coachesAt(school) && !isAsked(id, school))
        .map(({ school }) => ({ id, school, name: body.name })),
    )
  }

  onChanged({ kinds }) {
    if (!kinds || kinds.some((kind) => KINDS.includes(kind))) this.reload()
  }

  paint() {
    super.paint()
    const shown = this.route.parts.join('/')
    const isOther = this.#shown !== null && shown !== this.#shown
    if (this.ready) this.#shown = shown
    if (!isOther) return
    scrollTo(0, 0)
    this.querySelector('.page')?.scrollTo(0, 0)
    this.querySelector('h1')?.focus({ preventScroll: true })
  }

  view() {
    if (!this.ready) return html`<div class="page page-narrow"><h1>${t('Coaching')}</h1></div>`
    const [id, step] = this.route.parts
    const agreement = [...this.zone.own, ...this.zone.taught].find((one) => one.id === id)
    if (!id) return this.#list()
    if (!agreement) return this.#missing()
    const { own, name } = this.zone
    if (step && own.includes(agreement) && standingOf(agreement.body) === 'agreed')
      return html`<div class="page page-narrow">${keyed(step, html`<step-form class="groups" .app=${this.app} .step=${step} .agreement=${agreement} .name=${name(agreement.body.teacher)} @done=${() => this.app.go(`#/coaching/${id}`)}></step-form>`)}</div>`
    return html`<div class="page page-narrow">${keyed(
      id,
      html`<coaching-pair class="groups" .zone=${this.zone} .agreement=${agreement} @write=${() => this.#write(agreement)} @close=${this.#close}
        @over=${this.#over} @room=${({ detail }) => this.#room(agreement, detail)}></coaching-pair>`,
    )}</div>`
  }

  #list() {
    return html`<div class="page page-narrow">
      <header class="stack-tight"><h1 tabindex="-1">${t('Coaching')}</h1>
        <p class="quiet">${t('What stands here is between a teacher who agreed and one coach. Nobody else can read it.')}</p></header>
      ${this.zone.mayAgree ? html`<p><a class="button" href="/mine/">${t('My room: what visitors wrote')}</a></p>` : nothing}
      <coaching-list class="groups" .zone=${this.zone} @ask=${this.#ask} @agreed=${this.#agree} @over=${this.#over}></coaching-list>
    </div>`
  }

  #missing() {
    return html`<div class="page page-narrow"><h1 tabindex="-1">${t('This is not on this tablet')}</h1><p><a class="button" href="#/coaching">${t('Coaching')}</a></p></div>`
  }

  #fact() {
    return { at: this.app.now(), by: this.zone.me }
  }

  #ask = async ({ detail: { teacher, school } }) => {
    const body = { purpose: 'coaching', coach: this.zone.me, teacher, school, asked_at: this.app.now() }
    await this.app.save([{ new: { kind: 'agreement', id: this.app.newId(), body } }])
    this.app.announce(t('Asked.'))
  }

  #agree = async ({ detail: { agreement, rooms } }) => {
    const named = Object.fromEntries(rooms.map((room) => [`rooms/${room}`, true]))
    await this.#set(agreement, { agreed: this.#fact(), ...named })
    this.app.announce(t('Agreed.'))
  }

  #over = async ({ detail: { agreement } }) => {
    await this.#set(agreement, { over: this.#fact() })
    this.app.announce(t('It is over.'))
    this.app.go('#/coaching')
  }

  #room(agreement, { id, is }) {
    return this.#set(agreement, { [`rooms/${id}`]: is || null })
  }

  async #set({ id }, set) {
    await this.app.save([{ id, kind: 'agreement', set }])
    // What was agreed or withdrawn goes at once: the tablet may be put away now.
    this.app.sendNow()
  }

  async #write({ id, body }) {
    const step = this.app.newId()
    const { teacher, school } = body
    const begun = {
      agreement: id,
      teacher,
      school,
      by: this.zone.me,
      state: 'draft',
      giver: 'coach',
      seen: dateOf(this.app.now()),
    }
    await this.app.save([{ new: { kind: 'coaching_step', id: step, body: begun } }])
    this.app.go(`#/coaching/${id}/${step}`)
  }

  #close = async ({ detail: { step, uptake, text } }) => {
    await this.app.save([{ id: step.id, kind: 'coaching_step', set: { closed: { uptake, text, at: this.app.now() } } }])
    this.app.announce(t('Closed.'))
  }
}

define('coaching-screen', CoachingScreen, ['route'])
