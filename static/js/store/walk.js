// @ts-check
/**
 * The one way back from anything unusual: the server lists the ids and seqs of all that may be seen here, and the tablet
 * fetches what differs and forgets the rest.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./store.js").Touched} Touched
 * @typedef {import("../core/types.js").Body} Body
 * @typedef {[number, string, string, Body|null]} WholeRow
 * @typedef {{listed: Set<string>, left: Set<string>, cursor: string, at: string, history: boolean}} Walked
 */
import { Desk } from './desk.js'
import { MOST_SEEN } from './records.js'
import { forget, takeRow, uncount } from './rows.js'
import { step } from './step.js'

const AT_ONCE = 200

/**
 * What this tablet shows of the space: id to seq.
 * @param {Keeper} keeper @param {string} space @returns {Promise<Map<string, number>>}
 */
export async function knownSeqs(keeper, space) {
  const rows = await keeper.db.tx('rows', 'readonly', (t) => t.objectStore('rows').getAll(), { limit: 15_000 })
  const lines = await Promise.all(
    rows.map(async (/** @type {any} */ row) => ({ ...(await keeper.seal.unseal(row.box)), id: row.id })),
  )
  return new Map(lines.filter((line) => line.space === space).map((line) => [line.id, line.seq]))
}

/**
 * Take a page of whole rows, and with it the newest that was heard of the server's history: if the server is restored while
 * the walk is cut short, the rows taken here would otherwise look newer than anything it says later.
 * @param {Keeper} keeper @param {string} space @param {WholeRow[]} rows @param {{history: boolean, at: string}} walking
 * @returns {Promise<{touched: Touched}>}
 */
export async function takeRows(keeper, space, rows, { history, at }) {
  return onDesk(
    keeper,
    rows.map((row) => row[1]),
    async (desk, read) => {
      for (const row of rows) takeRow(desk, space, row, history)
      // A lost history is only over when its walk is: until then the old place makes the next round begin it again.
      if (!history) desk.puts.push(await placeAt(read, space, { known: at }))
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
  const known = [...(await knownSeqs(keeper, space)).keys()]
  const lost = known.filter((id) => (history ? left.has(id) : !listed.has(id)))
  const unknown = history ? known.filter((id) => !listed.has(id) && !left.has(id)) : []
  for (const ids of chunks(lost)) await onDesk(keeper, ids, (desk) => ids.forEach((id) => forget(desk, id)))
  for (const ids of chunks(unknown)) await onDesk(keeper, ids, (desk) => ids.forEach((id) => uncount(desk, id)))
  await step(keeper, async (read) => ({ put: [await placeAt(read, space, { cursor, known: at })], drop: [] }))
  return { touched: { ids: lost, kinds: [] } }
}

/** @param {import("./step.js").Read} read @param {string} space @param {object} moved */
async function placeAt(read, space, moved) {
  const name = `space:${space}`
  const { n: _n, ...place } = (await read('meta', [name])).get(name) ?? {}
  return { store: 'meta', clear: { name }, value: { ...place, ...moved } }
}

/**
 * The server was restored to an earlier day: offer everything it once confirmed again, before what waits. Its own row numbers
 * mean nothing any more, so each change vouches for own earlier changes only.
 * @param {Keeper} keeper @param {string} space
 * @returns {Promise<{touched: Touched}>}
 */
export async function historyLost(keeper, space) {
  const touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  for (const store of ['sent', 'outbox']) {
    const kept = await keeper.db.tx(store, 'readonly', (t) => t.objectStore(store).index('n').getAll(), { limit: 15_000 })
    const all = await Promise.all(
      kept.map(async (/** @type {any} */ one) => ({ ...(await keeper.seal.unseal(one.box)), n: one.n })),
    )
    for (const some of chunks(all.filter((one) => one.space === space))) {
      const done = await offerAgain(
        keeper,
        store,
        some.map((one) => one.change),
      )
      touched.ids.push(...done.touched.ids)
    }
  }
  return { touched }
}

/** @param {Keeper} keeper @param {string} store @param {import("../core/types.js").Change[]} changes */
async function offerAgain(keeper, store, changes) {
  return onDesk(
    keeper,
    changes.map((change) => change.id),
    async (desk, read) => {
      const found = await read(
        store,
        changes.map((change) => change.cid),
      )
      for (const { cid, id, kind } of changes) {
        const one = found.get(cid)
        if (!one) continue
        const doc = desk.doc(id, kind, one.space)
        if (!doc.pending.includes(cid)) doc.pending = inOrder(desk, [...doc.pending, cid], new Map([[cid, one]]))
        const seen = doc.pending.slice(0, doc.pending.indexOf(cid)).slice(-MOST_SEEN)
        const change = one.change.new ? one.change : { ...one.change, base: 0, seen }
        const { n, space, since = change.at, frozen = true } = one
        desk.putEntry(cid, { n, space, change, since, frozen, closed: true })
        if (store === 'sent') desk.drops.push({ store, key: cid })
        doc.echo = []
      }
    },
  )
}

/** @param {Desk} desk @param {string[]} cids @param {Map<string, {n: number}>} more */
function inOrder(desk, cids, more) {
  const number = (/** @type {string} */ cid) => (more.get(cid) ?? desk.entries.get(cid))?.n ?? 0
  return cids.sort((a, b) => number(a) - number(b))
}

/**
 * @param {Keeper} keeper @param {string[]} ids
 * @param {(desk: Desk, read: import("./step.js").Read) => void|Promise<void>} act
 * @returns {Promise<{touched: Touched}>}
 */
async function onDesk(keeper, ids, act) {
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
function chunks(all) {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => all.slice(index * AT_ONCE, (index + 1) * AT_ONCE))
}
