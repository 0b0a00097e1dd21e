// @ts-check
/**
 * The last resort: when the database does not answer even after healing, the edits go, sealed, into the tab's session storage,
 * which survives the reload that mends most things, and into the second copy, which survives more. The next start writes them.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("../core/types.js").Edit} Edit
 * @typedef {import("./second-copy.js").Copy} Copy
 * @typedef {{id: string, space: string, edits: Edit[]}} Unkept edits that are nowhere in the database
 */

import { changesOfEdits } from '../core/copy.js'
import { applyChange } from '../core/merge.js'
import { keepSame } from '../core/same.js'
import { shelve, shelved, unshelve } from './leaving.js'
import { lastNumber } from './records.js'
import { editsIn } from './second-copy.js'
import { step } from './step.js'

/**
 * Keep edits that could not be written. True when they will survive a reload.
 * @param {string} account @param {import("./seal.js").Seal} seal @param {Copy|null} copy @param {Unkept} unkept
 * @returns {Promise<boolean>}
 */
export async function keepSafe(account, seal, copy, unkept) {
  const sealed = await seal.seal(unkept)
  copy?.keepEdits(unkept.id, sealed)
  return shelve(account, sealed)
}

/**
 * They are written by now, or something newer is.
 * @param {string} account @param {import("./seal.js").Seal} seal @param {Copy|null} copy @param {string} id
 */
export async function letGo(account, seal, copy, id) {
  copy?.dropEdits(id)
  const gone = []
  for (const sealed of shelved(account)) if ((await opened(seal, sealed))?.id === id) gone.push(sealed)
  unshelve(account, gone)
}

/**
 * What of the edits is not covered by newer ones; null when nothing is left.
 * @param {Unkept} unkept @param {Edit[]} newer
 * @returns {Unkept|null}
 */
export function remaining(unkept, newer) {
  const covered = new Set(
    newer.flatMap((edit) => ('new' in edit ? [edit.new.id] : Object.keys(edit.set).map((path) => `${edit.id} ${path}`))),
  )
  const places = unkept.edits.flatMap((edit, at) => (left(edit) ? [at] : []))
  const edits = places.map((at) => inPlace(/** @type {Edit} */ (left(unkept.edits[at]))))
  if (JSON.stringify(edits) === JSON.stringify(unkept.edits)) return unkept
  return edits.length ? { ...unkept, edits } : null

  /** @param {Edit} edit @returns {Edit|null} */
  function left(edit) {
    if ('new' in edit) return covered.has(edit.new.id) ? null : edit
    const set = Object.fromEntries(Object.entries(edit.set).filter(([path]) => !covered.has(`${edit.id} ${path}`)))
    return Object.keys(set).length ? { ...edit, set } : null
  }

  /** What it comes after may have another number now, or none. @param {Edit} edit @returns {Edit} */
  function inPlace({ after, ...edit }) {
    const place = after === undefined ? -1 : places.indexOf(after)
    return /** @type {Edit} */ (place < 0 ? edit : { ...edit, after: place })
  }
}

/**
 * What lies there and is written nowhere else yet.
 * @param {string} account @param {import("./seal.js").Seal} seal @returns {Promise<Array<{space: string, edits: Edit[]}>>}
 */
export async function stranded(account, seal) {
  const kept = await Promise.all(shelved(account).map((sealed) => opened(seal, sealed)))
  return kept.filter((one) => one !== null)
}

/**
 * Write what an earlier page could not. What cannot be written now either stays where it is, with all that was meant to come
 * after it.
 * @param {Store} store @param {import("./seal.js").Seal} seal @param {Copy|null} copy
 * @param {Edit[]} newer what was written since this page began: it stands
 * @returns {Promise<number>} how many came back
 */
export async function recover(store, seal, copy, newer) {
  const copied = copy ? editsIn(await copy.flush()).map(({ box }) => box) : []
  /** @type {Map<string, Unkept>} */
  const kept = new Map()
  for (const sealed of [...shelved(store.account), ...copied]) {
    const unkept = await opened(seal, sealed)
    if (unkept) kept.set(unkept.id, unkept)
  }
  let count = 0
  const all = [...kept.values()]
  for (const [index, unkept] of all.entries()) {
    const since = [...all.slice(index + 1).flatMap(({ edits }) => edits), ...newer]
    const left = remaining(unkept, since)
    const isNews = left && !(await isThere(store, left))
    if (isNews && !(await store.writeAgain(left))) break
    count += isNews ? 1 : 0
    await letGo(store.account, seal, copy, unkept.id)
  }
  return count
}

/** A page can go between a write and hearing of it. Edits are written all or none. @param {Store} store @param {Unkept} unkept */
async function isThere(store, { edits }) {
  for (const edit of edits) {
    const body = (await store.read('new' in edit ? edit.new.id : edit.id))?.body ?? null
    const after = body && ('new' in edit ? body : applyChange(body, edit))
    if (!body || keepSame(body, after ?? {}) !== body) return false
  }
  return true
}

/**
 * Edits of a record that is not here any more, or not to be written here: kept word for word among what needs its person.
 * @param {import("./reading.js").Keeper} keeper @param {Unkept} unkept @param {string} code why
 */
export async function noteUnwritable(keeper, unkept, code) {
  const at = keeper.now()
  const changes = await changesOfEdits([unkept], at)
  const from = (await lastNumber(keeper)) + 1
  const put = changes.map(({ space, change }, index) => ({
    store: 'refused',
    clear: { cid: change.cid, n: from + index },
    value: { space, change, verdict: 'refused', problem: { code }, at },
  }))
  await step(keeper, async () => ({ put, drop: [] }))
}

/** One that cannot be read does not hold up the others. @param {import("./seal.js").Seal} seal @param {any} sealed */
async function opened(seal, sealed) {
  const unkept = await seal.unseal(sealed).catch(() => null)
  return Array.isArray(unkept?.edits) ? unkept : null
}
