// @ts-check
/**
 * What lies on the desk during one step: records with their waiting changes, edited in memory, then written together.
 *
 * @typedef {import("./reading.js").Doc} Doc
 * @typedef {import("./step.js").Read} Read
 * @typedef {import("./step.js").Writes} Writes
 * @typedef {import("../core/types.js").Change} Change
 * @typedef {import("../core/types.js").Problem} Problem
 *
 * @typedef {object} Entry one change in the outbox
 * @property {number} n its place in the order, on this tablet only
 * @property {string} space
 * @property {Change} change
 * @property {number} since when the first edit in it was made
 * @property {boolean} frozen it was handed to the network once and must never change again
 * @property {boolean} closed it sets the state, so later edits start a change of their own
 * @property {{at: number, times: number}} [doubt] the server's receipt did not fit what was sent
 * @property {{at: number, times: number, until: number}} [stuck] the server fell over it; it is left out until then
 * @property {boolean} [unread] the server held it, so nobody is shown it here; it waits to be brought there again
 *
 * @typedef {{n: number, space: string, change: Change, seq: number|null, hash: string, at: number,
 *   serverAt?: number, unread?: boolean}} Sent
 * @typedef {{n: number, space: string, change: Change, verdict: "refused"|"held", problem: Problem, at: number}} Refused
 */
import { needsChoice } from '../core/conflict.js'
import { replay } from '../core/merge.js'
import { momentOf, summaryOf } from '../core/summary.js'
import { conflictKey, conflictRow } from './conflicts.js'
import { shelfOf, shownOf } from './reading.js'

export class Desk {
  /** @type {Map<string, Doc>} */
  docs = new Map()
  /** @type {Map<string, Entry>} */
  entries = new Map()
  /** @type {Set<string>} */
  touchedDocs = new Set()
  /** @type {Set<string>} */
  touchedEntries = new Set()
  /** @type {Map<string, Sent>} */
  sent = new Map()
  /** @type {Map<string, Refused>} */
  refused = new Map()
  /** @type {import("./step.js").Drop[]} */
  drops = []
  /** @type {import("./step.js").Put[]} */
  puts = []

  /**
   * Lay out the records, and every change of theirs that waits.
   * @param {Read} read @param {string[]} ids @param {string[]} [cids] changes wanted besides
   */
  static async lay(read, ids, cids = []) {
    const desk = new Desk()
    desk.docs = await read('docs', ids)
    const pending = [...desk.docs.values()].flatMap((doc) => doc.pending)
    desk.entries = await read('outbox', [...new Set([...pending, ...cids])])
    return desk
  }

  /** The record, begun on this desk if it was not here. @param {string} id @param {string} kind @param {string} space */
  doc(id, kind, space) {
    const found = this.docs.get(id) ?? { kind, space, seq: 0, body: null, pending: [], echo: [], receipt: null }
    this.docs.set(id, found)
    this.touchedDocs.add(id)
    return found
  }

  /** @param {string} cid @param {Entry} entry */
  putEntry(cid, entry) {
    this.entries.set(cid, entry)
    this.touchedEntries.add(cid)
  }

  /** Take a change out of the outbox and out of its record's waiting ones. @param {string} cid @param {Doc} doc */
  takeOut(cid, doc) {
    this.entries.delete(cid)
    this.touchedEntries.add(cid)
    doc.pending = doc.pending.filter((one) => one !== cid)
  }

  /** @returns {Writes} everything that changed, with list rows derived anew */
  writes() {
    const put = [...this.puts]
    const drop = [...this.drops]
    for (const id of this.touchedDocs) this.#writeDoc(id, put, drop)
    for (const cid of this.touchedEntries) this.#writeEntry(cid, put, drop)
    for (const [cid, { n, ...value }] of this.sent) put.push({ store: 'sent', clear: { cid, n }, value })
    for (const [cid, { n, ...value }] of this.refused) put.push({ store: 'refused', clear: { cid, n }, value })
    return { put, drop }
  }

  /** @returns {import("./store.js").Touched} */
  touched() {
    const kinds = [...this.touchedDocs].map((id) => this.docs.get(id)?.kind ?? '')
    return { ids: [...this.touchedDocs], kinds: [...new Set(kinds)] }
  }

  /** Work the local truth out anew: own changes over the server's row. @param {Doc} doc */
  replayed(doc) {
    const own = this.ownOver(doc)
    if (own.length === 0 && !doc.kept) return undefined
    return replay(doc.body ?? doc.kept ?? null, own)
  }

  /** The own changes that are shown over the row, in the order they were made. @param {Doc} doc @returns {Change[]} */
  ownOver(doc) {
    const entries = doc.pending.map((cid) => this.entries.get(cid)).filter((entry) => entry !== undefined)
    return [...doc.echo, ...entries.filter(({ unread }) => !unread)].map(({ change }) => change)
  }

  /** @param {string} id @param {import("./step.js").Put[]} put @param {import("./step.js").Drop[]} drop */
  #writeDoc(id, put, drop) {
    const doc = /** @type {Doc & {n?: unknown}} */ (this.docs.get(id))
    doc.mine = this.replayed(doc)
    delete doc.n
    const shown = shownOf(doc)
    // What was removed here is remembered: an edit made elsewhere may bring it back.
    const isEmpty = !shown && !doc.body && doc.pending.length === 0 && !Object.keys(doc.removed ?? {}).length
    if (isEmpty) drop.push({ store: 'docs', key: id })
    else put.push({ store: 'docs', clear: { id }, value: doc })
    if (shown) put.push(rowOf(id, doc, shown))
    else drop.push({ store: 'rows', key: id })
    if (shown && needsChoice(shown)) put.push(conflictRow(id, momentOf(doc.kind, shown), doc))
    else drop.push({ store: 'rows', key: conflictKey(id) })
  }

  /** @param {string} cid @param {import("./step.js").Put[]} put @param {import("./step.js").Drop[]} drop */
  #writeEntry(cid, put, drop) {
    const entry = this.entries.get(cid)
    if (!entry) return void drop.push({ store: 'outbox', key: cid })
    const { n, ...value } = entry
    put.push({ store: 'outbox', clear: { cid, n }, value })
  }
}

/** @param {string} id @param {Doc} doc @param {import("../core/types.js").Body} shown @returns {import("./step.js").Put} */
function rowOf(id, { kind, space, seq, pending }, shown) {
  const value = { kind, space, seq, waiting: pending.length > 0, summary: summaryOf(kind, shown) }
  return { store: 'rows', clear: { id, order: [shelfOf(kind), momentOf(kind, shown), id] }, value }
}
