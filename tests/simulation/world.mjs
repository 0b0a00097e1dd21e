/** One run: some tablets, one server, everything that goes wrong between and under them; then peace, and the oracle. */
import { createHash } from 'node:crypto'
import { Chance } from './chance.mjs'
import { FAULTS, Network } from './network.mjs'
import { Oracle } from './oracle.mjs'
import { People } from './people.mjs'
import { Rights } from './rights.mjs'
import { Schedule } from './schedule.mjs'
import { Tablet } from './tablet.mjs'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const YEAR_MS = 365 * DAY_MS
const SKEWS = [0, 0, 0, 1_000, -MINUTE_MS, 10 * YEAR_MS, -10 * YEAR_MS]
const OBSERVERS = ['okoye', 'bell', 'okoye', 'bell', 'ruiz']
const OTHERS = ['ruiz', 'tran', 'bell', 'lake-ruiz', 'adler', 'novak']
const ROLES = ['observer', 'coach', 'principal', 'walk_lead', 'partner_coach', 'teacher']
const FOR_A_SCHOOL = ['principal', 'teacher']
const MOST_TABLETS = 5
const OPENING_MS = 20_000
const QUIET_ROUNDS = 8
const QUIET_ROUND_MS = 10 * MINUTE_MS
/** A contact is noted once a minute; a copy is told when it hears of one that it did not make. */
const CONTACT_NOTED_MS = 2 * MINUTE_MS
const CONTACTS_TO_TELL = 4
const CHECK_EVERY_STEPS = 6
const LOOK_EVERY_TASKS = 40

/** What may go on besides writing -> how often. Each run knows some of it. */
const TROUBLES = {
  wake: 5, poke: 5, wait: 3, night: 1, crash: 4, crashInStore: 6, secondTab: 2, closeTab: 2, offline: 3, clock: 2, serverClock: 1,
  clone: 1, evict: 1, full: 2, backup: 3, restore: 2, replace: 0.4, rights: 4, page: 6,
}
const ALWAYS = ['wake', 'poke', 'wait']

export class World {
  poisons = []
  tablets = []
  backups = []
  problems = []
  happened = {}
  tabs = 0
  restores = 0
  clones = 0
  serverSkew = 0
  tasks = 0
  steps = 0
  #hash = createHash('sha256')

  constructor({ seed, app, server, only, knobs, log = null }) {
    Object.assign(this, { seed, app, server, log })
    this.chance = new Chance(seed)
    this.knobs = { ...this.#knobs(), ...knobs }
    this.troubles = only ?? this.#swarm()
    app.turn(this.knobs.sizes)
  }

  #knobs() {
    const { chance } = this
    return {
      page: chance.one([0, 0, 1, 2, 5]),
      slowSeal: chance.happens(0.2),
      removes: chance.one([0, 1, 2]),
      poison: chance.one([0, 0, 0, 2]),
      tablets: chance.between(2, 4),
      steps: chance.between(25, 55),
      sizes: chance.happens(0.5) ? tinySizes(chance) : {},
    }
  }

  /** Each run leaves some kinds of trouble out: what is rare among all comes up often among few. */
  #swarm() {
    const { chance } = this
    const kept = (table, always = []) =>
      Object.fromEntries(Object.entries(table).filter(([name]) => always.includes(name) || chance.happens(0.5)))
    const faults = kept(FAULTS)
    return {
      world: kept(TROUBLES, ALWAYS),
      faults: Object.keys(faults).length ? faults : FAULTS,
      share: chance.one([0, 0.1, 0.25, 0.4]),
    }
  }

  async run() {
    await this.begin()
    for (let step = 0; step < this.knobs.steps; step += 1) await this.#step()
    await this.quiet()
    await this.check()
  }

  /** The same for the same run. */
  digest() {
    return this.#hash.copy().digest('hex').slice(0, 16)
  }

  /** The clean beginning that every run shares, and the tablets of this one. */
  async begin() {
    const { chance } = this
    this.schedule = new Schedule(chance.branch(), 0)
    this.app.timeOf(() => this.schedule)
    const told = await this.server.ask({ op: 'reset' })
    Object.assign(this, { people: told.people, spaces: told.spaces, rubric: told.rubric, grants: told.grants })
    this.schedule.now = told.now + HOUR_MS
    this.rights = new Rights(told.grants, () => this.schedule.now + this.serverSkew)
    this.oracle = new Oracle(this)
    this.network = new Network(this, chance.branch(), this.troubles)
    this.who = new People(this, chance.branch())
    this.app.onTrouble = (error) => this.trouble(null, error)
    const people = [...chance.some(OBSERVERS, 1), ...chance.some([...OBSERVERS, ...OTHERS], this.knobs.tablets - 1)]
    // Many people have two tablets, and that is where conflicts come from.
    if (chance.happens(0.4)) people[1] = people[0]
    // A coach and the teacher she asks: the one zone in which two people have to meet.
    else if (chance.happens(0.4)) people.splice(0, 2, 'okoye', 'novak')
    for (const person of people) this.add(person)
    await this.pass(20_000)
  }

  add(person, more = {}) {
    const number = this.tablets.length
    const name = `${person}-${number}`
    const tablet = new Tablet(this, { name, person, token: name, id: this.chance.uuid(), skew: this.chance.one(SKEWS), ...more })
    this.tablets.push(tablet)
    tablet.open()
    return tablet
  }

  nextTab() {
    return (this.tabs += 1)
  }

  // ---- the server, asked with this world's time and chance ------------------------------------

  async ask(question) {
    return this.server.ask({ ...question, now: this.schedule.now + this.serverSkew, rand: this.chance.below(2 ** 32) })
  }

  /** Let time pass, and everything happen that is due. */
  async pass(ms) {
    await this.schedule.until(this.schedule.now + ms, () => this.#between())
    if (this.problems.length) throw this.problems[0]
  }

  /** After every task: is what the screens say true? */
  #between() {
    this.tasks += 1
    if (this.tasks % LOOK_EVERY_TASKS) return
    for (const tablet of this.tablets) for (const tab of tablet.tabs) if (tab.isReady) this.oracle.nothingIsSaidTooSoon(tab)
  }

  /** What a reader of a failure wants to know first. */
  story() {
    const { restores, clones, poisons, knobs, steps } = this
    const evicted = this.tablets.filter(({ life }) => life).length
    return JSON.stringify({ steps, restores, clones, evicted, poisons: poisons.length, happened: this.happened, knobs })
  }

  trouble(tab, error) {
    this.trace('trouble', tab?.name ?? '', error?.name ?? String(error))
    if (!isToBeExpected(error)) this.problems.push(error)
  }

  trace(...words) {
    const line = `${this.schedule.now} ${words.join(' ')}`
    this.#hash.update(line)
    this.log?.(line)
  }

  // ---- what happens ----------------------------------------------------------------------------

  async #step() {
    const { chance } = this
    this.steps += 1
    const what = chance.happens(0.55) ? 'write' : chance.weighted(this.troubles.world)
    this.trace('step', what)
    if (what !== 'write') this.happened[what] = (this.happened[what] ?? 0) + 1
    await this[`_${what}`]()
    await this.pass(chance.one([0, 50, 500, 3_000, 20_000, 40_000]))
    for (const tablet of this.tablets) if (!tablet.tabs.length && chance.happens(0.4)) tablet.open()
    if (this.steps % CHECK_EVERY_STEPS === 0) this.#look()
  }

  #look() {
    this.oracle.nothingSavedIsMissing(this.tablets)
    for (const tablet of this.tablets) this.oracle.receiptsAreTrue(tablet)
  }

  #tab() {
    const ready = this.tablets.flatMap(({ tabs }) => tabs).filter((tab) => tab.isReady)
    return ready.length ? this.chance.one(ready) : null
  }

  _write() {
    const tab = this.#tab()
    if (tab) this.who.act(tab)
  }

  _wake() {
    const tab = this.#tab()
    if (!tab) return
    tab.isVisible = this.chance.happens(0.7)
    tab.does(() => void tab.events.dispatchEvent(new Event(this.chance.one(['visibilitychange', 'online', 'pageshow']))))
  }

  _poke() {
    const tab = this.#tab()
    tab?.does(() => tab.syncer.poke())
  }

  _wait() {
    return this.pass(this.chance.between(MINUTE_MS, 20 * MINUTE_MS))
  }

  async _night() {
    for (const tablet of this.tablets) tablet.die()
    await this.pass(this.chance.between(8 * HOUR_MS, 3 * DAY_MS))
  }

  _crash() {
    this.chance.one(this.tablets).die()
    this.#look()
  }

  _crashInStore() {
    const { storage } = this.chance.one(this.tablets)
    storage.cutAt = storage.ops + this.chance.between(1, 60)
  }

  _secondTab() {
    const tablet = this.chance.one(this.tablets)
    if (tablet.tabs.length < 2) tablet.open()
  }

  _closeTab() {
    const tab = this.#tab()
    tab?.does(() => tab.close())
  }

  _offline() {
    const tablet = this.chance.one(this.tablets)
    tablet.isOnline = !tablet.isOnline
  }

  _clock() {
    this.chance.one(this.tablets).skew = this.chance.one([...SKEWS, 2 * HOUR_MS, -DAY_MS])
  }

  _serverClock() {
    this.serverSkew = this.chance.one([0, DAY_MS, -DAY_MS, HOUR_MS])
  }

  _clone() {
    const from = this.chance.one(this.tablets)
    if (this.tablets.length >= MOST_TABLETS || !from.storage.isAtRest()) return
    const clone = this.add(from.person, { token: from.token, id: from.id, skew: from.skew })
    clone.storage = from.storage.copy(() => clone.die())
    for (const one of [from, clone]) one.mayRenew = true
    this.oracle.cloned(from, clone)
    this.clones += 1
  }

  _evict() {
    const tablet = this.chance.one(this.tablets)
    this.oracle.lost(tablet)
    tablet.evict()
  }

  async _full() {
    const { storage } = this.chance.one(this.tablets)
    storage.isFull = true
    for (let times = 0; times < 3; times += 1) {
      this._write()
      await this.pass(3_000)
    }
    storage.isFull = false
  }

  async _backup() {
    const name = String(this.backups.length)
    await this.ask({ op: 'backup', name })
    this.backups.push({ name, rights: this.rights.copy() })
  }

  async _restore() {
    if (!this.backups.length) return
    const { name, rights } = this.chance.one(this.backups)
    await this.ask({ op: 'restore', name })
    this.rights = rights.copy()
    this.#wentBack()
  }

  async _replace() {
    await this.ask({ op: 'replace' })
    this.rights = new Rights(this.grants, () => this.schedule.now + this.serverSkew)
    this.#wentBack()
  }

  #wentBack() {
    this.restores += 1
  }

  /** A role is given or taken, of somebody who holds a tablet. */
  async _rights() {
    const { chance } = this
    const { person } = chance.one(this.tablets)
    const space = chance.one(Object.keys(this.people[person].in))
    const id = this.people[person].in[space]
    const own = this.rights.of(space, id).filter(({ role }) => role !== 'admin')
    if (own.length && chance.happens(0.5)) return this.#end(space, chance.one(own))
    return this.#give(space, id, chance.one(ROLES))
  }

  /** Somebody opens their own page in a browser: what claims lack is written, and a room replies to what it reads. */
  async _page() {
    const { chance } = this
    const { person } = chance.one(this.tablets)
    const { account, in: places } = this.people[person]
    const space = chance.one(Object.keys(places))
    await this.ask({ op: 'page', space, person: places[space], account, says: chance.one(['thanks', 'contest']) })
  }

  async #end(space, grant) {
    const told = await this.ask({ op: 'end', space, id: grant.id })
    this.trace('end', JSON.stringify(grant), JSON.stringify(told))
    if (told.id) this.rights.end(grant.id)
  }

  async #give(space, person, role) {
    const school = FOR_A_SCHOOL.includes(role) || this.chance.happens(0.5) ? this.chance.one(this.spaces[space].schools) : null
    const told = await this.ask({ op: 'grant', space, person, role, school })
    this.trace('give', person, role, school, JSON.stringify(told))
    if (told.id) this.rights.give({ space, id: told.id, person, role, school })
  }

  // ---- peace -------------------------------------------------------------------------------------

  /** All faults stop: within a few rounds everything is sent and everybody is level. */
  async quiet() {
    this.network.isCalm = true
    for (const tablet of this.tablets) {
      Object.assign(tablet, { isOnline: true })
      Object.assign(tablet.storage, { isFull: false, cutAt: Infinity })
      if (!tablet.tabs.length) tablet.open()
      for (const tab of tablet.tabs) tab.isVisible = true
    }
    await this.pass(OPENING_MS)
    await this.#everybodyHasItOpen()
    this.schedule.hurry(null)
    await this.#others()
    this.poisons = []
    await this.#settle(() => true, 2 * HOUR_MS)
  }

  /** A tab that was being closed when peace came first waits for its last answer; then somebody opens the app again. */
  async #everybodyHasItOpen() {
    for (let round = 0; round < QUIET_ROUNDS; round += 1) {
      for (const tablet of this.tablets) if (!tablet.tabs.length) tablet.open()
      if (this.tablets.every(({ tabs }) => tabs.some((tab) => tab.isReady))) return
      await this.pass(OPENING_MS)
    }
  }

  /** I10: one change that the server falls over holds up nothing but what was built on it. */
  async #others() {
    if (!this.poisons.length) return
    await this.#settle((entry) => !this.#isStuck(entry), 2 * HOUR_MS, false)
  }

  #isStuck({ change }) {
    const ill = this.tablets.flatMap((tablet) => this.oracle.waitingOn(tablet)).map((one) => one.change)
    const records = new Set(ill.filter((one) => this.poisons.some((marker) => JSON.stringify(one).includes(marker))).map(({ id }) => id))
    return records.has(change.id)
  }

  /** @param {(entry: any) => boolean} counts which waiting changes have to be gone */
  async #settle(counts, first, wholly = true) {
    let why = null
    for (let round = 0; round < QUIET_ROUNDS; round += 1) {
      for (const tablet of this.tablets) for (const tab of tablet.tabs) if (tab.isReady) tab.does(() => tab.syncer.poke())
      await this.pass(round === QUIET_ROUNDS - 2 ? first : QUIET_ROUND_MS)
      why = await this.#unsettled(counts, wholly)
      if (!why) return
    }
    this.oracle.fail('S8 never came to rest', why)
  }

  async #unsettled(counts, wholly) {
    for (const tablet of this.tablets) {
      const waiting = this.oracle.waitingOn(tablet).filter(counts)
      if (waiting.length) return { tablet: tablet.name, waiting: waiting.length, first: waiting[0] }
    }
    if (!wholly) return null
    const held = await this.ask({ op: 'peek' })
    for (const tablet of this.tablets) {
      const why = this.oracle.isLevel(tablet, held)
      if (why) return { tablet: tablet.name, ...why }
    }
    return null
  }

  /** A tablet of the first wire cannot give a restored server back what others wrote. */
  get mayKeepMore() {
    return this.restores > 0 && this.oracle.wire < 2
  }

  /** Copies of a tablet have ids of their own after a few contacts, and nobody takes itself for a copy who is none. */
  async copiesAreTold() {
    for (let round = 0; this.clones && round < CONTACTS_TO_TELL; round += 1) {
      for (const tablet of this.tablets) for (const tab of tablet.tabs) if (tab.isReady) tab.does(() => tab.syncer.poke())
      await this.pass(CONTACT_NOTED_MS)
    }
    this.oracle.copiesAreTold(this.tablets)
  }

  async check() {
    await this.copiesAreTold()
    const held = await this.ask({ op: 'peek' })
    this.#look()
    for (const tablet of this.tablets) this.oracle.receiptsStand(tablet, held)
    this.oracle.logIsSound(held)
    this.oracle.nothingSavedIsMissing(this.tablets, this.oracle.serverTokens(held))
    this.trace('end', JSON.stringify(held.heads))
  }
}

/** The app in small: batches of one and walks of two find what big ones hide. */
function tinySizes(chance) {
  return {
    MOST_CHANGES: chance.one([1, 2, 5]),
    LISTED_AT_ONCE: chance.one([1, 3]),
    WANTED_AT_ONCE: chance.one([1, 3]),
    OFFERED_AT_ONCE: chance.one([1, 3]),
    AT_ONCE: chance.one([1, 3]),
    BATCH_CHARACTERS: chance.one([1, 1_500, 600_000]),
    MOST_JOINED_CHARACTERS: chance.one([300, 128_000]),
  }
}

/** Storage that is full or was cut off says so; a record that left one's sight can no longer be edited. */
function isToBeExpected(error) {
  const names = ['Cut', 'QuotaExceededError', 'AbortError', 'InvalidStateError', 'TransactionInactiveError']
  return names.includes(error?.name) || names.includes(error?.constructor?.name) || error?.code === 'unknown-record'
}
