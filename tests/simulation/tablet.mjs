/** A tablet: one storage, one clock, one person; and its tabs, each with the real store and the real syncer. */
import { Storage } from './storage.mjs'

const HEAL_TURN_MS = 1

export class Tablet {
  tabs = []
  isOnline = true
  skew = 0
  /** How often its storage was thrown away: another life, as far as promises go. */
  life = 0
  /** How often it took itself for a copy. */
  renewals = 0
  mayRenew = false
  #held = new Map()

  constructor(world, { name, person, token, id, storage, skew = 0 }) {
    Object.assign(this, { world, name, person, token, skew, id })
    this.chance = world.chance.branch()
    this.storage = storage ?? new Storage(() => this.die())
    this.slowSeal = world.knobs.slowSeal
  }

  get account() {
    return this.world.people[this.person].account
  }

  get databaseName() {
    return `walkapp:${this.account}`
  }

  get spaces() {
    return Object.keys(this.world.people[this.person].in)
  }

  now() {
    return this.world.schedule.now + this.skew
  }

  /** Start the app in a new tab. */
  open() {
    const tab = new Tab(this, `${this.name}.${this.world.nextTab()}`)
    this.tabs.push(tab)
    this.world.schedule.soon(() => void tab.start(), tab)
    return tab
  }

  /** Killed, or out of battery: what was not committed is gone, nothing of the page goes on. */
  die() {
    for (const tab of this.tabs) tab.end()
    this.tabs = []
    this.#held.clear()
    this.storage.cutOff()
  }

  /** The browser threw the site's storage away. */
  evict() {
    this.die()
    this.life += 1
    this.id = this.chance.uuid()
    this.storage = new Storage(() => this.die())
  }

  /** It found out that it is a copy, or an older state of itself. */
  renew(old) {
    if (this.id !== old) return
    this.id = this.chance.uuid()
    this.renewals += 1
  }

  /** Web Locks of this browser as a tab of it asks for them, as far as the app does. */
  locksOf(tab) {
    const request = async (name, options, work) => {
      const [{ ifAvailable = false, steal = false }, job] = work ? [options, work] : [{}, options]
      if (this.#held.has(name) && !steal) {
        if (ifAvailable) return job(null)
        await new Promise((done) => this.world.schedule.after(50, done))
        return request(name, options, work)
      }
      const lock = { name, tab }
      this.#held.set(name, lock)
      try {
        return await job(lock)
      } finally {
        if (this.#held.get(name) === lock) this.#held.delete(name)
      }
    }
    return { request }
  }

  /** A tab that is gone holds nothing any more. */
  letGo(tab) {
    for (const [name, lock] of this.#held) if (lock.tab === tab) this.#held.delete(name)
  }
}

export class Tab {
  isReady = false
  isOver = false
  isVisible = true
  failures = []
  events = new EventTarget()

  constructor(tablet, name) {
    Object.assign(this, { tablet, name, world: tablet.world })
  }

  async start() {
    const { app } = this.world
    const { tablet } = this
    const realm = {
      own: () => tablet.storage.factory,
      frame: () => null,
      wait: (ms) => new Promise((done) => setTimeout(done, Math.max(ms, HEAL_TURN_MS))),
    }
    const parts = {
      account: tablet.account,
      now: () => tablet.now(),
      newId: () => tablet.chance.uuid(),
      channel: (this.channel = channelOf(this)),
      db: app.connect(tablet.databaseName, app.SCHEMA, realm),
      ...(tablet.slowSeal ? { seal: slowSeal } : {}),
    }
    this.store = await app.openStore(parts)
    await this.store.warm()
    this.#connect()
    this.isReady = true
  }

  #connect() {
    const { app } = this.world
    const { tablet } = this
    this.syncer = app.startSyncer({
      store: this.store,
      transport: app.makeTransport({ fetch: this.world.network.fetchOf(this), now: () => tablet.now() }),
      spaces: () => tablet.spaces,
      account: () => tablet.account,
      device: async () => tablet.id,
      renewDevice: async (old) => tablet.renew(old),
      build: 'simulation',
      now: () => tablet.now(),
      random: () => tablet.chance.next(),
      isStillMe: async () => true,
      surroundings: { locks: tablet.locksOf(this), events: this.events, isVisible: () => this.isVisible },
    })
  }

  /** Do something as this tab; what it starts dies with it. */
  does(work) {
    this.world.schedule.soon(() => void Promise.resolve(work(this)).catch((error) => this.world.trouble(this, error)), this)
  }

  /** Closed by its person: what is being written is finished first. */
  async close() {
    this.isReady = false
    await this.syncer.stop()
    await this.store.close()
    this.tablet.tabs = this.tablet.tabs.filter((tab) => tab !== this)
    // What it still has to do ends by itself: among it is what drives the transactions of its neighbours.
    this.#leave()
  }

  #leave() {
    this.isOver = true
    this.isReady = false
    this.tablet.letGo(this)
  }

  end() {
    this.#leave()
    this.world.schedule.forget(this)
  }
}

/** What the tabs of one browser tell each other. */
function channelOf(tab) {
  const channel = {
    onmessage: null,
    close: () => {
      channel.isClosed = true
    },
    addEventListener: () => {},
    postMessage: (data) => {
      for (const other of tab.tablet.tabs) {
        if (other === tab || !other.channel || other.channel.isClosed) continue
        const copy = structuredClone(data)
        tab.world.schedule.soon(() => other.channel.onmessage?.({ data: copy }), other)
      }
    },
  }
  return channel
}

/** A seal that takes a real turn, so that others come in between reading and writing. */
export const slowSeal = {
  seal: async (value) => {
    await turn()
    return { sealed: JSON.stringify(value) }
  },
  unseal: async (box) => {
    await turn()
    return unsealNow(box)
  },
}

/** For the oracle, which has no time to wait. */
export function unsealNow(box) {
  return typeof box?.sealed === 'string' ? JSON.parse(box.sealed) : box
}

function turn() {
  return new Promise((done) => setTimeout(done, 0))
}
