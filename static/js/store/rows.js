// @ts-check
/**
 * A row of the server laid into the store, or taken away.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./reading.js").Doc} Doc
 * @typedef {import("./walk.js").WholeRow} WholeRow
 * @typedef {{accepted: Set<string>}} History rows of a lost history that the server has taken back, or had
 */
import { sameValue, valueAt } from '../core/conflict.js'

/**
 * Take the server's row. An older one than is here says nothing new, unless the server's history began anew.
 * @param {Desk} desk
 * @param {string} space
 * @param {WholeRow} row
 * @param {History|null} [history] the seqs here are of a history that is lost
 */
export function takeRow(desk, space, [seq, id, kind, body, mark], history = null) {
  const known = desk.docs.get(id)
  if (known && !history && known.seq > seq) return
  if (body === null) return removedThere(desk, id, seq)
  const doc = desk.doc(id, kind, space)
  // A server restored from a backup may hold less than this tablet saw: nothing is deleted, it is kept beside.
  if (history && doc.body && !history.accepted.has(id) && !sameValue(doc.body, body)) keepEarlier(doc)
  doc.echo = history ? [] : doc.echo.filter((one) => one.seq > seq)
  Object.assign(doc, { space, kind, seq, body })
  noteMark(doc, seq, mark)
  noteRevived(doc)
}

/**
 * Forget what may no longer be seen. Own waiting changes stay until the server has answered for them.
 * @param {Desk} desk
 * @param {string} id
 */
export function forget(desk, id) {
  const known = desk.docs.get(id)
  if (!known) return
  empty(desk.doc(id, known.kind, known.space), 0)
  for (const trace of /** @type {const} */ (['earlier', 'removed', 'revived'])) delete known[trace]
}

/**
 * Somebody removed the record; what this tablet itself removed is remembered, should an edit bring it back.
 * @param {Desk} desk @param {string} id @param {number} seq
 */
function removedThere(desk, id, seq) {
  const known = desk.docs.get(id)
  if (!known) return
  empty(desk.doc(id, known.kind, known.space), known.removed?.[''] ? seq : 0)
  delete known.earlier
}

/** @param {Doc} doc @param {number} seq */
function empty(doc, seq) {
  Object.assign(doc, { seq, body: null, echo: [] })
  delete doc.mark
}

/**
 * Keep a record the server lost, under no number of its lost history: whatever number it comes back with is newer.
 * @param {Desk} desk
 * @param {string} id
 */
export function uncount(desk, id) {
  const known = desk.docs.get(id)
  if (known) desk.doc(id, known.kind, known.space).seq = 0
}

/** @param {Doc} doc */
function keepEarlier(doc) {
  const { seq, mark } = doc
  doc.earlier = { seq, body: /** @type {any} */ (doc.body), ...(mark ? { mark } : {}) }
}

/** @param {Doc} doc @param {number} seq @param {string} [text] */
function noteMark(doc, seq, text) {
  if (text) doc.mark = { seq, text }
  else delete doc.mark
}

/** What was removed on this tablet and stands here again was brought back by an edit that had not seen the removal. @param {Doc} doc */
function noteRevived(doc) {
  for (const path of Object.keys(doc.removed ?? {})) {
    if (path !== '' && valueAt(doc.body ?? {}, path) === null) continue
    doc.revived = { ...doc.revived, [path]: true }
    delete doc.removed?.[path]
  }
}
