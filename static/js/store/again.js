// @ts-check
/**
 * A refused change is its person's to decide: put away for good, or offered once more under a new id.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("../core/types.js").Change} Change
 */
import { hashOf } from '../core/canonical.js'
import { sameValue, valueAt } from '../core/conflict.js'
import { Desk } from './desk.js'
import { forgetKept, lastNumber, viewOf } from './records.js'
import { step } from './step.js'
import { giveUp, letIn } from './stuck.js'

/**
 * Put a refused change away for good. A record that lives only in it goes with it.
 * @param {Keeper} keeper
 * @param {string} cid
 */
export async function dismiss(keeper, cid) {
  const { touched } = await giveUp(keeper, cid)
  if (touched.ids.length) return touched
  return withRefused(keeper, cid, async (desk, refused, doc) => {
    if (doc?.keptCid === cid) forgetKept(desk, refused.change.id, doc)
    desk.drops.push({ store: 'refused', key: cid })
  })
}

/**
 * Offer a refused change once more under a new id: a refused beginning whole, as the record stands now, else the same paths
 * laid over what is known by now.
 * @param {Keeper} keeper
 * @param {string} cid
 */
export async function tryAgain(keeper, cid) {
  const { touched } = await letIn(keeper, cid)
  if (touched.ids.length) return touched
  return offerAnew(keeper, cid)
}

/**
 * The same without asking anybody, where a copy of this tablet had used the id for something else. It was written when it was
 * written, and had seen what it had seen. Of a beginning both made only what the other does not say is offered, so it waits
 * until the other's row is here. Its new id is made from what it says: should two copies hold the very same change, they give it
 * the same one, and the server takes it once.
 * @param {Keeper} keeper @param {string} cid
 */
export function fileAnew(keeper, cid) {
  const asWritten = (/** @type {Change} */ { at, base = 0, seen = [] }) => ({ at, base, seen })
  const isTime = (/** @type {import("./desk.js").Refused} */ { change }, /** @type {any} */ doc) =>
    change.new === undefined || Boolean(doc?.body)
  return offerAnew(keeper, cid, asWritten, isTime, idOf)
}

/** @param {string} cid @param {any} content @returns {Promise<string>} */
async function idOf(cid, { at, new: whole, set }) {
  const hash = await hashOf({ cid, at, ...(whole ? { new: whole } : { set }) })
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/**
 * @param {Keeper} keeper @param {string} cid
 * @param {(change: Change) => object} [asWritten] what it had seen, and when; else it is written now, by somebody who looked
 * @param {(refused: import("./desk.js").Refused, doc: import("./reading.js").Doc|undefined) => boolean} [isTime]
 * @param {(cid: string, content: object) => Promise<string>} [idFor] under which id
 */
async function offerAnew(keeper, cid, asWritten = () => ({}), isTime = () => true, idFor) {
  const fresh = keeper.newId()
  const at = keeper.now()
  return withRefused(keeper, cid, async (desk, refused, doc) => {
    const { space, change, verdict } = refused
    const { id, kind } = change
    if (verdict === 'held' || !isTime(refused, doc)) return
    desk.drops.push({ store: 'refused', key: cid })
    const content = contentAgain(desk, change, doc, asWritten(change))
    if (!content) return
    if (doc?.keptCid === cid) forgetKept(desk, id, doc)
    const target = desk.doc(id, kind, space)
    const again = idFor ? await idFor(cid, { at, ...content }) : fresh
    const next = { cid: again, kind, id, at, ...content }
    target.pending.push(again)
    const n = (await lastNumber(keeper)) + 1
    desk.putEntry(again, { n, space, change: /** @type {any} */ (next), since: at, frozen: false, closed: true })
  })
}

/**
 * @param {Desk} desk @param {Change} change @param {import("./reading.js").Doc|undefined} doc @param {object} asWritten
 * @returns {object|null} nothing, where all of it stands there
 */
function contentAgain(desk, change, doc, asWritten) {
  const set = change.set ?? {}
  if (!change.new) return { ...(doc ? viewOf(desk, doc, set) : { base: 0, seen: [] }), set, ...asWritten }
  if (!doc?.body) return { new: (doc && desk.replayed(doc)) || change.new }
  // Somebody's row stands there by now: nothing of it was seen by what was written here.
  const more = whatDiffers(doc.body, (doc.keptCid === change.cid && doc.kept) || change.new)
  return Object.keys(more).length ? { ...asWritten, base: 0, seen: [], set: more } : null
}

/**
 * What a beginning says that the row does not. How far it went, given or not, is not what was written.
 * @param {import("../core/types.js").Body} row @param {import("../core/types.js").Body} begun @returns {Record<string, any>}
 */
function whatDiffers(row, { state: _state, ...begun }) {
  const paths = Object.entries(begun).flatMap(([field, value]) =>
    isMap(value) ? Object.entries(value).map(([key, one]) => [`${field}/${key}`, one]) : [[field, value]],
  )
  return Object.fromEntries(paths.filter(([path, value]) => value !== null && !sameValue(valueAt(row, path), value)))
}

/** @param {any} value */
function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * @param {Keeper} keeper @param {string} cid
 * @param {(desk: Desk, refused: import("./desk.js").Refused, doc: import("./reading.js").Doc|undefined) => Promise<void>} act
 * @returns {Promise<import("./store.js").Touched>}
 */
async function withRefused(keeper, cid, act) {
  let touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  await step(keeper, async (read) => {
    const refused = (await read('refused', [cid])).get(cid)
    if (!refused) return null
    const desk = await Desk.lay(read, [refused.change.id])
    await act(desk, refused, desk.docs.get(refused.change.id))
    touched = desk.touched()
    return desk.writes()
  })
  return touched
}
