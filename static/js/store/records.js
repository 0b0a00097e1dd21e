// @ts-check
/**
 * The writing half of records: what a person did becomes, in one strict transaction, the record, its list row and a change in
 * the outbox. Nobody else writes what a person did.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./reading.js").Doc} Doc
 * @typedef {import("./desk.js").Entry} Entry
 * @typedef {import("../core/types.js").Edit} Edit
 * @typedef {import("../core/types.js").Change} Change
 * @typedef {{edit: Edit, cid: string, id: string, kind: string}} Made an edit with the id its change would have
 */
import { exchangeable } from '../core/canonical.js'
import { applyChange, joinSets } from '../core/merge.js'
import { CANARY } from './canary.js'
import { Desk } from './desk.js'
import { isNewer, lastOf, shownOf } from './reading.js'
import { step } from './step.js'

/** Edits are joined into one change up to here, far below what the server takes. */
const MOST_JOINED_CHARACTERS = 128_000

/** As many own changes as the server lets one change vouch for; the latest say most. */
export const MOST_SEEN = 64

/** An edit of a record this tablet does not have. */
export class NotHere extends Error {
  /** @param {string} id */
  constructor(id) {
    super(`no record ${id} on this tablet`)
    this.code = 'unknown-record'
  }
}

/** An edit of a record that a newer version of the app wrote: it is kept to the letter. */
export class OnlyRead extends Error {
  /** @param {string} id */
  constructor(id) {
    super(`record ${id} is of a newer version of this app`)
    this.code = 'newer-record'
  }
}

/**
 * Write the edits, all or none; resolves on the transaction's complete event.
 * @param {Keeper} keeper
 * @param {string} space
 * @param {Edit[]} edits
 * @param {(read: import("./step.js").Read) => Promise<import("./step.js").Writes>} [beside] written in the same transaction
 * @returns {Promise<import("./store.js").Touched>}
 */
export async function write(keeper, space, edits, beside) {
  // Ids before the work: the work may run twice, and must mean the same both times.
  const made = edits.map((edit) => ({ edit: fitToSend(edit), cid: keeper.newId(), ...about(edit) }))
  const at = keeper.now()
  let touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  await step(keeper, async (read) => {
    const desk = await Desk.lay(read, [...new Set(made.map(({ id }) => id))])
    const above = keeper.hot?.highest ?? (await lastNumber(keeper))
    placeAll(desk, space, made, at, above)
    touched = desk.touched()
    if (beside) {
      const { put, drop } = await beside(read)
      desk.puts.push(...put)
      desk.drops.push(...drop)
    }
    if (keeper.hot) keeper.hot.highest ??= above
    return { ...desk.writes(), above }
  })
  return touched
}

/** The highest order number ever given here. @param {Keeper} keeper @returns {Promise<number>} */
export async function lastNumber(keeper) {
  const [waiting, sent] = await Promise.all(
    ['outbox', 'sent'].map((store) => keeper.db.tx(store, 'readonly', (t) => lastOf(t.objectStore(store).index('n'), null, 1))),
  )
  // What was sent is let go of one day; its numbers are never given again.
  const canary = await keeper.db.get('meta', CANARY)
  return Math.max(waiting[0]?.n ?? 0, sent[0]?.n ?? 0, canary?.highest ?? 0)
}

/** @param {Desk} desk @param {string} space @param {Made[]} made @param {number} at @param {number} lastN */
function placeAll(desk, space, made, at, lastN) {
  /** @type {string[]} */
  const cids = []
  for (const [index, one] of made.entries()) {
    const after = one.edit.after === undefined ? undefined : cids[one.edit.after]
    cids.push(place(desk, space, one, after, at, lastN + 1 + index))
  }
}

/**
 * @param {Desk} desk @param {string} space @param {Made} made @param {string|undefined} after @param {number} at
 * @param {number} n @returns {string} the change the edit went into
 */
function place(desk, space, made, after, at, n) {
  const known = desk.docs.get(made.id)
  const done = known?.pending.find((cid) => cid === made.cid)
  if (done) return done
  if ('new' in made.edit)
    return known && shownOf(known) ? known.pending[0] : begin(desk, space, made, made.edit.new.body, after, at, n)
  const shown = known && (desk.replayed(known) ?? known.body)
  // Thrown away already: this very work may have run before.
  if (isRemoval(made.edit.set) && !shown) return made.cid
  if (!known || !shown) throw new NotHere(made.id)
  if (isNewer(known.kind, shown)) throw new OnlyRead(made.id)
  // Under a row it only waits for its person's decision.
  const isKept = known.kept && !known.body
  if (isKept && isRemoval(made.edit.set)) return throwAway(desk, made, known)
  if (isKept) return beginAgain(desk, made, known, made.edit.set, at, n)
  return setPaths(desk, made, known, made.edit.set, after, at, n)
}

/**
 * @param {Desk} desk @param {string} space @param {Made} made @param {any} body @param {string|undefined} after
 * @param {number} at @param {number} n
 */
function begin(desk, space, { cid, kind, id }, body, after, at, n) {
  const doc = desk.doc(id, kind, space)
  doc.pending.push(cid)
  desk.putEntry(cid, entryOf(space, { cid, kind, id, at, new: body, ...(after ? { after } : {}) }, n))
  return cid
}

/**
 * The server refused to begin this record, and its person goes on with it: offer it again, whole, as it stands now.
 * @param {Desk} desk @param {Made} made @param {Doc} doc @param {Record<string, any>} set @param {number} at @param {number} n
 */
function beginAgain(desk, { cid, kind, id }, doc, set, at, n) {
  const whole = applyChange(desk.replayed(doc) ?? null, { set })
  forgetKept(desk, id, doc)
  return begin(desk, doc.space, /** @type {Made} */ ({ cid, kind, id }), whole, undefined, at, n)
}

/**
 * The server refused to begin this record, and its person throws it away: there is nothing to tell the server. What is on its
 * way already stays until it is answered for.
 * @param {Desk} desk @param {Made} made @param {Doc} doc
 */
function throwAway(desk, { cid, id }, doc) {
  forgetKept(desk, id, doc)
  for (const waiting of doc.pending) if (!desk.entries.get(waiting)?.frozen) desk.takeOut(waiting, doc)
  return cid
}

/** @param {Desk} desk @param {string} id @param {Doc} doc */
export function forgetKept(desk, id, doc) {
  desk.doc(id, doc.kind, doc.space)
  if (doc.keptCid) desk.drops.push({ store: 'refused', key: doc.keptCid })
  doc.kept = null
  delete doc.keptCid
}

/**
 * @param {Desk} desk @param {Made} made @param {Doc} doc @param {Record<string, any>} set
 * @param {string|undefined} after @param {number} at @param {number} n
 */
function setPaths(desk, { cid, id }, doc, set, after, at, n) {
  desk.doc(id, doc.kind, doc.space)
  const lastCid = doc.pending[doc.pending.length - 1]
  const last = desk.entries.get(lastCid)
  const view = viewOf(desk, doc, set)
  if (last && !after && isJoinable(last, view.base, set)) {
    desk.putEntry(lastCid, joined(last, set, at))
    return lastCid
  }
  const change = { cid, kind: doc.kind, id, at, ...view, set, ...(after ? { after } : {}) }
  doc.pending.push(cid)
  desk.putEntry(cid, { ...entryOf(doc.space, change, n), closed: 'state' in set })
  return cid
}

/** @param {Record<string, any>} set */
function isRemoval(set) {
  return set[''] === null
}

/**
 * What its person had before them at these paths. An own change that its row does not show yet lies over every later row: who
 * writes on there has seen what that change had seen, and nothing that came under it.
 * @param {Desk} desk @param {Doc} doc @param {Record<string, any>} set @returns {{base: number, seen: string[]}}
 */
export function viewOf(desk, doc, set) {
  const over = desk.ownOver(doc).filter((change) => meets(change, set))
  const seen = [...over.flatMap((change) => change.seen ?? []), ...doc.echo.map(({ change }) => change.cid), ...doc.pending]
  return { base: Math.min(doc.seq, ...over.map(({ base = 0 }) => base)), seen: [...new Set(seen)].slice(-MOST_SEEN) }
}

/** Do they speak of one place? A whole body, and a removal, speak of all. @param {Change} change @param {Record<string, any>} set */
function meets(change, set) {
  if (!change.set) return true
  const covers = (/** @type {string} */ one, /** @type {string} */ other) => !one || `${other}/`.startsWith(`${one}/`)
  const theirs = Object.keys(change.set)
  return Object.keys(set).some((path) => theirs.some((one) => covers(one, path) || covers(path, one)))
}

/**
 * May the edit go into the waiting change? Not when the network had it, not after a state was set, and not when a row came in
 * between: the joined change would claim to have seen what only its later half saw. A removal is a change of its own.
 * @param {Entry} entry @param {number} base what the edit has seen @param {Record<string, any>} set
 */
function isJoinable({ frozen, closed, change }, base, set) {
  if (frozen || closed || isRemoval(set)) return false
  if (!change.new && change.base !== base) return false
  return JSON.stringify(change).length + JSON.stringify(set).length <= MOST_JOINED_CHARACTERS
}

/** @param {Entry} entry @param {Record<string, any>} set @param {number} at @returns {Entry} */
function joined(entry, set, at) {
  const { change } = entry
  const content = change.new ? { new: applyChange(change.new, { set }) ?? {} } : { set: joinSets(change.set ?? {}, set) }
  return { ...entry, closed: 'state' in set, change: { ...change, at, ...content } }
}

/** @param {string} space @param {Change} change @param {number} n @returns {Entry} */
function entryOf(space, change, n) {
  return { n, space, change, since: change.at, frozen: false, closed: false }
}

/** What could not be sent is noticed here, before it is saved. @param {Edit} edit @returns {Edit} */
function fitToSend(edit) {
  if ('new' in edit) return { ...edit, new: { ...edit.new, body: exchangeable(edit.new.body) } }
  return { ...edit, set: exchangeable(edit.set) }
}

/** @param {Edit} edit */
function about(edit) {
  const { id, kind } = 'new' in edit ? edit.new : edit
  return { id, kind }
}
