// @ts-check
/**
 * The server's word on one change, and what follows from it on this tablet.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./desk.js").Entry} Entry
 * @typedef {import("./reading.js").Doc} Doc
 * @typedef {import("./outbox.js").Sending} Sending
 * @typedef {import("../core/types.js").Change} Change
 * @typedef {import("../core/types.js").Verdict} Verdict
 * @typedef {{entry: Entry, doc: Doc, verdict: Verdict, at: number, cursor: number}} Settling
 */
import { applyChange } from '../core/merge.js'

/** @type {Record<string, (desk: Desk, settling: Settling) => void>} */
const SETTLE = { ok, merged, refused, held }
const ACCEPTED = new Set(['ok', 'merged'])

/**
 * Settle one sent change. A receipt that does not carry the hash of what was sent proves nothing: the change stays and is flagged.
 * @param {Desk} desk
 * @param {Sending} sending
 * @param {Verdict} verdict
 * @param {number} at
 * @param {number} cursor the place in the feed before this answer
 * @returns {"ok"|"merged"|"refused"|"held"|"doubt"|"known"}
 */
export function settle(desk, { cid, hash, change }, verdict, at, cursor) {
  const entry = desk.entries.get(cid)
  // Another tab had the same answer and was quicker.
  if (!entry) return 'known'
  if (!SETTLE[verdict.verdict] || verdict.hash !== hash) {
    desk.putEntry(cid, { ...entry, doubt: { at, times: (entry.doubt?.times ?? 0) + 1 } })
    return 'doubt'
  }
  const doc = desk.doc(change.id, change.kind, entry.space)
  desk.takeOut(cid, doc)
  // Kept for the lead once, taken now: the note of it is over.
  if (entry.unread && ACCEPTED.has(verdict.verdict)) desk.drops.push({ store: 'refused', key: cid })
  SETTLE[verdict.verdict](desk, { entry, doc, verdict, at, cursor })
  return verdict.verdict
}

/** "ok" means: the row is now what this tablet holds. @param {Desk} desk @param {Settling} settling */
function ok(desk, settling) {
  const { entry, doc, verdict, cursor } = settling
  keepSent(desk, settling)
  const seq = verdict.seq ?? 0
  // A receipt from before the cursor says nothing new: the feed was there already, and perhaps beyond.
  if (seq <= cursor || seq <= doc.seq) return noRow(doc, settling)
  noteRemoved(doc, entry.change)
  const body = applyChange(doc.body, entry.change)
  if (body === null && !removes(entry.change)) return
  rebase(desk, doc, seq)
  keepMarked(doc)
  Object.assign(doc, { body, seq })
}

/**
 * The mark vouches for the row as the server sent it, which own changes now go beyond: both are kept, so that a server that
 * loses its history gets back what others had written here.
 * @param {Doc} doc
 */
function keepMarked(doc) {
  if (doc.mark && !doc.mark.body) doc.mark = { ...doc.mark, body: /** @type {any} */ (doc.body) }
}

/**
 * Removed here, and the feed has gone by without a row of it: it stays removed. It may stand here still, kept when the server's
 * history was lost, after another copy of this tablet had told the server of the removal.
 * @param {Doc} doc @param {Settling} settling
 */
function noRow(doc, { entry, verdict }) {
  if (!removes(entry.change) || doc.seq >= (verdict.seq ?? 0)) return
  Object.assign(doc, { body: null, echo: [] })
  delete doc.mark
}

/** Show the change until the merged row itself arrives. @param {Desk} desk @param {Settling} settling */
function merged(desk, settling) {
  const { entry, doc, verdict, cursor } = settling
  keepSent(desk, settling)
  const seq = verdict.seq ?? 0
  if (seq <= cursor || seq <= doc.seq) return noRow(doc, settling)
  noteRemoved(doc, entry.change)
  doc.echo.push({ seq, change: entry.change })
}

/** Remember what was removed here, for as long as it stays so. @param {Doc} doc @param {Change} change */
function noteRemoved(doc, { set = {} }) {
  for (const [path, value] of Object.entries(set)) {
    if (!isRevivable(path)) continue
    delete doc.revived?.[path]
    if (value === null) doc.removed = { ...doc.removed, [path]: true }
    else delete doc.removed?.[path]
  }
}

/** Whole records and notes are removed on purpose; an answer taken back is nothing to speak of. @param {string} path */
function isRevivable(path) {
  return path === '' || path.startsWith('evidence/')
}

/** @param {Change} change */
function removes({ set }) {
  return set !== undefined && '' in set && set[''] === null
}

/** @param {Desk} desk @param {Settling} settling */
function refused(desk, { entry, doc, verdict, at }) {
  const { change } = entry
  if (change.new && isOnlyHere(doc)) {
    // It stays readable and editable, and needs its person.
    doc.kept = doc.body ?? change.new
    doc.keptCid = change.cid
    doc.body = null
    // What was kept for the lead is told by itself: whatever was written here since had not seen it.
  } else if (doc.body === null && !entry.unread && (doc.kept || beginsAgain(desk, doc))) {
    if (doc.kept) doc.kept = applyChange(doc.kept, change)
    return
  }
  note(desk, entry, 'refused', verdict, at)
}

/**
 * The space keeps it for its lead; this tablet forgets what it said and says so.
 * @param {Desk} desk @param {Settling} settling
 */
function held(desk, settling) {
  const { entry, doc, verdict, at } = settling
  const { cid, kind, id } = entry.change
  // Unread, and not lost: should the server be restored to a day before it kept this, it is brought there again.
  keepSent(desk, settling, true)
  // What is shown of it is nothing but this change.
  if (entry.change.new && isOnlyHere(doc)) doc.body = null
  note(desk, { ...entry, change: { cid, kind, id, at: entry.change.at } }, 'held', verdict, at)
}

/** The server has no such record: it never had, or what it confirmed was lost with its history. @param {Doc} doc */
function isOnlyHere({ body, seq, mark }) {
  return body === null || (seq === 0 && !mark)
}

/** Does a waiting change offer the whole record again? Then it holds these paths too. @param {Desk} desk @param {Doc} doc */
function beginsAgain(desk, doc) {
  return doc.pending.some((cid) => desk.entries.get(cid)?.change.new)
}

/** @param {Desk} desk @param {Settling} settling @param {boolean} [unread] nobody is shown it here any more */
function keepSent(desk, { entry, doc, verdict, at }, unread = false) {
  const { n, space, change } = entry
  doc.receipt = at
  const sent = { n, space, change, seq: verdict.seq, hash: verdict.hash, at }
  desk.sent.set(change.cid, unread ? { ...sent, unread } : sent)
}

/** @param {Desk} desk @param {Entry} entry @param {"refused"|"held"} verdict @param {Verdict} told @param {number} at */
function note(desk, { n, space, change }, verdict, told, at) {
  const problem = told.problem ?? { code: verdict === 'held' ? 'held' : 'unknown' }
  desk.refused.set(change.cid, { n, space, change, verdict, problem, at })
}

/**
 * Waiting edits made on top of what was just accepted were made on top of its row.
 * @param {Desk} desk @param {Doc} doc @param {number} seq
 */
function rebase(desk, doc, seq) {
  for (const cid of doc.pending) {
    const entry = desk.entries.get(cid)
    // What was sent once stays as it is, to the letter.
    if (!entry || entry.frozen || entry.change.new || entry.change.base !== doc.seq) continue
    desk.putEntry(cid, { ...entry, change: { ...entry.change, base: seq } })
  }
}
