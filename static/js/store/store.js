// @ts-check
/**
 * The store a screen is handed: reads at once, says "saved" only when it is, and tells when something changed.
 *
 * This file and what it imports statically is the boot half. The writing half comes by `import()` with the first write, or
 * earlier by `warm()` after the first paint.
 *
 * @typedef {import("../core/types.js").Status} Status
 * @typedef {import("../core/types.js").Edit} Edit
 * @typedef {import("../core/types.js").ListRow} ListRow
 * @typedef {import("../core/types.js").LocalRecord} LocalRecord
 * @typedef {import("../core/types.js").NeedsYou} NeedsYou
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {typeof import("./writing.js")} WritingHalf
 * @typedef {{ids: string[], kinds: string[]}} Touched
 */
import { openDatabase } from './db.js'
import { accountHint, databaseName } from './device.js'
import { all, countWaiting, list, read, receiptOf, SCHEMA } from './reading.js'
import { openSeal } from './seal.js'

const SLOW_MS = 3_000

/** @type {Status} */
const UNKNOWN = {
  waiting: 0,
  oldestWaitingAt: null,
  needsYou: 0,
  held: 0,
  lastReceiptAt: null,
  lastContactAt: null,
  persisted: null,
  heals: 0,
  signedOut: false,
  syncing: false,
  storageTrouble: null,
  offline: null,
  mustUpdate: false,
}

// The database of whoever was here last opens while the page is still asking who it is.
const lastHere = globalThis.document ? accountHint() : null
if (lastHere) openDatabase(databaseName(lastHere), SCHEMA)

/**
 * The store of one person on this tablet; its counts are read before this resolves.
 * @param {{account: string, now?: () => number, newId?: () => string, seal?: import("./seal.js").Seal,
 *   db?: import("./reading.js").Database, channel?: BroadcastChannel|null}} options
 * @returns {Promise<Store>}
 */
export async function openStore({ account, now = Date.now, newId, seal = openSeal, db, channel }) {
  const keeper = { db: db ?? openDatabase(databaseName(account), SCHEMA), seal, now, newId: newId ?? (() => crypto.randomUUID()) }
  const store = new Store(account, keeper, channel === undefined ? new BroadcastChannel(`walkapp:${account}`) : channel)
  // Storage that does not open is a state the screens show, not a blank page.
  await store.refresh().catch((error) => store.note({ storageTrouble: troubleOf(error) ?? 'lost' }))
  return store
}

export class Store extends EventTarget {
  #keeper
  #channel
  #status = { ...UNKNOWN }
  /** @type {Promise<WritingHalf>|null} */
  #half = null
  /** One step after the other, in the order a person did things. @type {Promise<any>} */
  #queue = Promise.resolve()

  /** @param {string} account @param {Keeper} keeper @param {BroadcastChannel|null} channel */
  constructor(account, keeper, channel) {
    super()
    this.account = account
    this.#keeper = keeper
    this.#channel = channel
    if (channel) channel.onmessage = ({ data }) => this.#hear(data)
    keeper.db.watch((health) => this.#healthChanged(health))
  }

  /** @param {string} id @returns {Promise<LocalRecord|null>} local truth */
  read(id) {
    return read(this.#keeper, id)
  }

  /**
   * One page of list rows, newest first.
   * @param {string} kind
   * @param {{space?: string, limit?: number, before?: Pick<ListRow, "at" | "id">}} [options]
   */
  list(kind, options) {
    return list(this.#keeper, kind, options)
  }

  /** Whole records of a small kind. @param {string} kind */
  all(kind) {
    return all(this.#keeper, kind)
  }

  /** "On the server, 14:02" is said from this alone. @param {string} id */
  receiptOf(id) {
    return receiptOf(this.#keeper, id)
  }

  /**
   * Write a person's edits; resolves when record, list row and outbox entry are on this tablet, all or none of them.
   * @param {string} space
   * @param {Edit[]} edits
   * @returns {Promise<void>}
   */
  async write(space, edits) {
    const half = await this.warm()
    await this.#guard(
      () => this.#inTurn(() => half.write(this.#keeper, space, edits)),
      () => half.keepSafe(this, this.#keeper.seal, space, edits),
    )
  }

  /** @returns {Status} */
  status() {
    return { ...this.#status }
  }

  /** @returns {Promise<NeedsYou[]>} what a person has to look at, newest first */
  async needsYou() {
    return (await this.warm()).needsYou(this.#keeper)
  }

  /** Put one refused change away for good; only ever by the person's own choice. @param {string} cid */
  async dismiss(cid) {
    const half = await this.warm()
    await this.#inTurn(() => half.dismiss(this.#keeper, cid))
  }

  /** Send one refused change again, as it stands now, under a new id. @param {string} cid */
  async tryAgain(cid) {
    const half = await this.warm()
    await this.#inTurn(() => half.tryAgain(this.#keeper, cid))
  }

  /** Everything without a receipt and everything that needs its person, as one plain object. */
  async exportUnsent() {
    return (await this.warm()).exportUnsent(this.#keeper, this.account)
  }

  /** For `sync/` only: what goes out and what comes in. @type {import('./writing.js').Outbox} */
  outbox = {
    batch: async (space, max, except) => (await this.warm()).batch(this.#keeper, space, max, except),
    cursorOf: async (space) => (await this.warm()).cursorOf(this.#keeper, space),
    applyAnswer: (...said) => this.#step((half) => half.applyAnswer(this.#keeper, ...said)),
    setAside: (...said) => this.#step((half) => half.setAside(this.#keeper, ...said)),
    historyLost: (space) => this.#step((half) => half.historyLost(this.#keeper, space)),
    knownSeqs: async (space) => (await this.warm()).knownSeqs(this.#keeper, space),
    takeRows: (...said) => this.#step((half) => half.takeRows(this.#keeper, ...said)),
    finishWalk: (...said) => this.#step((half) => half.finishWalk(this.#keeper, ...said)),
    pruneSent: async () => (await this.warm()).pruneSent(this.#keeper),
  }

  /** Fetch the writing half ahead of the first write. @returns {Promise<WritingHalf>} */
  warm() {
    this.#half ??= import('./writing.js')
    // A chunk that could not be fetched once may be there the next time.
    return this.#half.catch((error) => {
      this.#half = null
      throw error
    })
  }

  /** Note what only the network or the page knows, in every tab. @param {Partial<Status>} facts */
  note(facts) {
    this.#say(facts)
    // Only the tab that sends is sending; were it closed meanwhile, the others would say so for ever.
    const { syncing: _syncing, ...shared } = facts
    if (Object.keys(shared).length) this.#channel?.postMessage({ facts: shared })
  }

  /** Read the counts again. Also the cheap first touch after sleep, so that a lost connection heals before the next tap. */
  async refresh() {
    this.#say(await countWaiting(this.#keeper))
  }

  /** Write what an earlier page could not, before it was reloaded. @returns {Promise<number>} how many edits came back */
  async recover() {
    return (await this.warm()).recover(this, this.#keeper.seal)
  }

  async close() {
    this.#channel?.close()
    await this.#queue.catch(() => {})
    await this.#keeper.db.close()
  }

  /**
   * @template T @param {(half: WritingHalf) => Promise<T & {touched: Touched}>} work
   * @returns {Promise<T & {touched: Touched}>}
   */
  async #step(work) {
    const half = await this.warm()
    const outcome = await work(half)
    await this.#changed(outcome.touched, true)
    return outcome
  }

  /** @param {() => Promise<Touched>} work */
  async #inTurn(work) {
    const turn = this.#queue.catch(() => {}).then(work)
    this.#queue = turn
    await this.#changed(await turn, false)
  }

  /** @param {Touched} touched @param {boolean} fromServer */
  async #changed(touched, fromServer) {
    if (touched.ids.length) {
      this.dispatchEvent(new CustomEvent('changed', { detail: { ...touched, here: true, fromServer } }))
    }
    this.#channel?.postMessage({ touched: { ...touched, fromServer } })
    // What was saved is saved, whether or not it can be counted.
    await this.refresh().catch(() => {})
  }

  /** @param {() => Promise<void>} work @param {() => Promise<unknown>} keepSafe */
  async #guard(work, keepSafe) {
    const slow = setTimeout(() => this.#say({ storageTrouble: 'slow' }), SLOW_MS)
    try {
      await work()
      if (['slow', 'full', 'lost'].includes(this.#status.storageTrouble ?? '')) this.#say({ storageTrouble: null })
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble) this.#say({ storageTrouble: trouble })
      if (trouble === 'lost') await keepSafe()
      throw error
    } finally {
      clearTimeout(slow)
    }
  }

  /** @param {{touched?: Touched, facts?: Partial<Status>}} message */
  #hear({ touched, facts }) {
    if (facts) this.#say(facts)
    if (!touched) return
    if (touched.ids.length) this.dispatchEvent(new CustomEvent('changed', { detail: { ...touched, here: false } }))
    this.refresh().catch(() => {})
  }

  /** @param {import("./db.js").Health} health */
  #healthChanged({ heals, blocked, newer }) {
    const trouble = newer ? 'newer' : blocked ? 'blocked' : null
    const was = this.#status.storageTrouble
    const mine = was === 'newer' || was === 'blocked' ? null : was
    this.#say({ heals, storageTrouble: trouble ?? mine })
  }

  /** @param {Partial<Status>} facts */
  #say(facts) {
    const next = { ...this.#status, ...facts }
    if (JSON.stringify(next) === JSON.stringify(this.#status)) return
    this.#status = next
    this.dispatchEvent(new CustomEvent('status', { detail: this.status() }))
  }
}

/** @param {any} error @returns {"full"|"lost"|null} */
function troubleOf(error) {
  if (error?.name === 'QuotaExceededError') return 'full'
  return ['InvalidStateError', 'UnknownError', 'TimeoutError', 'AbortError'].includes(error?.name) ? 'lost' : null
}
