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
import { damageBy, hintOf } from './canary.js'
import { openDatabase } from './db.js'
import { accountHint, databaseName } from './device.js'
import { Leaving } from './leaving.js'
import { all, countWaiting, list, read, receiptOf, recent, SCHEMA } from './reading.js'
import { openSeal } from './seal.js'

const SLOW_MS = 3_000
/** From here on a person is told, and what they wrote is kept elsewhere as well. */
const STUCK_MS = 10_000
/** So long may work wait where the browser may clear it; then its person hears of it. */
const UNSENT_TOO_LONG_MS = 4 * 3_600_000
/** Cut off within this after the last word was written, a person wonders whether it is there. */
const RESTORED_WITHIN_MS = 12 * 3_600_000
/** What stands half typed when an app is left is written just after. */
const LAST_WORDS_MS = 2_000

const LOST = new Set([
  'InvalidStateError',
  'UnknownError',
  'TimeoutError',
  'AbortError',
  'ReadOnlyError',
  'NotFoundError',
  'UpgradeFailed',
])

/** @type {Status} */
const UNKNOWN = {
  waiting: 0,
  files: 0,
  filesSent: 0,
  filesNeedYou: 0,
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
  unkept: 0,
  readOnly: null,
  errorId: null,
  damage: null,
  odd: 0,
  unsentTooLong: false,
  lowRoom: false,
  isPassing: false,
  secondCopy: null,
  restoredAt: null,
  offline: null,
  mustUpdate: false,
  conflicts: 0,
  serverSlow: false,
  tries: 0,
  nextTryAt: null,
  clockOff: 0,
  stalled: false,
  toSend: null,
}

// The database of whoever was here last opens while the page is still asking who it is.
const lastHere = globalThis.document ? accountHint() : null
if (lastHere) openDatabase(databaseName(lastHere), SCHEMA)

/**
 * The store of one person on this tablet; its counts are read before this resolves.
 * @param {{account: string, now?: () => number, newId?: () => string, seal?: import("./seal.js").Seal,
 *   db?: import("./reading.js").Database, channel?: BroadcastChannel|null, hint?: import("./canary.js").Hint}} options
 * @returns {Promise<Store>}
 */
export async function openStore({ account, now = Date.now, newId, seal = openSeal, db, channel, hint = hintOf(account) }) {
  const keeper = { db: db ?? openDatabase(databaseName(account), SCHEMA), seal, now, newId: newId ?? (() => crypto.randomUUID()) }
  const store = new Store(account, keeper, channel === undefined ? new BroadcastChannel(`walkapp:${account}`) : channel, hint)
  store.leaving.watch(globalThis.document)
  await store.open()
  return store
}

export class Store extends EventTarget {
  /** @type {Keeper & {copy: import("./second-copy.js").Copy|null}} */
  #keeper
  #channel
  #hint
  /** @type {import("./canary.js").Canary|null} */
  #canary = null
  /** Edits that are on a screen and not in the database. @type {Map<string, import("./rescue.js").Unkept>} */
  #unkept = new Map()
  /** What was written before an earlier page's edits came back, which must not come back over it. @type {Edit[]|null} */
  #sinceStart = []
  #status = { ...UNKNOWN }
  /** @type {Promise<WritingHalf>|null} */
  #half = null
  /** @type {import('./file-shelf.js').Shelf|null} */
  #shelf = null
  /** One step after the other, in the order a person did things. @type {Promise<any>} */
  #queue = Promise.resolve()

  /** @param {string} account @param {Keeper} keeper @param {BroadcastChannel|null} channel @param {import("./canary.js").Hint} hint */
  constructor(account, keeper, channel, hint) {
    super()
    this.account = account
    this.#keeper = { ...keeper, copy: null, stray: (store, one) => this.#setApart(store, one) }
    this.#channel = channel
    this.#hint = hint
    /** Takes along what is on its way when the page goes. */
    this.leaving = new Leaving(account, keeper.seal)
    if (channel) channel.onmessage = ({ data }) => this.#hear(data)
    keeper.db.watch((health) => this.#healthChanged(health))
    // It began to open before this store was made.
    if (keeper.db.health) this.#healthChanged(keeper.db.health)
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

  /** The newest records of a small kind, and whether these are all. @param {string} kind @param {number} most */
  recent(kind, most) {
    return recent(this.#keeper, kind, most)
  }

  /** "On the server, 14:02" is said from this alone. @param {string} id */
  receiptOf(id) {
    return receiptOf(this.#keeper, id)
  }

  /**
   * Write a person's edits; resolves when record, list row and outbox entry are on this tablet, all or none of them. What is
   * counted of them is known a little later: see `counted`.
   * @param {string} space
   * @param {Edit[]} edits
   * @returns {Promise<void>}
   */
  async write(space, edits) {
    const unkept = { id: this.#keeper.newId(), space, edits }
    this.#sinceStart?.push(...edits)
    this.leaving.begin(unkept)
    try {
      const half = await this.warm()
      await this.#guard(
        () => this.#inTurn(() => half.write(this.#keeper, space, edits).then((touched) => this.#oneWaits(touched))),
        () => this.#keepSafe(half, unkept),
      )
      await this.#supersede(half, unkept)
    } finally {
      await this.leaving.end(unkept.id, this.#unkept.has(unkept.id))
    }
  }

  /**
   * Write once more what could not be. True when it is durable now, if only among what needs its person.
   * @param {import("./rescue.js").Unkept} unkept
   */
  async writeAgain(unkept) {
    const half = await this.warm()
    try {
      await this.#inTurn(() => half.write(this.#keeper, unkept.space, unkept.edits))
      return true
    } catch (error) {
      // Storage may answer tomorrow; a record that is gone will not come back.
      if (troubleOf(error)) return false
      await half.noteUnwritable(this.#keeper, unkept, /** @type {any} */ (error).code ?? 'unknown')
      return true
    }
  }

  /** Edits that are on a screen and not in the database, for a copy. */
  unkept() {
    return [...this.#unkept.values()]
  }

  /** Room was made, or the storage answers again: write what could not be written. */
  async writeUnkept() {
    const half = await this.warm()
    for (const unkept of this.unkept()) {
      // What comes after it may be built on it.
      if (!(await this.writeAgain(unkept))) break
      await this.#supersede(half, unkept)
    }
    await this.refresh().catch(() => {})
    if (this.#unkept.size === 0 && !this.#status.readOnly) this.#say({ storageTrouble: null })
  }

  /** @returns {Status} */
  status() {
    const { persisted, oldestWaitingAt } = this.#status
    const isOld = oldestWaitingAt !== null && this.#keeper.now() - oldestWaitingAt > UNSENT_TOO_LONG_MS
    return { ...this.#status, unsentTooLong: isOld && persisted !== true }
  }

  // ---- the store defends itself: canary, second copy, room ----------------------------------------

  /** What this database says of itself, for the server to remember. @returns {{database: string, highest: number}|null} */
  canary() {
    return this.#canary && { database: this.#canary.database, highest: this.#canary.highest }
  }

  /** Nothing was ever written here, or all of it is gone. */
  get isBlank() {
    return this.#canary === null
  }

  /**
   * Compare with what the server remembered of this device before it was asked.
   * @param {import("./canary.js").Told|null|undefined} device
   */
  async heardOfDevice(device) {
    if (!device?.database || this.#status.damage) return
    const { canary } = await countWaiting(this.#keeper)
    await this.#foundDamage(damageBy(canary, device, 'server', this.#keeper.now()))
  }

  /** What the next contact with the server is called. @param {string} device @returns {Promise<{was: string|null, now: string}>} */
  async nextContact(device) {
    return (await this.warm()).nextContact(this.#keeper, device)
  }

  /** Is the server's newest contact with this device one that was made here? @param {string} device @param {string} heard */
  async isOwnContact(device, heard) {
    return (await this.warm()).isOwnContact(this.#keeper, device, heard)
  }

  /** The person knows of the loss: from here on this database is the truth. */
  async acceptDamage() {
    const { damage } = this.#status
    if (!damage) return
    const half = await this.warm()
    // What the person leaves in the second copy stays there, and is no news at the next start.
    const left = this.#keeper.copy ? await half.compare(/** @type {any} */ (this.#keeper)).catch(() => []) : []
    await half.acceptDamage(this.#keeper, damage, left)
    this.#canary = null
    this.#say({ damage: null })
    await this.refresh()
    this.#channel?.postMessage({ touched: { ids: [], kinds: [], fromServer: true } })
    this.dispatchEvent(new CustomEvent('changed', { detail: { ids: [], kinds: [], here: true, fromServer: true } }))
  }

  /**
   * Keep a second copy from now on, and compare it with what is here. What only it has was lost here.
   * @param {import("./second-copy.js").Copy} copy
   */
  async useCopy(copy) {
    const half = await this.warm()
    this.#keeper.copy = copy
    copy.onWorks((works) => this.#say({ secondCopy: works }))
    const told = new Set(await half.leftInCopy(this.#keeper))
    const missing = (await half.compare(/** @type {any} */ (this.#keeper))).filter((cid) => !told.has(cid))
    this.#say({ secondCopy: copy.works() === true })
    if (missing.length) await this.#foundDamage(half.damageByCopy(this.#canary, missing.length, this.#keeper.now()))
  }

  /** How many changes only the second copy has. */
  async onlyInCopy() {
    return this.#keeper.copy ? (await (await this.warm()).compare(/** @type {any} */ (this.#keeper))).length : 0
  }

  /** Put back what only the second copy has; twice is the same as once. @returns {Promise<number>} how many came back */
  async bringBack() {
    if (!this.#keeper.copy) return 0
    const { count } = await this.#step((half) => half.bringBack(/** @type {any} */ (this.#keeper)))
    return count
  }

  /** Ask the server for everything again, from the beginning; nothing here is taken away. */
  async fetchAgain() {
    await (await this.warm()).fetchAgain(this.#keeper)
  }

  /** Can so many bytes be written now? Asked before a photo is taken. @param {number} [bytes] */
  async hasRoom(bytes) {
    return (await this.warm()).hasRoom(this.#keeper, bytes)
  }

  /** Let go of what can be had again: fetched photos, and sent work that every backup covers. @returns {Promise<number>} bytes */
  async freeSpace() {
    const half = await this.warm()
    await half.pruneAllSent(this.#keeper).catch(() => {})
    const free = await half.freeUp(this.#keeper, Number.MAX_SAFE_INTEGER, ['fetched']).catch(() => 0)
    await this.writeUnkept()
    return free
  }

  /** Entries that cannot be read, as they were found. */
  async listOdd() {
    return (await this.warm()).listOdd(this.#keeper)
  }

  /** Put one away for good; only ever by the person's own choice. @param {string} key */
  async dropOdd(key) {
    await (await this.warm()).dropOdd(this.#keeper, key)
    await this.refresh()
  }

  /** @returns {Promise<NeedsYou[]>} what a person has to look at, newest first */
  async needsYou() {
    return (await this.warm()).needsYou(this.#keeper)
  }

  /** Put one refused change away for good; only ever by the person's own choice. @param {string} cid */
  async dismiss(cid) {
    const half = await this.warm()
    await this.#inTurn(() => half.dismiss(this.#keeper, cid))
    await this.counted()
  }

  /** Send one refused change again, as it stands now, under a new id. @param {string} cid */
  async tryAgain(cid) {
    const half = await this.warm()
    await this.#inTurn(() => half.tryAgain(this.#keeper, cid))
    await this.counted()
  }

  /** Two versions of one thing in a record, and who wrote which. @param {string} id */
  async conflictsIn(id) {
    return (await this.warm()).conflictsIn(this.#keeper, id)
  }

  /** The records in which a person is to choose between two versions, newest first. */
  async recordsInConflict() {
    return (await this.warm()).recordsInConflict(this.#keeper)
  }

  /** What a saved copy holds: all that no server has confirmed, or everything that lies here. @param {boolean} everything */
  async collect(everything) {
    return (await import('./copy.js')).collect(this.#keeper, this.account, everything, this.unkept())
  }

  /** Put an opened copy among what waits. @param {string[]} spaces @param {import("../core/copy.js").Content[]} contents */
  async takeIn(spaces, contents) {
    const { takeIn } = await import('./copy-in.js')
    const taken = this.#queue.catch(() => {}).then(() => takeIn(this.#keeper, this.account, spaces, contents))
    this.#queue = taken
    this.#changed((await taken).touched, false)
    await this.counted()
    return taken
  }

  /** For `sync/` only: what goes out and what comes in. @type {import('./writing.js').Outbox} */
  outbox = {
    batch: async (space, max) => (await this.warm()).batch(this.#keeper, space, max),
    cursorOf: async (space) => (await this.warm()).cursorOf(this.#keeper, space),
    trailOf: async (space) => (await this.warm()).trailOf(this.#keeper, space),
    countDue: async () => (await this.warm()).countDue(this.#keeper),
    leaveOut: (...said) => this.#step((half) => half.leaveOut(this.#keeper, ...said)),
    applyAnswer: (...said) => this.#step((half) => half.applyAnswer(this.#keeper, ...said)),
    setAside: (...said) => this.#step((half) => half.setAside(this.#keeper, ...said)),
    historyLost: (space, common) =>
      this.#step(async (half) => {
        await half.doubtFiles(this.#keeper, space)
        return half.historyLost(this.#keeper, space, common)
      }),
    offersBeyond: (space, common) => this.#offers(space, common),
    knownSeqs: async (space) => (await this.warm()).knownSeqs(this.#keeper, space),
    takeRows: (...said) => this.#step((half) => half.takeRows(this.#keeper, ...said)),
    finishWalk: (...said) => this.#step((half) => half.finishWalk(this.#keeper, ...said)),
    pruneSent: async (serverNow) => void (await (await this.warm()).pruneSent(this.#keeper, serverNow)),
  }

  /** Photos, which come with the writing half. @returns {Promise<import('./file-shelf.js').Shelf>} */
  async files() {
    const half = await this.warm()
    this.#shelf ??= half.makeShelf(this.#keeper, {
      inTurn: (work) => this.#inTurn(work).then(() => this.counted()),
      changed: () => {
        this.#changed({ ids: [], kinds: [] }, true)
        return this.counted()
      },
    })
    return this.#shelf
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
    // Only the tab that sends is sending and waiting; were it closed meanwhile, the others would say so for ever.
    const { syncing: _syncing, serverSlow: _slow, ...shared } = facts
    if (Object.keys(shared).length) this.#channel?.postMessage({ facts: shared })
  }

  /** Read the counts for the first time. Storage that does not open is a state the screens show, not a blank page. */
  async open() {
    try {
      await this.refresh()
      if (this.#status.storageTrouble === 'closed') this.#say({ storageTrouble: null })
    } catch {
      this.#say({ storageTrouble: 'closed' })
    }
  }

  /** Read the counts again. Also the cheap first touch after sleep, so that a lost connection heals before the next tap. */
  async refresh() {
    // This page's own memory is the newest there is; the one beside the database is all a new page has. Asked before the
    // database is, or what another tab writes in between would look lost.
    const told = this.#canary ?? this.#hint.read()
    const { counts, canary, damage } = await countWaiting(this.#keeper)
    const now = this.#keeper.now()
    const found = damage ?? this.#unaccepted(canary) ?? damageBy(canary, told, 'tablet', now)
    this.#canary = canary
    if (found && !damage) return this.#foundDamage(found, counts)
    if (canary && !found && !this.#status.readOnly) this.#hint.write(canary, now)
    this.#say({ ...counts, damage: found })
  }

  /** The loss this page knows of, unless its person has accepted it in another tab. @param {import("./canary.js").Canary|null} canary */
  #unaccepted(canary) {
    const { damage } = this.#status
    return damage && !canary?.former.includes(damage.database) ? damage : null
  }

  /**
   * Remember a loss until its person has seen it, also over a reload.
   * @param {import("../core/types.js").Damage|null} damage @param {Partial<Status>} [counts]
   */
  async #foundDamage(damage, counts = {}) {
    if (!damage) return
    this.#say({ ...counts, damage })
    await (await this.warm()).rememberDamage(this.#keeper, damage).catch(() => {})
  }

  /**
   * The app was cut off in the middle of writing: say that everything up to then is here.
   * @param {number} leftAt when this app was last closed or put aside in order
   */
  noteRestored(leftAt) {
    const { wroteAt = 0 } = this.#canary ?? {}
    if (wroteAt > leftAt + LAST_WORDS_MS && this.#keeper.now() - wroteAt < RESTORED_WITHIN_MS) this.#say({ restoredAt: wroteAt })
  }

  /** Write what an earlier page could not, before it was reloaded. @returns {Promise<number>} how many edits came back */
  async recover() {
    const half = await this.warm()
    await half.sweep(this.#keeper)
    const count = await half.recover(this, this.#keeper.seal, this.#keeper.copy, this.#sinceStart ?? [])
    this.#sinceStart = null
    await this.refresh()
    return count
  }

  async close() {
    this.#channel?.close()
    await this.#queue.catch(() => {})
    await this.#keeper.db.close()
  }

  /** @param {string} space @param {number} common */
  async *#offers(space, common) {
    yield* (await this.warm()).offersBeyond(this.#keeper, space, common)
  }

  /**
   * @template T @param {(half: WritingHalf) => Promise<T & {touched: Touched}>} work
   * @returns {Promise<T & {touched: Touched}>}
   */
  async #step(work) {
    const half = await this.warm()
    const outcome = await work(half)
    this.#changed(outcome.touched, true)
    await this.counted()
    return outcome
  }

  /** @param {() => Promise<Touched>} work */
  async #inTurn(work) {
    const turn = this.#queue.catch(() => {}).then(work)
    this.#queue = turn
    this.#changed(await turn, false)
  }

  /** @param {Touched} touched @param {boolean} fromServer */
  #changed(touched, fromServer) {
    if (touched.ids.length) {
      this.dispatchEvent(new CustomEvent('changed', { detail: { ...touched, here: true, fromServer } }))
    }
    this.#channel?.postMessage({ touched: { ...touched, fromServer } })
    this.#isMiscounted = true
    this.#counting ??= this.#countAgain()
  }

  /** Until it is counted, nothing may say that all is on the server. @param {Touched} touched */
  #oneWaits(touched) {
    if (this.#status.waiting === 0) this.#say({ waiting: 1, oldestWaitingAt: this.#keeper.now() })
    return touched
  }

  /** Resolves when the counts hold everything written until now. */
  async counted() {
    await this.#counting
  }
  /** @type {Promise<void>|null} */
  #counting = null
  #isMiscounted = false

  /** Writes that follow each other closely are counted together. */
  async #countAgain() {
    while (this.#isMiscounted) {
      this.#isMiscounted = false
      // What was saved is saved, whether or not it can be counted.
      await this.refresh().catch(() => {})
    }
    this.#counting = null
  }

  /** @param {() => Promise<void>} work @param {() => Promise<unknown>} keepSafe */
  async #guard(work, keepSafe) {
    const slow = setTimeout(() => this.#say({ storageTrouble: 'slow' }), SLOW_MS)
    const stuck = setTimeout(() => this.#lost(keepSafe), STUCK_MS)
    try {
      await work()
      // While anything else is only on the screen, the trouble is not over.
      const isOver = this.#unkept.size === 0 || this.#status.storageTrouble === 'slow'
      if (isOver && ['slow', 'full', 'lost'].includes(this.#status.storageTrouble ?? '')) this.#say({ storageTrouble: null })
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble) await keepSafe()
      if (trouble && !this.#status.readOnly) this.#say({ storageTrouble: trouble })
      throw error
    } finally {
      clearTimeout(slow)
      clearTimeout(stuck)
    }
  }

  /** @param {() => Promise<unknown>} keepSafe */
  #lost(keepSafe) {
    this.#say({ storageTrouble: 'lost' })
    keepSafe()
  }

  /** @param {WritingHalf} half @param {import("./rescue.js").Unkept} unkept */
  async #keepSafe(half, unkept) {
    if (this.#unkept.has(unkept.id)) return
    this.#unkept.set(unkept.id, unkept)
    this.#say({ unkept: this.#unkept.size })
    await half.keepSafe(this.account, this.#keeper.seal, this.#keeper.copy, unkept)
  }

  /** What is durable now makes older attempts at the same void: they must not come back over it. @param {WritingHalf} half @param {import("./rescue.js").Unkept} written */
  async #supersede(half, written) {
    for (const unkept of this.unkept()) {
      const left = unkept.id === written.id ? null : half.remaining(unkept, written.edits)
      if (left === unkept) continue
      this.#unkept.delete(unkept.id)
      await half.letGo(this.account, this.#keeper.seal, this.#keeper.copy, unkept.id)
      if (left) await this.#keepSafe(half, left)
    }
    const isOver = this.#unkept.size === 0 && ['full', 'lost'].includes(this.#status.storageTrouble ?? '')
    this.#say({ unkept: this.#unkept.size, ...(isOver ? { storageTrouble: null } : {}) })
  }

  /** @param {string} store @param {any} one */
  async #setApart(store, one) {
    const half = await this.warm()
    const count = await half.setApart(this.#keeper, store, [one]).catch(() => 0)
    if (count) await this.refresh()
  }

  /** @param {{touched?: Touched, facts?: Partial<Status>}} message */
  #hear({ touched, facts }) {
    if (facts) this.#say(facts)
    if (!touched) return
    if (touched.ids.length) this.dispatchEvent(new CustomEvent('changed', { detail: { ...touched, here: false } }))
    this.refresh().catch(() => {})
  }

  /** @param {import("./db.js").Health} health */
  #healthChanged({ heals, blocked, newer, failed }) {
    const readOnly = failed ? 'failed' : newer ? 'newer' : null
    const trouble = readOnly ?? (blocked ? 'blocked' : null)
    const was = this.#status.storageTrouble
    const mine = was === 'newer' || was === 'failed' || was === 'blocked' ? null : was
    this.#say({ heals, storageTrouble: trouble ?? mine, readOnly, errorId: failed })
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
  return LOST.has(error?.name) ? 'lost' : null
}
