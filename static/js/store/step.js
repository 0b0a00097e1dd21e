// @ts-check
/**
 * One step of the store, with a seal that takes its time: read and unseal, work out, seal; then one transaction that looks at
 * every `rev` again and writes all of it or, if one moved, nothing, and the step starts over. The canary moves in the same
 * transaction; the second copy is told afterwards, and nobody waits for it. What this page wrote last is not read again
 * (`hot.js`).
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {{store: string, clear: Record<string, any>, value: any}} Put `clear` is the id and the order key, `value` is sealed
 * @typedef {{store: string, key: IDBValidKey}} Drop
 * @typedef {{put: Put[], drop: Drop[], above?: number}} Writes `above`: no higher order number was ever given, or the work is void
 * @typedef {(store: string, keys: string[]) => Promise<Map<string, any>>} Read
 * @typedef {{key: string, store: string, id: string, why: string, at: number, raw: any}} Odd
 * @typedef {{store: string, record: any}} Sealed
 * @typedef {{store: string, key: string, rev: string|null}} Guard an entry that must not have moved
 * @typedef {{rev: string, moves: boolean, fresh: string, highest: number, wroteAt: number, above: number}} Moves
 */
import { CANARY, writeCanary } from './canary.js'
import { Hot } from './hot.js'
import { oddOne } from './odd.js'
import { isShaped } from './seal.js'

const MOST_TRIES = 50
/** A step can be 500 records long; the time limit of one tap would cut it off on a slow tablet. */
const LONG_STEP_MS = 15_000
const LONG_STEP_WRITES = 50

/** Somebody else wrote one of the records between reading and writing. */
class Moved extends Error {}

/** An earlier run of this very work was committed. */
class Done extends Error {}

/**
 * Do the work on what is read, and write what it returns, as if nobody else had been there. The work may run several times.
 * @param {Keeper} keeper
 * @param {(read: Read) => Promise<Writes|null>} work
 * @param {{durability?: "strict"|"relaxed"}} [options]
 * @returns {Promise<void>}
 */
export async function step(keeper, work, { durability = 'strict' } = {}) {
  const rev = keeper.newId()
  const hot = (keeper.hot ??= new Hot())
  for (let tried = 1; ; tried += 1) {
    /** @type {Map<string, Guard>} */
    const seen = new Map()
    /** @type {Odd[]} */
    const odd = []
    const writes = await work((store, keys) => readFrom(keeper, seen, odd, store, keys))
    if (!writes) return
    const sealed = await Promise.all(writes.put.map((put) => sealOne(keeper, put, rev)))
    const strays = odd.map((record) => ({ store: 'odd', record }))
    const canary = canaryOf(keeper, writes, rev)
    try {
      await commit(keeper, [...seen.values()], [...sealed, ...strays], writes.drop, canary, durability)
      hot.keep(writes.put, writes.drop, rev, canary.highest)
      keeper.copy?.keep(waiting(sealed), dropped(writes))
      return
    } catch (error) {
      hot.forget()
      if (!(error instanceof Moved) || tried === MOST_TRIES) throw error
    }
  }
}

/**
 * One entry that cannot be read does not stop the step: it counts as not there, and lies apart afterwards as it was.
 * @param {Keeper} keeper @param {Map<string, Guard>} seen @param {Odd[]} odd @param {string} store @param {string[]} wanted
 */
async function readFrom(keeper, seen, odd, store, wanted) {
  const found = new Map()
  const keys = wanted.filter((key) => !takeHot(keeper, seen, found, store, key))
  if (keys.length === 0) return found
  const kept = await keeper.db.tx(store, 'readonly', (t) => getEach(t.objectStore(store), keys))
  for (const [index, key] of keys.entries()) {
    const one = kept[index]
    seen.set(`${store} ${key}`, { store, key, rev: one?.rev ?? null })
    if (!one) continue
    try {
      const value = await keeper.seal.unseal(one.box)
      if (!isShaped(store, value)) throw new TypeError('It does not have the form of its kind')
      found.set(key, { ...value, n: one.n })
    } catch (error) {
      odd.push(oddOne(store, key, one, error, keeper.now()))
    }
  }
  return found
}

/** @param {Keeper} keeper @param {Map<string, Guard>} seen @param {Map<string, any>} found @param {string} store @param {string} key */
function takeHot(keeper, seen, found, store, key) {
  const hot = keeper.hot?.take(store, key)
  if (!hot) return false
  seen.set(`${store} ${key}`, { ...hot.guard, rev: hot.rev })
  found.set(key, hot.value)
  return true
}

/** @param {IDBObjectStore} store @param {string[]} keys @returns {{result: any}} */
export function getEach(store, keys) {
  const requests = keys.map((key) => store.get(key))
  return {
    get result() {
      return requests.map((request) => request.result)
    },
  }
}

/** @param {Keeper} keeper @param {Put} put @param {string} rev */
async function sealOne(keeper, { store, clear, value }, rev) {
  return { store, record: { ...clear, rev, box: await keeper.seal.seal(value) } }
}

/** @param {Sealed[]} sealed what waits, for the second copy */
function waiting(sealed) {
  return sealed.filter(({ store }) => store === 'outbox').map(({ record }) => record)
}

/** @param {Writes} writes changes that wait no longer */
function dropped({ drop }) {
  return drop.filter(({ store }) => store === 'outbox').map(({ key }) => String(key))
}

/** @param {Keeper} keeper @param {Writes} writes @param {string} rev @returns {Moves} */
function canaryOf(keeper, { put, drop, above = Infinity }, rev) {
  const counted = put.filter(({ store }) => store === 'outbox' || store === 'sent')
  const moves = counted.length > 0 || [...put, ...drop].some(({ store }) => store === 'meta' || store === 'outbox')
  const isWritten = counted.some(({ value }) => value.frozen === false)
  const highest = Math.max(0, ...counted.map(({ clear }) => clear.n))
  return { rev, moves, fresh: rev, highest, wroteAt: isWritten ? keeper.now() : 0, above }
}

/**
 * Everything is asked for at once: on a busy page each answer waits for the one before it to be looked at.
 * @param {Keeper} keeper @param {Guard[]} guards @param {Sealed[]} puts @param {Drop[]} drops @param {Moves} canary
 * @param {"strict"|"relaxed"} durability
 */
async function commit(keeper, guards, puts, drops, canary, durability) {
  const stores = new Set([...guards, ...puts, ...drops].map((one) => one.store))
  if (canary.moves) stores.add('meta').add('outbox')
  const limit = puts.length + drops.length > LONG_STEP_WRITES ? LONG_STEP_MS : undefined
  const work = (/** @type {IDBTransaction} */ t, /** @type {(reason: Error) => void} */ stop) => {
    check(t, guards, canary, stop)
    for (const { store, record } of puts) t.objectStore(store).put(record)
    for (const { store, key } of drops) t.objectStore(store).delete(key)
    if (canary.moves) writeCanary(t, canary)
  }
  try {
    await keeper.db.tx([...stores], 'readwrite', work, { durability, limit })
  } catch (error) {
    if (!(error instanceof Done)) throw error
  }
}

/**
 * Undo the transaction when something moved. A rev that is already ours means that an earlier run of this very work was
 * committed: what others wrote since stays.
 * @param {IDBTransaction} t @param {Guard[]} guards @param {Moves} canary @param {(reason: Error) => void} stop
 */
function check(t, guards, { rev: ours, moves, above }, stop) {
  const requests = guards.map((guard) => t.objectStore(guard.store).get(guard.key))
  const highest = moves && above < Infinity ? t.objectStore('meta').get(CANARY) : null
  const last = highest ?? requests[requests.length - 1]
  if (!last) return
  // Requests of one transaction are answered in the order they were placed, so the last one has all the others behind it, and
  // none of the writes that are placed after it.
  last.onsuccess = () => {
    const revs = requests.map((request) => request.result?.rev ?? null)
    if (revs.includes(ours)) stop(new Done())
    else if (revs.some((rev, index) => rev !== guards[index].rev)) stop(new Moved())
    else if ((highest?.result?.highest ?? 0) > above) stop(new Moved())
  }
}
