// @ts-check
/**
 * What goes out: batches of waiting changes in the order they were made, and what became of them.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./desk.js").Entry} Entry
 * @typedef {import("../core/types.js").Problem} Problem
 * @typedef {{cid: string, change: import("../core/types.js").Change, hash: string}} Sending one change on its way, as it is sent
 */
import { hashOf } from '../core/canonical.js'
import { Desk } from './desk.js'
import { lastOf, opened, openedOf } from './reading.js'
import { step } from './step.js'
import { isLeftOut } from './stuck.js'

/** The server takes 1 MB for a whole request; other spaces and the envelope need room as well. */
const BATCH_CHARACTERS = 600_000
const MOST_CHANGES = 256
/** A sent change is kept longer than the oldest backup a server may be restored from. */
const SENT_KEEP_MS = 120 * 24 * 3_600_000
const PRUNE_AT_ONCE = 100
const LONG_READ_MS = 15_000

/**
 * The next changes to send. From here on they never change again: the server may get them and its answer may be lost.
 * @param {Keeper} keeper
 * @param {string} space
 * @param {number} [most]
 * @returns {Promise<Sending[]>} without what the server fell over lately, and what follows on the same record
 */
export async function batch(keeper, space, most = MOST_CHANGES) {
  /** @type {Entry[]} */
  let chosen = []
  const waiting = (await waitingIn(keeper)).filter((entry) => entry.space === space)
  const cids = fitting(without(waiting, keeper.now()), most).map((entry) => entry.change.cid)
  await step(keeper, async (read) => {
    const entries = await read('outbox', cids)
    chosen = [...entries.values()].sort((a, b) => a.n - b.n)
    const desk = new Desk()
    for (const entry of chosen.filter((one) => !one.frozen)) desk.putEntry(entry.change.cid, { ...entry, frozen: true })
    return desk.touchedEntries.size ? desk.writes() : null
  })
  return Promise.all(chosen.map(async ({ change }) => ({ cid: change.cid, change, hash: await hashOf(change) })))
}

/** Everything that waits, in order. @param {Keeper} keeper @returns {Promise<Entry[]>} */
export async function waitingIn(keeper) {
  const all = (/** @type {IDBTransaction} */ t) => t.objectStore('outbox').index('n').getAll()
  // After a server was restored, thousands may wait again.
  const kept = await keeper.db.tx('outbox', 'readonly', all, { limit: LONG_READ_MS })
  const entries = await Promise.all(
    kept.map(async (/** @type {any} */ one) => ({ entry: await opened(keeper, 'outbox', one), n: one.n })),
  )
  return entries.flatMap(({ entry, n }) => (entry ? [{ ...entry, n }] : []))
}

/** @param {Keeper} keeper @param {string} space @returns {Promise<{known: string|null, cursor: string|null}>} */
export async function cursorOf(keeper, space) {
  const { known = null, cursor = null } = await placeOf(keeper, space)
  return { known, cursor }
}

/** The commits this tablet heard of, newest first, as they are sent. @param {Keeper} keeper @param {string} space @returns {Promise<string[]>} */
export async function trailOf(keeper, space) {
  const { trail = [] } = await placeOf(keeper, space)
  return trail.map((/** @type {[number, string]} */ [, mark]) => mark)
}

/** @param {Keeper} keeper @param {string} space @returns {Promise<any>} */
async function placeOf(keeper, space) {
  const kept = await keeper.db.get('meta', `space:${space}`)
  return kept ? keeper.seal.unseal(kept.box) : {}
}

/** @typedef {{due: string[], observations: number}} Due `due` has the space of each change the server would be asked to take now */

/** What waits, beyond how many changes it is. @param {Keeper} keeper @returns {Promise<Due>} */
export async function countDue(keeper) {
  const waiting = await waitingIn(keeper)
  const observations = waiting.filter(({ change }) => change.kind === 'observation').map(({ change }) => change.id)
  return { due: without(waiting, keeper.now()).map(({ space }) => space), observations: new Set(observations).size }
}

/** @param {Keeper} keeper @returns {Promise<import("../core/types.js").NeedsYou[]>} newest first */
export async function needsYou(keeper) {
  const kept = await keeper.db.tx('refused', 'readonly', (t) => t.objectStore('refused').index('n').getAll())
  const refused = await openedOf(keeper, 'refused', kept)
  const waiting = await waitingIn(keeper)
  const doubted = waiting.filter((entry) => entry.doubt)
  const items = [
    ...refused.map(({ space, change, verdict, problem, at }) => ({ ...named(change), space, verdict, problem, at })),
    ...doubted.map(({ space, change, doubt }) => ({
      ...named(change),
      space,
      verdict: 'doubt',
      problem: { code: 'receipt-differs' },
      at: doubt?.at ?? 0,
    })),
    ...waiting.flatMap(({ space, change, stuck }) =>
      stuck
        ? [{ ...named(change), space, verdict: 'stuck', problem: { code: 'server-falls' }, at: stuck.at, until: stuck.until }]
        : [],
    ),
  ]
  return /** @type {any[]} */ (items).sort((a, b) => b.at - a.at)
}

/**
 * Let go of sent changes that every backup covers by now: by the server's clock, because a tablet's may be years off.
 * @param {Keeper} keeper @param {number} serverNow
 * @returns {Promise<boolean>} whether there may be more
 */
export async function pruneSent(keeper, serverNow) {
  const kept = await keeper.db.tx('sent', 'readonly', (t) => t.objectStore('sent').index('n').getAll(null, PRUNE_AT_ONCE))
  const sent = await openedOf(keeper, 'sent', kept)
  const old = sent.filter(({ serverAt = serverNow }) => serverAt < serverNow - SENT_KEEP_MS).map((one) => one.change.cid)
  if (old.length === 0) return false
  await step(keeper, async () => ({ put: [], drop: old.map((key) => ({ store: 'sent', key })) }))
  return old.length === PRUNE_AT_ONCE
}

/**
 * The same without asking the server: by the latest time it is known to have said, which is never too late.
 * @param {Keeper} keeper
 */
export async function pruneAllSent(keeper) {
  const newest = await keeper.db.tx('sent', 'readonly', (t) => lastOf(t.objectStore('sent').index('n'), null, 1))
  const [last] = await openedOf(keeper, 'sent', newest)
  if (last?.serverAt) while (await pruneSent(keeper, last.serverAt)) {}
}

/**
 * What is left out takes along what was built on it: the server must not judge that alone.
 * @param {Entry[]} waiting @param {number} now
 */
function without(waiting, now) {
  const stuck = new Set(waiting.filter((entry) => isLeftOut(entry.stuck, now)).map(({ change }) => change.cid))
  return waiting.filter(({ change }) => {
    const isStuck = stuck.has(change.cid) || stuck.has(change.id) || stuck.has(change.after ?? '')
    if (isStuck) stuck.add(change.id).add(change.cid)
    return !isStuck
  })
}

/** @param {Entry[]} waiting @param {number} most */
function fitting(waiting, most) {
  let room = BATCH_CHARACTERS
  const end = waiting.findIndex(({ change }, index) => {
    room -= JSON.stringify(change).length
    return index === most || (room < 0 && index > 0)
  })
  return end < 0 ? waiting : waiting.slice(0, end)
}

/** @param {import("../core/types.js").Change} change */
function named(change) {
  return { cid: change.cid, kind: change.kind, id: change.id, change }
}
