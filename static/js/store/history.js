// @ts-check
/**
 * The server was restored to an earlier day, or replaced: what this tablet holds is offered back, and nothing here is deleted.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./reading.js").Doc} Doc
 * @typedef {import("./store.js").Touched} Touched
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("../core/types.js").Change} Change
 * @typedef {import("../core/types.js").Body} Body
 * @typedef {[number, string, string, Body, string]} Offer a row the server once sent, with its mark
 */
import { opened, openedOf } from './reading.js'
import { MOST_SEEN } from './records.js'
import { chunks, leaveView, onDesk } from './walk.js'

const DOCS_AT_ONCE = 100
/** The server takes so many rows in one request, and not much more than this in all. */
const OFFERS_AT_ONCE = 200
const OFFERED_CHARACTERS = 500_000
const LONG_READ_MS = 15_000

/**
 * Offer everything the server once confirmed again, before what waits. Row numbers after the newest common commit mean nothing
 * any more, so each change vouches for what it saw up to there, and for own earlier changes.
 * @param {Keeper} keeper @param {string} space @param {number} [common]
 * @returns {Promise<{touched: Touched}>}
 */
export async function historyLost(keeper, space, common = 0) {
  const touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  // Numbers are about to be set down. Should the server come back to its newer days before the walk is over, they differ.
  await leaveView(keeper, space)
  // First, so that an edit made meanwhile does not claim to have seen what the new history does not hold.
  for await (const docs of docsIn(keeper, space)) {
    const beyond = docs.filter(({ doc }) => doc.seq > common).map(({ id }) => id)
    if (beyond.length) await onDesk(keeper, beyond, (desk) => beyond.forEach((id) => countTo(desk, id, common)))
  }
  for (const store of ['sent', 'outbox']) {
    for (const some of chunks(await changesIn(keeper, store, space, common))) {
      const done = await offerAgain(keeper, store, some, common)
      touched.ids.push(...done.touched.ids)
    }
  }
  return { touched }
}

/**
 * The rows of the space that the server sent after the newest common commit, in batches it can take. Read as they are needed.
 * @param {Keeper} keeper @param {string} space @param {number} common
 * @returns {AsyncGenerator<Offer[]>}
 */
export async function* offersBeyond(keeper, space, common) {
  /** @type {Offer[]} */
  let batch = []
  let room = OFFERED_CHARACTERS
  for await (const docs of docsIn(keeper, space)) {
    for (const offer of docs.flatMap(({ id, doc }) => offerOf(id, doc, common))) {
      const size = JSON.stringify(offer).length
      if (batch.length === OFFERS_AT_ONCE || (batch.length && size > room)) {
        yield batch
        batch = []
        room = OFFERED_CHARACTERS
      }
      batch.push(offer)
      room -= size
    }
  }
  if (batch.length) yield batch
}

/**
 * A row with its mark; also the one kept beside that an earlier server did not take.
 * @param {string} id @param {Doc} doc @param {number} common @returns {Offer[]}
 */
function offerOf(id, { kind, body, mark, earlier }, common) {
  const now = offered(id, kind, mark, body, common)
  return [...(earlier ? offered(id, kind, earlier.mark, earlier.body, common) : []), ...now]
}

/** @param {string} id @param {string} kind @param {Doc["mark"]} mark @param {Body|null} body @param {number} common @returns {Offer[]} */
function offered(id, kind, mark, body, common) {
  const vouched = mark?.body ?? body
  return mark && vouched && mark.seq > common ? [[mark.seq, id, kind, vouched, mark.text]] : []
}

/** @param {Desk} desk @param {string} id @param {number} common */
function countTo(desk, id, common) {
  const known = desk.docs.get(id)
  if (known && known.seq > common) desk.doc(id, known.kind, known.space).seq = common
}

/** @param {Keeper} keeper @param {string} space @returns {AsyncGenerator<Array<{id: string, doc: Doc}>>} */
async function* docsIn(keeper, space) {
  let after = ''
  for (;;) {
    const range = IDBKeyRange.lowerBound(after, true)
    const kept = await keeper.db.tx('docs', 'readonly', (t) => t.objectStore('docs').getAll(range, DOCS_AT_ONCE), {
      limit: LONG_READ_MS,
    })
    if (kept.length === 0) return
    after = kept[kept.length - 1].id
    // One that cannot be read lies apart from then on, and stops nothing.
    const docs = await Promise.all(
      kept.map(async (/** @type {any} */ one) => ({ id: one.id, doc: await opened(keeper, 'docs', one) })),
    )
    yield docs.filter(({ doc }) => doc?.space === space)
  }
}

/**
 * What waits, and what was sent and is not in the history both know; in the order it was made.
 * @param {Keeper} keeper @param {string} store @param {string} space @param {number} common @returns {Promise<Change[]>}
 */
async function changesIn(keeper, store, space, common) {
  const kept = await keeper.db.tx(store, 'readonly', (t) => t.objectStore(store).index('n').getAll(), { limit: LONG_READ_MS })
  const all = await openedOf(keeper, store, kept)
  return all.filter((one) => one.space === space && !(typeof one.seq === 'number' && one.seq <= common)).map((one) => one.change)
}

/** @param {Keeper} keeper @param {string} store @param {Change[]} changes @param {number} common */
async function offerAgain(keeper, store, changes, common) {
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
        const { n, space, since = one.change.at, frozen = true, stuck, unread } = one
        const entry = { n, space, change: seenUpTo(one.change, doc, common), since, frozen, closed: true }
        desk.putEntry(cid, { ...entry, ...(stuck && { stuck }), ...(unread && { unread }) })
        if (store === 'sent') desk.drops.push({ store, key: cid })
        doc.echo = []
      }
    },
  )
}

/** @param {Change} change @param {Doc} doc @param {number} common @returns {Change} */
function seenUpTo(change, doc, common) {
  if (change.new) return change
  const seen = doc.pending.slice(0, doc.pending.indexOf(change.cid)).slice(-MOST_SEEN)
  return { ...change, base: Math.min(change.base ?? 0, common), seen }
}

/** @param {Desk} desk @param {string[]} cids @param {Map<string, {n: number}>} more */
function inOrder(desk, cids, more) {
  const number = (/** @type {string} */ cid) => (more.get(cid) ?? desk.entries.get(cid))?.n ?? 0
  return cids.sort((a, b) => number(a) - number(b))
}
