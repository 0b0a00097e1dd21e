// @ts-check
/**
 * The one way back from anything unusual: the server lists the ids and seqs of all that may be seen here, and the tablet
 * fetches what differs and forgets the rest.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./store.js").Touched} Touched
 * @typedef {import("../core/types.js").Body} Body
 * @typedef {[number, string, string, Body|null, string?]} WholeRow with the server's mark
 * @typedef {import("./rows.js").History & {common: number}} Lost how a lost history is walked
 * @typedef {{listed: Set<string>, left: Set<string>, cursor: string, at: string, history: Lost|null}} Walked
 */
import { heard, upTo } from '../core/trail.js'
import { Desk } from './desk.js'
import { CONFLICT_SHELF, opened } from './reading.js'
import { forget, takeRow, uncount } from './rows.js'
import { getEach, step } from './step.js'

const AT_ONCE = 200
const LONG_READ_MS = 15_000
/** No person's view has this name. */
const NO_VIEW = '0'

/**
 * What this tablet shows of the space: id to seq.
 * @param {Keeper} keeper @param {string} space @returns {Promise<Map<string, number>>}
 */
export async function knownSeqs(keeper, space) {
  const { rows } = await everything(keeper)
  return seqsOf(keeper, space, rows)
}

/**
 * What lies here of the space, shown or not: under an own removal that waits there is still the server's row, without a line in
 * any list. Left here, it would be shown again as soon as the removal is answered.
 * @param {Keeper} keeper @param {string} space @returns {Promise<string[]>}
 */
async function idsHere(keeper, space) {
  const { rows, ids } = await everything(keeper)
  const lines = new Set(rows.map(({ id }) => id))
  const unshown = ids.filter((id) => !lines.has(id))
  const kept = await keeper.db.tx('docs', 'readonly', (t) => getEach(t.objectStore('docs'), unshown), { limit: LONG_READ_MS })
  const docs = await Promise.all(kept.map((/** @type {any} */ one) => one && opened(keeper, 'docs', one)))
  const under = unshown.filter((_, index) => docs[index]?.space === space && docs[index].body)
  return [...(await seqsOf(keeper, space, rows)).keys(), ...under]
}

/**
 * Every line and the id of every record, as they stood at one moment: what is removed just now is in one of them.
 * @param {Keeper} keeper @returns {Promise<{rows: any[], ids: string[]}>}
 */
function everything(keeper) {
  const work = (/** @type {IDBTransaction} */ t) => {
    const [rows, ids] = [t.objectStore('rows').getAll(), t.objectStore('docs').getAllKeys()]
    return {
      get result() {
        return { rows: rows.result, ids: ids.result }
      },
    }
  }
  return keeper.db.tx(['rows', 'docs'], 'readonly', work, { limit: LONG_READ_MS })
}

/** @param {Keeper} keeper @param {string} space @param {any[]} rows @returns {Promise<Map<string, number>>} */
async function seqsOf(keeper, space, rows) {
  const records = rows.filter((row) => row.order[0] !== CONFLICT_SHELF)
  const lines = await Promise.all(records.map(async (row) => ({ ...(await opened(keeper, 'rows', row)), id: row.id })))
  return new Map(lines.filter((line) => line.space === space).map((line) => [line.id, line.seq]))
}

/**
 * Take a page of whole rows, and with it the newest that was heard of the server's history: if the server is restored while
 * the walk is cut short, the rows taken here would otherwise look newer than anything it says later.
 * @param {Keeper} keeper @param {string} space @param {WholeRow[]} rows @param {{history: Lost|null, at: string}} walking
 * @returns {Promise<{touched: Touched}>}
 */
export async function takeRows(keeper, space, rows, { history, at }) {
  return onDesk(
    keeper,
    rows.map((row) => row[1]),
    async (desk, read) => {
      for (const row of rows) takeRow(desk, space, row, history)
      // A lost history is only over when its walk is: until then the old place makes the next round begin it again.
      if (!history) desk.puts.push(await placeAt(read, space, (place) => halfWalked(place, at)))
    },
  )
}

/**
 * Forget what was not listed, then stand where the walk ended. After a lost history only what left one's sight during the walk
 * is forgotten; what the server does not have is kept, without a number, because the new history counts anew.
 * @param {Keeper} keeper @param {string} space @param {Walked} walked
 * @returns {Promise<{touched: Touched}>}
 */
export async function finishWalk(keeper, space, { listed, left, cursor, at, history }) {
  const known = await idsHere(keeper, space)
  const lost = known.filter((id) => (history ? left.has(id) : !listed.has(id)))
  const unknown = history ? known.filter((id) => !listed.has(id) && !left.has(id)) : []
  /** @type {Set<string>} */
  const kinds = new Set()
  for (const ids of chunks(lost)) {
    const { touched } = await onDesk(keeper, ids, (desk) => ids.forEach((id) => forget(desk, id)))
    for (const kind of touched.kinds) kinds.add(kind)
  }
  for (const ids of chunks(unknown))
    await onDesk(keeper, ids, (desk) => ids.forEach((id) => letGo(desk, id, /** @type {Lost} */ (history))))
  const moved = (/** @type {any} */ { trail = [] }) => ({
    cursor,
    known: at,
    trail: heard(history ? upTo(trail, history.common) : trail, at),
  })
  await step(keeper, async (read) => ({ put: [await placeAt(read, space, moved)], drop: [] }))
  // A screen that shows one of these kinds has to paint without it.
  return { touched: { ids: lost, kinds: [...kinds] } }
}

/**
 * A row that was not listed after a lost history. If the server has it, in the part both know or because it was offered, its
 * person may not see it any more; else it is only here, and is kept.
 * @param {Desk} desk @param {string} id @param {Lost} lost
 */
function letGo(desk, id, { accepted, common }) {
  const mark = desk.docs.get(id)?.mark
  if (accepted.has(id) || (mark && mark.seq <= common)) forget(desk, id)
  else uncount(desk, id)
}

/**
 * Rows of a walk lie here now that the old place knows nothing of. Were the walk cut short and the old view back, that place
 * would fit again, and they would stay: so it stands in no view, and the next round walks again.
 * @param {any} place @param {string} at
 */
function halfWalked({ trail = [], cursor = null }, at) {
  return { known: at, trail: heard(trail, at), cursor: inNoView(cursor) }
}

/**
 * Stand in no view, so that the next round walks whatever the server says by then: it may be back where this place fits.
 * @param {Keeper} keeper @param {string} space
 */
export function leaveView(keeper, space) {
  const moved = (/** @type {any} */ { cursor = null }) => ({ cursor: inNoView(cursor) })
  return step(keeper, async (read) => ({ put: [await placeAt(read, space, moved)], drop: [] }))
}

/** @param {string|null} cursor */
function inNoView(cursor) {
  return cursor && `${cursor.split('.')[0]}.${NO_VIEW}`
}

/** @param {import("./step.js").Read} read @param {string} space @param {(place: any) => object} moved */
async function placeAt(read, space, moved) {
  const name = `space:${space}`
  const { n: _n, ...place } = (await read('meta', [name])).get(name) ?? {}
  return { store: 'meta', clear: { name }, value: { ...place, ...moved(place) } }
}

/**
 * @param {Keeper} keeper @param {string[]} ids
 * @param {(desk: Desk, read: import("./step.js").Read) => void|Promise<void>} act
 * @returns {Promise<{touched: Touched}>}
 */
export async function onDesk(keeper, ids, act) {
  let touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  await step(keeper, async (read) => {
    const desk = await Desk.lay(read, [...new Set(ids)])
    await act(desk, read)
    touched = desk.touched()
    return desk.writes()
  })
  return { touched }
}

/** @template T @param {T[]} all @returns {T[][]} */
export function chunks(all) {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => all.slice(index * AT_ONCE, (index + 1) * AT_ONCE))
}
