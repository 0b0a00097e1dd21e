// @ts-check
/**
 * A row of the server laid into the store, or taken away.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./walk.js").WholeRow} WholeRow
 */

/**
 * Take the server's row. An older one than is here says nothing new, unless the server's history began anew.
 * @param {Desk} desk
 * @param {string} space
 * @param {WholeRow} row
 * @param {boolean} [history] the seqs here are of a history that is lost
 */
export function takeRow(desk, space, [seq, id, kind, body], history = false) {
  if (body === null) return forget(desk, id)
  const known = desk.docs.get(id)
  if (known && !history && known.seq > seq) return
  const doc = desk.doc(id, kind, space)
  // A server restored from a backup may hold less than this tablet saw: nothing is deleted, it is kept beside.
  if (history && doc.body) doc.earlier = { seq: doc.seq, body: doc.body }
  doc.echo = history ? [] : doc.echo.filter((one) => one.seq > seq)
  Object.assign(doc, { space, kind, seq, body })
  if (doc.kept) doc.kept = null
}

/**
 * Forget what may no longer be seen. Own waiting changes stay until the server has answered for them.
 * @param {Desk} desk
 * @param {string} id
 */
export function forget(desk, id) {
  const known = desk.docs.get(id)
  if (!known) return
  const doc = desk.doc(id, known.kind, known.space)
  Object.assign(doc, { seq: 0, body: null, echo: [] })
  delete doc.earlier
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
