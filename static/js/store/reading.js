// @ts-check
/**
 * The reading half: what the first paint needs. Local truth is the server's row with own waiting changes laid over it, and it
 * is worked out when something changes, so that reading is one `get`.
 *
 * @typedef {import("./db.js").Schema} Schema
 * @typedef {ReturnType<typeof import("./db.js").connect>} Database
 * @typedef {import("./seal.js").Seal} Seal
 * @typedef {import("../core/types.js").Body} Body
 * @typedef {import("../core/types.js").Change} Change
 * @typedef {import("../core/types.js").LocalRecord} LocalRecord
 * @typedef {import("../core/types.js").ListRow} ListRow
 * @typedef {import("./canary.js").Canary} Canary
 * @typedef {import("../core/types.js").Damage} Damage
 * @typedef {{db: Database, seal: Seal, now: () => number, newId: () => string, stray?: (store: string, one: any) => void,
 *   copy?: Pick<import("./second-copy.js").Copy, "keep">|null, hot?: import("./hot.js").Hot}} Keeper what every part of the
 *   store is handed: `stray` hears of an entry that cannot be read, `copy` of what waits, `hot` has what was written last
 *
 * @typedef {object} Doc one record as it lies in `docs`, unsealed
 * @property {string} kind
 * @property {string} space
 * @property {number} seq of `body`; 0 when the server has none
 * @property {Body|null} body the server's row
 * @property {Body|null} [mine] the local truth, where it differs from `body`
 * @property {string[]} pending own changes in the outbox, in the order they were made
 * @property {Array<{seq: number, change: Change}>} echo own changes the server merged and no row has brought back yet
 * @property {Body|null} [kept] a record the server refused to begin: it lives on here and needs its person
 * @property {string} [keptCid]
 * @property {number|null} receipt when the server last said that it holds own work on this record
 * @property {{seq: number, body: Body, mark?: {seq: number, text: string, body?: Body}}} [earlier] what stood here before the
 *   server was restored from a backup, and was not taken back
 * @property {{seq: number, text: string, body?: Body}} [mark] the server's word that it once sent this body under this seq;
 *   with a body of its own where own changes have gone beyond it since
 * @property {Record<string, true>} [removed] paths removed on this tablet, '' for the record
 * @property {Record<string, true>} [revived] paths that came back all the same
 */

import { CANARY, DAMAGE } from './canary.js'
import { isShaped } from './seal.js'

/** @type {Schema} */
export const SCHEMA = {
  version: 2,
  upgrade(db, from) {
    if (from < 1) records(db)
    if (from < 2) filesAndOdd(db)
  },
}

/** @param {IDBDatabase} db */
function records(db) {
  db.createObjectStore('docs', { keyPath: 'id' })
  db.createObjectStore('rows', { keyPath: 'id' }).createIndex('order', 'order')
  db.createObjectStore('outbox', { keyPath: 'cid' }).createIndex('n', 'n')
  db.createObjectStore('sent', { keyPath: 'cid' }).createIndex('n', 'n')
  db.createObjectStore('refused', { keyPath: 'cid' }).createIndex('n', 'n')
  db.createObjectStore('meta', { keyPath: 'name' })
}

/** Photos as chunks of bytes, and entries that cannot be read any more. @param {IDBDatabase} db */
function filesAndOdd(db) {
  db.createObjectStore('files', { keyPath: 'sha' }).createIndex('state', 'state')
  db.createObjectStore('chunks', { keyPath: ['sha', 'n'] })
  db.createObjectStore('odd', { keyPath: 'key' })
}

export const PAGE = 50

const OTHER_SHELF = 'x'
/**
 * Which list a row stands in. The letter is the one thing about a record's kind that is not sealed: without it, the newest 50
 * observations would cost unsealing every row of the tablet. It tells no more than how long each list is.
 * @type {Record<string, string>}
 */
const SHELVES = {
  observation: 'o',
  walk: 'w',
  visit: 'v',
  visit_room: 'b',
  review: 'c',
  school: 's',
  room: 'r',
  person: 'p',
  rubric: 'i',
  // An app that did not know them yet may have put them there.
  rubric_words: OTHER_SHELF,
  thank_you: OTHER_SHELF,
  policy: OTHER_SHELF,
  agreement: OTHER_SHELF,
  coaching_step: OTHER_SHELF,
  claim: OTHER_SHELF,
  claim_question: OTHER_SHELF,
  reply: OTHER_SHELF,
  consensus: OTHER_SHELF,
  card: OTHER_SHELF,
  next_step: OTHER_SHELF,
}
/** Beside a record's own line: it holds versions of two tablets, and its person is to choose. */
export const CONFLICT_SHELF = '~'
/** A change the server fell over so often is told to its person. */
const TOLD_FROM = 3
const COUNTED = ['outbox', 'refused', 'meta', 'rows', 'files']

/** Kinds whose list row holds the whole body: small ones. The others keep a summary there. */
const SUMMARISED = new Set(['observation', 'rubric', 'rubric_words', 'review'])

/** A record written by a newer version of the app says so in `schema`. */
const RECORD_SCHEMA = 1

/**
 * Is the record of a newer version of the app, or of a kind this one has never heard of? Then it is kept to the letter and only
 * read.
 * @param {string} kind @param {Body} body
 */
export function isNewer(kind, body) {
  return !(kind in SHELVES) || (Number.isInteger(body.schema) && body.schema > RECORD_SCHEMA)
}

/** @param {string} kind */
export function shelfOf(kind) {
  return SHELVES[kind] ?? OTHER_SHELF
}

/** @param {string} kind */
export function isSummarised(kind) {
  return SUMMARISED.has(kind)
}

/** What the tablet shows of a record; null when there is nothing to show. @param {Doc} doc @returns {Body|null} */
export function shownOf(doc) {
  return doc.mine === undefined ? doc.body : doc.mine
}

/**
 * The record as this tablet knows it, or null.
 * @param {Keeper} keeper
 * @param {string} id
 * @returns {Promise<LocalRecord|null>}
 */
export async function read(keeper, id) {
  const kept = await keeper.db.get('docs', id)
  const doc = kept && (await opened(keeper, 'docs', kept))
  return doc ? local(id, doc) : null
}

/**
 * What an entry says, or null when it cannot be read: then it is told, and nothing else suffers.
 * @param {Keeper} keeper @param {string} store @param {any} one
 */
export async function opened(keeper, store, one) {
  try {
    const value = await keeper.seal.unseal(one.box)
    if (isShaped(store, value)) return value
  } catch {
    // Told below, like a form that is not its kind's.
  }
  keeper.stray?.(store, one)
  return null
}

/**
 * One page of a list, newest first. The next page starts `before` the last line of this one.
 * @param {Keeper} keeper
 * @param {string} kind
 * @param {{space?: string, limit?: number, before?: Pick<ListRow, "at" | "id">}} [options]
 * @returns {Promise<ListRow[]>}
 */
export async function list(keeper, kind, { space, limit = PAGE, before } = {}) {
  const range = shelfRange(kind, before)
  const rows = await keeper.db.tx('rows', 'readonly', (t) => lastOf(t.objectStore('rows').index('order'), range, limit))
  const lines = await linesOf(keeper, rows)
  const wanted = lines.filter((one) => one.kind === kind && (!space || one.space === space))
  if (wanted.length === rows.length || rows.length < limit) return wanted
  // Some lines were of another space: go on until the page is full, so that a short page always means the end.
  const last = rows[rows.length - 1]
  const rest = { space, limit: limit - wanted.length, before: { id: last.id, at: last.order[1] } }
  return [...wanted, ...(await list(keeper, kind, rest))]
}

/**
 * Every record of a kind that comes in small numbers, whole, oldest first.
 * @param {Keeper} keeper
 * @param {string} kind
 * @returns {Promise<LocalRecord[]>}
 */
export async function all(keeper, kind) {
  const rows = await keeper.db.tx('rows', 'readonly', (t) => t.objectStore('rows').index('order').getAll(shelfRange(kind)))
  const lines = await linesOf(keeper, rows)
  const ours = lines.filter((one) => one.kind === kind)
  if (!isSummarised(kind)) return ours.map(asRecord)
  const records = await Promise.all(ours.map((one) => read(keeper, one.id)))
  return records.filter((one) => one !== null)
}

/** @param {ListRow} line of a small kind @returns {LocalRecord} */
const asRecord = ({ summary, at: _at, ...rest }) => ({ ...rest, body: summary })

/**
 * Of a small kind the newest, and those that have no moment yet: at most so many of each, so that nobody waits for years of them.
 * @param {Keeper} keeper @param {string} kind @param {number} most
 * @returns {Promise<{records: LocalRecord[], isWhole: boolean}>} `isWhole` when these are all there are
 */
export async function recent(keeper, kind, most) {
  const timeless = IDBKeyRange.bound([shelfOf(kind), 0], [shelfOf(kind), 1], false, true)
  const [newest, ahead] = await keeper.db.tx('rows', 'readonly', (t) => {
    const index = t.objectStore('rows').index('order')
    const [last, first] = [lastOf(index, shelfRange(kind), most), index.getAll(timeless, most)]
    return {
      get result() {
        return [last.result, first.result]
      },
    }
  })
  const isWhole = newest.length < most
  const rows = isWhole ? newest : [...new Map([...newest, ...ahead].map((row) => [row.id, row])).values()]
  const lines = await linesOf(keeper, rows)
  return { records: lines.filter((one) => one.kind === kind).map(asRecord), isWhole }
}

/**
 * Where own work on the record is: when the server's receipt came, whether anything still waits for one, whether the server
 * would not begin the record at all, so that it stands on this tablet only, and whether its row came from the server.
 * @param {Keeper} keeper
 * @param {string} id
 * @returns {Promise<import("../core/types.js").Receipt>}
 */
export async function receiptOf(keeper, id) {
  const kept = await keeper.db.get('docs', id)
  /** @type {Doc|null} */
  const doc = kept ? await opened(keeper, 'docs', kept) : null
  if (!doc) return { at: null, waiting: false, refused: false, fetched: false }
  return { at: doc.receipt, waiting: doc.pending.length > 0, refused: Boolean(doc.kept && !doc.body), fetched: doc.seq > 0 }
}

/**
 * The counts the status line speaks from, and the canary beside them.
 * @param {Keeper} keeper
 * @returns {Promise<{counts: Pick<import("../core/types.js").Status,
 *   "waiting"|"oldestWaitingAt"|"needsYou"|"held"|"lastReceiptAt"|"lastContactAt"|"odd"|"conflicts"|"files"|"filesSent"|"filesNeedYou">,
 *   canary: Canary|null, damage: Damage|null}>}
 */
export async function countWaiting(keeper) {
  const [{ waiting, oldest, refused, meta, conflicts, files }, odd] = await Promise.all([
    keeper.db.tx(COUNTED, 'readonly', (t) => placeCounts(t)).catch((error) => asOlder(keeper, error)),
    // A database that is read as an older version left it may not have this store.
    keeper.db.tx('odd', 'readonly', (t) => t.objectStore('odd').count()).catch(() => 0),
  ])
  const notes = await openedOf(keeper, 'refused', refused)
  const facts = await openedOf(
    keeper,
    'meta',
    meta.filter((/** @type {any} */ one) => 'box' in one),
  )
  const newest = (/** @type {string} */ name) => Math.max(0, ...facts.map((fact) => fact[name] ?? 0)) || null
  const doubts = facts.reduce((sum, fact) => sum + (fact.doubts ?? 0), 0)
  const held = notes.filter((note) => note.verdict === 'held').length
  const stuck = facts.flatMap((fact) => Object.values(fact.stuck ?? {})).filter((times) => times >= TOLD_FROM).length
  const since = oldest ? ((await opened(keeper, 'outbox', oldest))?.since ?? null) : null
  const clear = (/** @type {string} */ name) => meta.find((/** @type {any} */ one) => one.name === name) ?? null
  return {
    counts: {
      waiting,
      oldestWaitingAt: since,
      needsYou: notes.length - held + doubts + stuck + odd,
      held,
      odd,
      conflicts,
      ...files,
      lastReceiptAt: newest('lastReceiptAt'),
      lastContactAt: newest('lastContactAt'),
    },
    canary: clear(CANARY),
    damage: clear(DAMAGE)?.damage ?? null,
  }
}

/** A database that could not be brought to this version has no files yet. @param {Keeper} keeper @param {any} error */
async function asOlder(keeper, error) {
  if (error?.name !== 'NotFoundError') throw error
  const stores = COUNTED.filter((store) => store !== 'files')
  return keeper.db.tx(stores, 'readonly', (t) => placeCounts(t, false))
}

/** @param {Keeper} keeper @param {string} store @param {any[]} kept @returns {Promise<any[]>} those that can be read */
export async function openedOf(keeper, store, kept) {
  return (await Promise.all(kept.map((one) => opened(keeper, store, one)))).filter((value) => value !== null)
}

/** @param {IDBTransaction} t @param {boolean} [hasFiles] @returns {{result: any}} */
function placeCounts(t, hasFiles = true) {
  const outbox = t.objectStore('outbox').count()
  const oldest = t.objectStore('outbox').index('n').getAll(null, 1)
  const refused = t.objectStore('refused').getAll()
  const meta = t.objectStore('meta').getAll()
  const conflicts = t.objectStore('rows').index('order').count(shelfOfConflicts())
  const [files, sent, needs] = ['waiting', 'sent', 'needs'].map((state) =>
    hasFiles ? t.objectStore('files').index('state').count(state) : { result: 0 },
  )
  return {
    get result() {
      return {
        waiting: outbox.result,
        oldest: oldest.result[0],
        refused: refused.result,
        meta: meta.result,
        conflicts: conflicts.result,
        files: { files: files.result, filesSent: sent.result, filesNeedYou: needs.result },
      }
    },
  }
}

/** @param {string} id @param {Doc} doc @returns {LocalRecord|null} */
function local(id, doc) {
  const body = shownOf(doc)
  if (!body) return null
  const revived = Object.keys(doc.revived ?? {}).length ? { revived: doc.revived } : {}
  const newer = isNewer(doc.kind, body) ? { newer: true } : {}
  return { id, kind: doc.kind, space: doc.space, seq: doc.seq, body, waiting: doc.pending.length > 0, ...revived, ...newer }
}

/** @param {Keeper} keeper @param {Array<{id: string, order: [string, number], box: any}>} rows @returns {Promise<ListRow[]>} */
async function linesOf(keeper, rows) {
  const values = await Promise.all(rows.map((row) => opened(keeper, 'rows', row)))
  return rows.map((row, index) => values[index] && { ...values[index], id: row.id, at: row.order[1] }).filter(Boolean)
}

export function shelfOfConflicts() {
  return IDBKeyRange.bound([CONFLICT_SHELF], [CONFLICT_SHELF, []])
}

/** @param {string} kind @param {Pick<ListRow, "at" | "id">} [before] */
function shelfRange(kind, before) {
  const shelf = shelfOf(kind)
  // An array sorts after every number, so this end stands behind the whole shelf.
  const end = before ? [shelf, before.at, before.id] : [shelf, []]
  return IDBKeyRange.bound([shelf], end, false, true)
}

/**
 * The last of an index, the very last first.
 * @param {IDBIndex} index @param {IDBKeyRange|null} range @param {number} count
 * @returns {{result: any}}
 */
export function lastOf(index, range, count) {
  if ('getAllRecords' in index) return newestRecords(index, range, count)
  /** @type {any[]} */
  const result = []
  index.openCursor(range, 'prev').onsuccess = (event) => {
    const cursor = /** @type {IDBRequest<IDBCursorWithValue|null>} */ (event.target).result
    if (cursor && result.push(cursor.value) < count) cursor.continue()
  }
  return { result }
}

/** @param {any} index @param {IDBKeyRange|null} query @param {number} count */
function newestRecords(index, query, count) {
  const request = index.getAllRecords({ query, count, direction: 'prev' })
  return {
    get result() {
      return request.result.map((/** @type {any} */ record) => record.value)
    },
  }
}
