// @ts-check
/**
 * The way back from anything unusual: a changed right, a server restored from a backup, a tablet away for a year. Ids and seqs
 * of all that may be seen are listed, what differs is fetched, and the rest is forgotten at the very end.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("../store/walk.js").WholeRow} WholeRow
 * @typedef {(more: object) => Promise<SpaceAnswer>} Ask
 */
import { Unserved } from './trouble.js'

const LISTED_AT_ONCE = 500
const WANTED_AT_ONCE = 200
const MOST_STARTS = 3

/**
 * Walk until the tablet holds exactly what it may see. Cut short, it changes no cursor, and the next round begins it again.
 * @param {Store} store @param {string} space @param {SpaceAnswer} reset @param {Ask} ask
 */
export async function walk(store, space, reset, ask) {
  let why = reset
  const history = reset.reset === 'history'
  if (history) await store.outbox.historyLost(space)
  for (let start = 0; start < MOST_STARTS; start += 1) {
    const again = await walkOnce(store, space, why, history, ask)
    if (!again) return
    why = again
  }
}

/**
 * @param {Store} store @param {string} space @param {SpaceAnswer} reset @param {boolean} history @param {Ask} ask
 * @returns {Promise<SpaceAnswer|null>} a new reset that came in the middle
 */
async function walkOnce(store, space, { at }, history, ask) {
  const here = await store.outbox.knownSeqs(space)
  /** @type {Set<string>} */
  const listed = new Set()
  /** @type {Set<string>} what left one's sight while the walk went on */
  const left = new Set()
  /** @type {string[]} */
  const missing = []
  /** @type {SpaceAnswer|null} */
  let answer = null
  do {
    const want = missing.splice(0, WANTED_AT_ONCE)
    /** @type {SpaceAnswer} */
    const next = await ask({ known: answer?.at ?? at, cursor: answer?.cursor ?? null, limit: LISTED_AT_ONCE, thin: true, want })
    if (next.problem) throw new Unserved(400, null, next.problem)
    if (next.reset) return next
    answer = next
    for (const id of answer.gone ?? []) left.add(id) && listed.delete(id)
    for (const [seq, id] of answer.rows.filter((row) => row.length === 2)) {
      listed.add(id)
      left.delete(id)
      if (history || here.get(id) !== seq) missing.push(id)
    }
    const whole = /** @type {WholeRow[]} */ (answer.rows.filter((row) => row.length === 4))
    if (whole.length) await store.outbox.takeRows(space, whole, { history, at: answer.at })
  } while (answer.more || missing.length)
  await store.outbox.finishWalk(space, { listed, left, cursor: answer.cursor, at: answer.at, history })
  return null
}
