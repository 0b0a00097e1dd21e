/**
 * What people do on a tablet: plan, observe, give, send back, take back, throw away, comment, look at what needs them.
 * Every value they write is used once, so that it can be looked for everywhere afterwards.
 */

const INDICATORS = ['TE1', 'TE2', 'TE4', 'TS1', 'TS2', 'SA1']
const MANY_ROWS = 200

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
    const given = observations.filter(({ body }) => body.observer !== me && body.state !== 'draft')
    const choices = {
      observe: own.length < 3 ? 6 : 2,
      ...(own.length ? { edit: 14, give: 3, remove: this.#world.knobs.removes } : {}),
      ...(given.length ? { comment: 3, sendBack: 4, release: 3 } : {}),
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
      { new: { kind: 'walk', id: walk, body: { kind: 'walk', title: this.#word(), focus: this.#word(), date: '2026-11-22', ...place, lead: me } } },
      { new: { kind: 'visit', id: visit, body: { walk, number: 1, ...place, by: me } }, after: 0 },
      { new: { kind: 'observation', id, body: this.#observation({ walk, visit, ...place, observer: me }) }, after: 1 },
    ]
    await this.#save(here, edits)
  }

  async _plan(here) {
    const walks = (await this.#all(here, 'walk')).filter(({ body }) => body.lead === here.me)
    if (!walks.length) return this._observe(here)
    const { id } = this.#chance.one(walks)
    await this.#save(here, [{ kind: 'walk', id, set: { [this.#chance.one(['title', 'focus', 'problem'])]: this.#word() } }])
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
    await this.#save(here, [{ kind: 'observation', id, set: { state } }])
  }

  async _remove(here, own) {
    const drafts = own.filter(({ body, waiting }) => body.state === 'draft' && !waiting)
    if (drafts.length) await this.#save(here, [{ kind: 'observation', id: this.#chance.one(drafts).id, set: { '': null } }])
  }

  async _comment(here, _own, given) {
    const { id, body } = this.#chance.one(given)
    await this.#save(here, [{ new: { kind: 'review', id: this.#chance.uuid(), body: this.#review(here, id, body, 'comment') } }])
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
    await this.#save(here, [{ kind: 'observation', id: this.#chance.one(given).id, set: { state: 'released' } }])
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
    return { ...place, number: 1, state: 'draft', form: 'full', date: '2026-11-22', focus: this.#word(), started_at: 1_795_000_000_000, ...maps }
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
