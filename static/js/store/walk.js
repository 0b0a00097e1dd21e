// @ts-check
/**
 * The one way back from anything unusual: the server lists the ids and seqs of all that may be seen here, and the tablet
 * fetches what differs and forgets the rest.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./store.js").Touched} Touched
 * @typedef {import("../core/types.js").Body} Body
 * @typedef {[number, string, string, Body|null]} WholeRow
 * @typedef {{listed: Set<string>, cursor: string, at: string, history: boolean}} Walked
 */
import { Desk } from './desk.js'
import { MOST_SEEN } from './records.js'
import { forget, takeRow } from './rows.js'
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
 * @param {Keeper} keeper @param {string} space @param {WholeRow[]} rows @param {boolean} history
 * @returns {Promise<{touched: Touched}>}
 */
export async function takeRows(keeper, space, rows, history) {
  return onDesk(
    keeper,
    rows.map((row) => row[1]),
    (desk) => {
      for (const row of rows) takeRow(desk, space, row, history)
    },
  )
}

/**
 * Forget what was not listed, then stand where the walk ended. After a lost history nothing is forgotten.
 * @param {Keeper} keeper @param {string} space @param {Walked} walked
 * @returns {Promise<{touched: Touched}>}
 */
export async function finishWalk(keeper, space, { listed, cursor, at, history }) {
  const known = history ? [] : [...(await knownSeqs(keeper, space))]
  const lost = known.filter(([id, seq]) => seq > 0 && !listed.has(id)).map(([id]) => id)
  for (const ids of chunks(lost)) await onDesk(keeper, ids, (desk) => ids.forEach((id) => forget(desk, id)))
  const name = `space:${space}`
  await step(keeper, async (read) => {
    const { n: _n, ...place } = (await read('meta', [name])).get(name) ?? {}
    return { put: [{ store: 'meta', clear: { name }, value: { ...place, cursor, known: at } }], drop: [] }
  })
  return { touched: { ids: lost, kinds: [] } }
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
