// @ts-check
/**
 * Which version of a conflict was written here, and when: known from this tablet's own changes and nothing else.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("../core/types.js").Change} Change
 * @typedef {import("../core/types.js").Conflicting} Conflicting
 * @typedef {import("../core/conflict.js").Conflict} Conflict
 */
import { conflictsOf, sameValue, valueAt } from '../core/conflict.js'
import { CONFLICT_SHELF, lastOf, read, shelfOfConflicts } from './reading.js'

/** Conflicts come up soon after the writing; older changes are not searched. */
const MOST_SEARCHED = 500
const MOST_SHOWN = 50
/** Of what is put together in one change, each part is as old as the change. */
const NOT_HERE = { here: false, at: null }

/**
 * The conflicts of one record, each version with who wrote it as far as is known.
 * @param {Keeper} keeper @param {string} id @returns {Promise<Conflicting[]>}
 */
export async function conflictsIn(keeper, id) {
  const record = await read(keeper, id)
  const conflicts = conflictsOf(record?.body ?? {})
  if (conflicts.length === 0) return []
  const all = await ownChanges(keeper)
  const own = all.filter((change) => change.id === id)
  return conflicts.map((one) => ({ ...one, besideBy: besideBy(own, one) ?? fromDouble(all, one), standsBy: standsBy(own, one) }))
}

/** The records in which something is to be chosen, newest first. @param {Keeper} keeper @returns {Promise<Array<{id: string, kind: string, space: string}>>} */
export async function recordsInConflict(keeper) {
  const rows = await keeper.db.tx('rows', 'readonly', (t) =>
    lastOf(t.objectStore('rows').index('order'), shelfOfConflicts(), MOST_SHOWN),
  )
  return Promise.all(rows.map((/** @type {any} */ row) => keeper.seal.unseal(row.box)))
}

/** The list line that makes a conflict countable. @param {string} id @param {number} at @param {{kind: string, space: string}} about */
export function conflictRow(id, at, { kind, space }) {
  return { store: 'rows', clear: { id: conflictKey(id), order: [CONFLICT_SHELF, at, id] }, value: { id, kind, space } }
}

/** @param {string} id */
export function conflictKey(id) {
  return `${CONFLICT_SHELF}${id}`
}

/** @param {Keeper} keeper @returns {Promise<Change[]>} newest first */
async function ownChanges(keeper) {
  const found = await Promise.all(
    ['outbox', 'sent'].map((store) =>
      keeper.db.tx(store, 'readonly', (t) => lastOf(t.objectStore(store).index('n'), null, MOST_SEARCHED)),
    ),
  )
  const all = await Promise.all(found.flat().map((/** @type {any} */ one) => keeper.seal.unseal(one.box)))
  return all.map(({ change }) => change)
}

/** @param {Change[]} own @param {Conflict} conflict */
function besideBy(own, { short }) {
  const found = own.find(({ cid }) => cid.startsWith(short))
  return found ? { here: true, at: found.at } : null
}

/**
 * Two visits were brought together: the other version was written in the one whose id begins like this.
 * @param {Change[]} all @param {Conflict} conflict
 */
function fromDouble(all, { short, path, beside }) {
  const found = all.find((change) => change.id.startsWith(short) && sameValue(writtenAt(change, path), beside))
  return found ? { here: true, at: found.at } : NOT_HERE
}

/** @param {Change[]} own @param {Conflict} conflict */
function standsBy(own, { path, stands }) {
  const found = own.find((change) => sameValue(writtenAt(change, path), stands))
  return found ? { here: true, at: found.at } : NOT_HERE
}

/** @param {Change} change @param {string} path */
function writtenAt(change, path) {
  return change.new ? valueAt(change.new, path) : change.set?.[path]
}
