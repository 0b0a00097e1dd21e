// @ts-check
/**
 * One step of the store, with a seal that takes its time: read and unseal, work out, seal; then one transaction that looks at
 * every `rev` again and writes all of it or, if one moved, nothing, and the step starts over. The canary moves in the same
 * transaction; the second copy is told afterwards, and nobody waits for it.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {{store: string, clear: Record<string, any>, value: any}} Put `clear` is the id and the order key, `value` is sealed
 * @typedef {{store: string, key: IDBValidKey}} Drop
 * @typedef {{put: Put[], drop: Drop[]}} Writes
 * @typedef {(store: string, keys: string[]) => Promise<Map<string, any>>} Read
 * @typedef {{key: string, store: string, id: string, why: string, at: number, raw: any}} Odd
 * @typedef {{store: string, record: any}} Sealed
 */
import { writeCanary } from './canary.js'
import { oddOne } from './odd.js'
import { isShaped } from './seal.js'

const MOST_TRIES = 50
/** A step can be 500 records long; the time limit of one tap would cut it off on a slow tablet. */
const LONG_STEP_MS = 15_000
const LONG_STEP_WRITES = 50

/** Somebody else wrote one of the records between reading and writing. */
class Moved extends Error {}

/**
 * Do the work on what is read, and write what it returns, as if nobody else had been there. The work may run several times.
 * @param {Keeper} keeper
 * @param {(read: Read) => Promise<Writes|null>} work
 * @param {{durability?: "strict"|"relaxed"}} [options]
 * @returns {Promise<void>}
 */
export async function step(keeper, work, { durability = 'strict' } = {}) {
  const rev = keeper.newId()
  for (let tried = 1; ; tried += 1) {
    /** @type {Map<string, {store: string, key: string, rev: string|null}>} */
    const seen = new Map()
    /** @type {Odd[]} */
    const odd = []
    const writes = await work((store, keys) => readFrom(keeper, seen, odd, store, keys))
    if (!writes) return
    const sealed = await Promise.all(writes.put.map((put) => sealOne(keeper, put, rev)))
    const strays = odd.map((record) => ({ store: 'odd', record }))
    try {
      await commit(keeper, [...seen.values()], [...sealed, ...strays], writes.drop, canaryOf(keeper, writes, rev), durability)
      keeper.copy?.keep(waiting(sealed), dropped(writes))
      return
    } catch (error) {
      if (!(error instanceof Moved) || tried === MOST_TRIES) throw error
    }
  }
}

/**
 * One entry that cannot be read does not stop the step: it counts as not there, and lies apart afterwards as it was.
 * @param {Keeper} keeper @param {Map<string, any>} seen @param {Odd[]} odd @param {string} store @param {string[]} keys
 */
async function readFrom(keeper, seen, odd, store, keys) {
  const found = new Map()
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

/** @param {Keeper} keeper @param {Writes} writes @param {string} rev */
function canaryOf(keeper, { put, drop }, rev) {
  const counted = put.filter(({ store }) => store === 'outbox' || store === 'sent')
  const moves = counted.length > 0 || [...put, ...drop].some(({ store }) => store === 'meta' || store === 'outbox')
  const isWritten = counted.some(({ value }) => value.frozen === false)
  const highest = Math.max(0, ...counted.map(({ clear }) => clear.n))
  return { rev, moves, fresh: rev, highest, wroteAt: isWritten ? keeper.now() : 0 }
}

/**
 * @param {Keeper} keeper
 * @param {Array<{store: string, key: string, rev: string|null}>} guards
 * @param {Sealed[]} puts
 * @param {Drop[]} drops
 * @param {{rev: string, moves: boolean, fresh: string, highest: number, wroteAt: number}} canary
 * @param {"strict"|"relaxed"} durability
 */
function commit(keeper, guards, puts, drops, canary, durability) {
  const stores = new Set([...guards, ...puts, ...drops].map((one) => one.store))
  if (canary.moves) stores.add('meta').add('outbox')
  const limit = puts.length + drops.length > LONG_STEP_WRITES ? LONG_STEP_MS : undefined
  return keeper.db.tx(
    [...stores],
    'readwrite',
    (t, stop) => {
      const write = () => {
        for (const { store, record } of puts) t.objectStore(store).put(record)
        for (const { store, key } of drops) t.objectStore(store).delete(key)
        if (canary.moves) writeCanary(t, canary)
      }
      checkEach(t, guards, canary.rev, write, stop)
    },
    { durability, limit },
  )
}

/**
 * Write when nothing moved. A rev that is already ours means that an earlier run of this very work was committed.
 * @param {IDBTransaction} t
 * @param {Array<{store: string, key: string, rev: string|null}>} guards
 * @param {string} ours
 * @param {() => void} write
 * @param {(reason: Error) => void} stop
 */
function checkEach(t, guards, ours, write, stop) {
  if (guards.length === 0) return write()
  const requests = guards.map((guard) => t.objectStore(guard.store).get(guard.key))
  // Requests of one transaction are answered in the order they were placed, so the last one has all the others behind it.
  requests[requests.length - 1].onsuccess = () => {
    const revs = requests.map((request) => request.result?.rev ?? null)
    if (revs.includes(ours)) return
    if (revs.every((rev, index) => rev === guards[index].rev)) write()
    else stop(new Moved())
  }
}
