/**
 * What people do on a tablet: plan, observe, give, send back, take back, throw away, comment, look at what needs them; a coach
 * asks and writes steps, a teacher agrees and withdraws.
 * Every value they write is used once, so that it can be looked for everywhere afterwards.
 */

import { momentOfStep } from '../../static/js/core/feedback.js'

const INDICATORS = ['TE1', 'TE2', 'TE4', 'TS1', 'TS2', 'SA1']
const MANY_ROWS = 200
/** What a lead says once and each visit takes over. */
const PLANNED = { form: 'short', visit_minutes: 12 }

export class People {
  #world
  #chance
  #count = 0

  constructor(world, chance) {
    this.#world = world
    this.#chance = chance
  }

  /** One thing somebody does in this tab. */
  act(tab) {
    tab.does(() => this.#act(tab))
  }

  async #act(tab) {
    const space = this.#chance.one(tab.tablet.spaces)
    const me = this.#world.people[tab.tablet.person].in[space]
    const here = { tab, space, me }
    const observations = await this.#all(here, 'observation')
    const own = observations.filter(({ body }) => body.observer === me)
    const sitsAt = (school) => this.#world.rights.of(space, me).some((one) => one.role === 'principal' && one.school === school)
    const given = observations.filter(({ body }) => body.observer !== me && body.state !== 'draft' && sitsAt(body.school))
    const choices = {
      observe: own.length < 3 ? 6 : 2,
      ...(own.length ? { edit: 14, give: 3, remove: this.#world.knobs.removes } : {}),
      ...(given.length ? { comment: 3, thank: 2, sendBack: 4, release: 3 } : {}),
      ...(await this.#coaching(here)),
      ...(await this.#walking(here)),
      ...(await this.#debriefing(here)),
      ...(await this.#claiming(here)),
      plan: 2,
      lookAfter: 2,
      poison: this.#world.knobs.poison,
    }
    await this[`_${this.#chance.weighted(choices)}`](here, own, given)
  }

  async _observe(here) {
    const { space, me } = here
    const { chance, rubric } = { chance: this.#chance, rubric: this.#world.rubric }
    const school = chance.one(this.#world.spaces[space].schools)
    const [walk, visit, id] = [chance.uuid(), chance.uuid(), chance.uuid()]
    const place = { school, rubric }
    const edits = [
      { new: { kind: 'walk', id: walk, body: { kind: 'walk', title: this.#word(), focus: this.#word(), look_fors: this.#word(), ...PLANNED, date: '2026-11-22', ...place, lead: me, ...this.#team(here) } } },
      { new: { kind: 'visit', id: visit, body: { walk, number: 1, ...place, by: me } }, after: 0 },
      { new: { kind: 'observation', id, body: this.#observation({ walk, visit, ...place, observer: me }) }, after: 1 },
    ]
    await this.#save(here, edits)
  }

  /** Who is asked along, if anybody: whoever the space knows, whatever they may there. */
  #team({ space, me }) {
    const others = this.#others(space, me)
    if (!others.length || !this.#chance.happens(0.4)) return {}
    const asked = this.#chance.some(others, this.#chance.between(1, Math.min(2, others.length)))
    return { team: Object.fromEntries(asked.map((person) => [person, { at: 1_795_000_000_000 }])) }
  }

  #others(space, me) {
    const people = Object.values(this.#world.people).map((one) => one.in[space])
    return [...new Set(people)].filter((person) => person && person !== me)
  }

  /** What there is to do in a team: walk along, reveal, ask somebody along or take them out. */
  async #walking(here) {
    const { stops, led } = await this.#teams(here)
    return { ...(stops.length ? { walkAlong: 8 } : {}), ...(led.length ? { reveal: 4, regroup: 3 } : {}) }
  }

  async #teams(here) {
    const walks = (await this.#all(here, 'walk')).filter(({ body }) => body.team)
    const led = walks.filter(({ body }) => body.lead === here.me)
    const along = new Set(walks.filter(({ body }) => body.lead !== here.me).map(({ id }) => id))
    const visits = await this.#all(here, 'visit')
    return { led, visits, stops: visits.filter(({ body }) => along.has(body.walk)) }
  }

  /** Now and then by an app that is too old to know of teams. */
  async _walkAlong(here) {
    const { stops } = await this.#teams(here)
    const { id: visit, body } = this.#chance.one(stops)
    const { walk, school, rubric } = body
    const together = this.#chance.happens(0.7) ? { together: true } : {}
    const state = this.#chance.happens(0.3) ? { state: 'submitted' } : {}
    const whole = { ...this.#observation({ walk, visit, school, rubric, observer: here.me }), ...together, ...state }
    await this.#save(here, [{ new: { kind: 'observation', id: this.#chance.uuid(), body: whole } }])
  }

  async _reveal(here) {
    const { led, visits } = await this.#teams(here)
    const { id } = this.#chance.one(led)
    const closed = visits.filter(({ body }) => body.walk === id && !body.revealed)
    if (closed.length) await this.#save(here, [{ kind: 'visit', id: this.#chance.one(closed).id, set: { revealed: this.#fact(here) } }])
  }

  async _regroup(here) {
    const { led } = await this.#teams(here)
    const { id, body } = this.#chance.one(led)
    const person = this.#chance.one(this.#others(here.space, here.me))
    const path = `team/${person}`
    await this.#save(here, [{ kind: 'walk', id, set: { [path]: person in body.team ? null : { at: 1_795_000_000_000 } } }])
  }

  /** What there is to do after the rooms: cards, clusters, focus areas, next steps, and what is said of them. */
  async #debriefing(here) {
    const walks = await this.#planned(here)
    const agrees = (await this.#revealed(here)).length > 0
    const has = (await this.#steps(here)).length > 0
    return { ...(walks.length ? { debrief: 5 } : {}), ...(agrees ? { agreeOn: 14 } : {}), ...(has ? { tellOfStep: 2 } : {}) }
  }

  async #planned(here) {
    const walks = await this.#all(here, 'walk')
    return walks.filter(({ body }) => body.kind === 'walk' && (body.lead === here.me || here.me in (body.team ?? {})))
  }

  async #revealed(here) {
    const { visits } = await this.#teams(here)
    const walks = new Set((await this.#planned(here)).map(({ id }) => id))
    return visits.filter(({ body }) => body.revealed && walks.has(body.walk))
  }

  async #steps(here) {
    return (await this.#all(here, 'next_step')).filter(({ body }) => body.owner === here.me || body.by === here.me)
  }

  async _debrief(here) {
    const walk = this.#chance.one(await this.#planned(here))
    await this[`_${this.#chance.weighted({ keepCard: 4, moveCard: 3, cluster: 2, focusOn: 2, close: 1, setStep: 2 })}`](here, walk)
  }

  /** What somebody writes in a walk, of a team's or of their own. */
  #inWalk({ me }, { id, body }) {
    return { walk: id, school: body.school, by: me, at: 1_795_000_000_000, ...(body.team ? {} : { alone: true }) }
  }

  async _keepCard(here, walk) {
    const said = { sort: this.#chance.one(['notice', 'wonder']), text: this.#word(), indicator: this.#chance.one(INDICATORS) }
    await this.#save(here, [{ new: { kind: 'card', id: this.#chance.uuid(), body: { ...this.#inWalk(here, walk), ...said } } }])
  }

  async _moveCard(here, walk) {
    const cards = (await this.#all(here, 'card')).filter(({ body }) => body.walk === walk.id)
    const places = Object.keys(walk.body.clusters ?? {})
    if (!cards.length) return this._keepCard(here, walk)
    const to = places.length && this.#chance.happens(0.7) ? { cluster: this.#chance.one(places) } : { cluster: null, indicator: this.#chance.one(INDICATORS) }
    await this.#save(here, [{ kind: 'card', id: this.#chance.one(cards).id, set: to }])
  }

  async _cluster(here, { id }) {
    const path = `clusters/${this.#chance.uuid()}`
    await this.#save(here, [{ kind: 'walk', id, set: { [path]: { title: this.#word(), at: 1_795_000_000_000 } } }])
  }

  async _focusOn(here, { id, body }) {
    const place = `areas/${this.#chance.one(['1', '2'])}`
    const set = { [place]: body.areas && this.#chance.happens(0.3) ? null : this.#chance.one(INDICATORS) }
    await this.#save(here, [{ kind: 'walk', id, set }])
  }

  async _close(here, { id, body }) {
    await this.#save(here, [{ kind: 'walk', id, set: { debriefed: body.debriefed ? null : this.#fact(here) } }])
  }

  async _setStep(here, walk) {
    const owner = this.#chance.one([here.me, ...this.#others(here.space, here.me)])
    const body = { ...this.#inWalk(here, walk), text: this.#word(), owner, due: '2026-12-04' }
    await this.#save(here, [{ new: { kind: 'next_step', id: this.#chance.uuid(), body } }])
  }

  async _tellOfStep(here) {
    const { id } = this.#chance.one(await this.#steps(here))
    const path = `said/${this.#chance.uuid()}`
    const said = { is: this.#chance.one(['begun', 'done', 'dropped', 'open']), text: this.#word(), ...this.#fact(here) }
    await this.#save(here, [{ kind: 'next_step', id, set: { [path]: said } }])
  }

  /** Each in a record of their own, which a second tablet may begin once more. */
  async _agreeOn(here) {
    const { id: visit, body } = this.#chance.one(await this.#revealed(here))
    const indicator = this.#chance.one(INDICATORS)
    const said = { value: this.#chance.between(1, 4), at: here.tab.tablet.now(), why: this.#word() }
    const own = (await this.#all(here, 'consensus')).find((one) => one.body.visit === visit && one.body.by === here.me)
    const path = `says/${indicator}`
    if (own) return this.#save(here, [{ kind: 'consensus', id: own.id, set: { [path]: said } }])
    const { walk, number, school, rubric } = body
    const whole = { walk, visit, number, school, rubric, by: here.me, says: { [indicator]: said } }
    await this.#save(here, [{ new: { kind: 'consensus', id: this.#chance.uuid(), body: whole } }])
  }

  /** Rooms: a teacher claims and withdraws; who was there says whose it was; who is replied to answers. */
  async #claiming(here) {
    const { asked, replies, claims } = await this.#ofRooms(here)
    const teaches = this.#world.rights.of(here.space, here.me).some(({ role, school }) => role === 'teacher' && school)
    return {
      ...(teaches && claims.length < 3 ? { claim: 16 } : {}),
      ...(claims.length ? { withdrawClaim: 3 } : {}),
      ...(asked.length ? { sayWhose: 12 } : {}),
      ...(replies.length ? { answerRoom: 8 } : {}),
    }
  }

  async #ofRooms(here) {
    const [claims, asked, replies] = await Promise.all(['claim', 'claim_question', 'reply'].map((kind) => this.#all(here, kind)))
    return {
      claims: claims.filter(({ body }) => !body.over),
      asked: asked.filter(({ body }) => !body.answer),
      replies: replies.filter(({ body }) => !body.answer),
    }
  }

  async _claim(here) {
    const { school } = this.#world.rights.of(here.space, here.me).find((one) => one.role === 'teacher' && one.school)
    const said = { purpose: 'reading', date: '2026-11-22', number: 1, words: this.#word(), agreed_at: 1_795_000_000_000 }
    await this.#save(here, [{ new: { kind: 'claim', id: this.#chance.uuid(), body: { teacher: here.me, school, ...said } } }])
  }

  async _withdrawClaim(here) {
    const { claims } = await this.#ofRooms(here)
    if (claims.length) await this.#save(here, [{ kind: 'claim', id: this.#chance.one(claims).id, set: { over: this.#fact(here) } }])
  }

  async _sayWhose(here) {
    const { asked } = await this.#ofRooms(here)
    const answer = { yes: this.#chance.happens(0.8), ...this.#fact(here) }
    if (asked.length) await this.#save(here, [{ kind: 'claim_question', id: this.#chance.one(asked).id, set: { answer } }])
  }

  async _answerRoom(here) {
    const { replies } = await this.#ofRooms(here)
    const answer = { text: this.#word(), ...this.#fact(here) }
    if (replies.length) await this.#save(here, [{ kind: 'reply', id: this.#chance.one(replies).id, set: { answer } }])
  }

  async _plan(here) {
    const walks = (await this.#all(here, 'walk')).filter(({ body }) => body.lead === here.me)
    if (!walks.length) return this._observe(here)
    const { id } = this.#chance.one(walks)
    await this.#save(here, [{ kind: 'walk', id, set: { [this.#chance.one(['title', 'focus', 'problem', 'look_fors'])]: this.#word() } }])
  }

  async _edit(here, own) {
    // Most of what people do, they do to what they have in hand; and so do their other tablets.
    const { id, body } = this.#chance.happens(0.5) ? own.at(-1) : this.#chance.one(own)
    const paths = this.#chance.some(['focus', 'note', 'rating', 'context', 'count', 'newNote'], this.#chance.between(1, 3))
    const set = Object.assign({}, ...paths.map((what) => this.#value(what, body)))
    await this.#save(here, [{ kind: 'observation', id, set }])
  }

  async _give(here, own) {
    const { id, body } = this.#chance.one(own)
    const state = body.state === 'draft' ? 'submitted' : 'draft'
    // Now and then by an app that is too old to say when.
    const said = state === 'submitted' && this.#chance.happens(0.8) ? { given_at: momentOfStep(body, here.tab.tablet.now()) } : {}
    await this.#save(here, [{ kind: 'observation', id, set: { state, ...said } }])
  }

  async _remove(here, own) {
    const drafts = own.filter(({ body, waiting }) => body.state === 'draft' && !waiting)
    if (drafts.length) await this.#save(here, [{ kind: 'observation', id: this.#chance.one(drafts).id, set: { '': null } }])
  }

  async _comment(here, _own, given) {
    const { id, body } = this.#chance.one(given)
    await this.#save(here, [{ new: { kind: 'review', id: this.#chance.uuid(), body: this.#review(here, id, body, 'comment') } }])
  }

  /** One thing that was noticed, to the observer or to the room of a number. */
  async _thank(here, _own, given) {
    const { id, body } = this.#chance.one(given)
    const { observer, school, number } = body
    const said = { to: this.#chance.one(['observer', 'room']), noticed: this.#word(), by: here.me, at: here.tab.tablet.now() }
    await this.#save(here, [{ new: { kind: 'thank_you', id: this.#chance.uuid(), body: { observation: id, observer, school, number, ...said } } }])
  }

  async _sendBack(here, _own, given) {
    const { id, body } = this.#chance.one(given)
    const verb = body.state === 'released' ? 'reopen' : 'return'
    const returned = { verb, reason: this.#word(), at: here.tab.tablet.now(), by: here.me }
    const review = { ...this.#review(here, id, body, verb), version: body }
    await this.#save(here, [
      { kind: 'observation', id, set: { state: 'draft', returned } },
      { new: { kind: 'review', id: this.#chance.uuid(), body: review }, after: 0 },
    ])
  }

  async _release(here, _own, given) {
    const { id, body } = this.#chance.one(given)
    const said = this.#chance.happens(0.8) ? { released: { at: momentOfStep(body, here.tab.tablet.now()), by: here.me } } : {}
    await this.#save(here, [{ kind: 'observation', id, set: { state: 'released', ...said } }])
  }

  /** What there is to do in the coaching zone, which is nothing for most people. */
  async #coaching({ tab, space, me }) {
    const agreements = await this.#all({ tab, space }, 'agreement')
    const open = agreements.filter(({ body }) => !body.over)
    const mine = open.filter(({ body }) => body.coach === me)
    const hers = open.filter(({ body }) => body.teacher === me)
    const mayCoach = this.#world.rights.of(space, me).some(({ role }) => role.endsWith('coach'))
    return {
      ...(mayCoach && !mine.length ? { ask: 12 } : {}),
      ...(mine.some(({ body }) => body.agreed) ? { step: 16 } : {}),
      ...(hers.some(({ body }) => !body.agreed) ? { agree: 40 } : {}),
      ...(hers.some(({ body }) => body.agreed) ? { withdraw: 8 } : {}),
    }
  }

  async _ask(here) {
    const cards = await this.#all(here, 'person')
    const teaching = cards.flatMap(({ id, body }) => body.roles.filter(({ role }) => role === 'teacher').map(({ school }) => ({ id, school })))
    const asked = teaching.filter(({ id }) => id !== here.me)
    if (!asked.length) return this._observe(here)
    const { id: teacher, school } = this.#chance.one(asked)
    const body = { purpose: 'coaching', coach: here.me, teacher, school, asked_at: 1_795_000_000_000 }
    await this.#save(here, [{ new: { kind: 'agreement', id: this.#chance.uuid(), body } }])
  }

  async _agree(here) {
    const asked = (await this.#all(here, 'agreement')).filter(({ body }) => body.teacher === here.me && !body.agreed)
    if (asked.length) await this.#save(here, [{ kind: 'agreement', id: this.#chance.one(asked).id, set: { agreed: this.#fact(here) } }])
  }

  async _withdraw(here) {
    const open = (await this.#all(here, 'agreement')).filter(({ body }) => !body.over)
    if (open.length) await this.#save(here, [{ kind: 'agreement', id: this.#chance.one(open).id, set: { over: this.#fact(here) } }])
  }

  /** A step is begun, gone on with, given, closed. */
  async _step(here) {
    const mine = (await this.#all(here, 'agreement')).filter(({ body }) => body.coach === here.me && body.agreed && !body.over)
    const steps = (await this.#all(here, 'coaching_step')).filter(({ body }) => body.by === here.me && !body.closed)
    if (!steps.length || this.#chance.happens(0.3)) return this.#begin(here, this.#chance.one(mine))
    const { id, body } = this.#chance.one(steps)
    const write = { [this.#chance.one(['strength', 'question', 'look_for'])]: this.#word() }
    const close = { closed: { uptake: this.#chance.between(1, 4), text: this.#word(), at: 1_795_000_000_000 } }
    const set = body.state === 'given' ? close : this.#chance.happens(0.5) ? write : { state: 'given' }
    await this.#save(here, [{ kind: 'coaching_step', id, set }])
  }

  async #begin(here, agreement) {
    const { teacher, school } = agreement.body
    const words = { strength: this.#word(), question: this.#word(), step: this.#word() }
    const about = { state: this.#chance.one(['draft', 'given']), seen: '2026-11-22', giver: 'coach' }
    const body = { agreement: agreement.id, teacher, school, by: here.me, ...about, ...words }
    await this.#save(here, [{ new: { kind: 'coaching_step', id: this.#chance.uuid(), body } }])
  }

  #fact({ tab, me }) {
    return { at: tab.tablet.now(), by: me }
  }

  /** What needs its person is put away or tried again, by the person's own choice. */
  async _lookAfter({ tab }) {
    const items = (await tab.store.needsYou()).filter(({ verdict }) => verdict !== 'doubt')
    if (!items.length) return
    const { cid, change } = this.#chance.one(items)
    const record = await tab.store.read(change.id)
    if (this.#chance.happens(0.4)) {
      this.#world.oracle.dismissed(change, record)
      await tab.store.dismiss(cid)
    } else {
      this.#world.oracle.triedAgain(tab, record)
      await tab.store.tryAgain(cid)
    }
  }

  /** A change no server takes, or one it falls over for as long as the fault lasts. */
  async _poison(here, own) {
    const mine = own.filter(({ body }) => body.state === 'draft')
    if (!mine.length) return
    const { id } = this.#chance.one(mine)
    if (this.#chance.happens(0.5)) return this.#save(here, [{ kind: 'observation', id, set: { 'ratings/NONE': { value: 99 } } }])
    const marker = `falls-over-${this.#word()}`
    this.#world.poisons.push(marker)
    await this.#save(here, [{ kind: 'observation', id, set: { focus: marker } }])
  }

  #value(what, body) {
    if (what === 'rating') return { [`ratings/${this.#chance.one(INDICATORS)}`]: { value: this.#chance.between(1, 4) } }
    if (what === 'context') return { 'context/students_present': this.#number() }
    if (what === 'count') return { 'counts/students_asked': this.#number() }
    if (what === 'focus') return { focus: this.#word() }
    const notes = Object.keys(body.evidence ?? {})
    const note = what === 'newNote' || !notes.length ? this.#chance.uuid() : this.#chance.one(notes)
    if (what === 'note' && notes.length && this.#chance.happens(0.15)) return { [`evidence/${note}`]: null }
    return { [`evidence/${note}`]: { text: this.#word(), at: 1_795_000_000_000, chip: 'heard', indicators: ['TE1'] } }
  }

  #observation(place) {
    const maps = { context: {}, gates: {}, ratings: {}, counts: {}, evidence: {}, answers: {} }
    return { ...place, number: 1, state: 'draft', form: 'full', date: '2026-11-22', focus: this.#word(), minutes: PLANNED.visit_minutes, started_at: 1_795_000_000_000, ...maps }
  }

  #review({ me }, observation, body, verb) {
    return { observation, observer: body.observer, school: body.school, by: me, verb, text: this.#word(), at: 1_795_000_000_000 }
  }

  async #save(here, edits) {
    const { tab, space } = here
    const { oracle } = this.#world
    const before = await this.#shown(tab, edits)
    const written = oracle.writing(tab, space, edits, before)
    await tab.store.write(space, edits)
    oracle.saved(written)
    oracle.saw(tab, await this.#shown(tab, edits))
  }

  async #shown(tab, edits) {
    const ids = edits.filter((edit) => 'set' in edit).map(({ id }) => id)
    return new Map(await Promise.all(ids.map(async (id) => [id, (await tab.store.read(id))?.body ?? null])))
  }

  async #all({ tab, space }, kind) {
    const lines = await tab.store.list(kind, { space, limit: MANY_ROWS })
    return (await Promise.all(lines.map(({ id }) => tab.store.read(id)))).filter((one) => one !== null)
  }

  #word() {
    return `w${(this.#count += 1)}.`
  }

  /** Counts are numbers; these are told apart from each other and from everything else. */
  #number() {
    return 10_000 + (this.#count += 1)
  }
}

/** Every value in there that was used once. */
export function tokensOf(value) {
  const text = JSON.stringify(value) ?? ''
  return [...(text.match(/w\d+\.(?=")/g) ?? []), ...(text.match(/(?<="(?:students_present|students_asked|context\/students_present|counts\/students_asked)":)1\d{4}(?=[,}])/g) ?? [])]
}
