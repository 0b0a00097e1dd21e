// @ts-check
/**
 * The commits a tablet heard of, few enough to send: with them a server restored from a backup finds the newest one both know.
 *
 * @typedef {Array<[number, string]>} Trail newest first; the number counts what was heard, so that the gaps stay where they are
 */

export const MOST_MARKS = 64
const KEPT_WHOLE = 8
/** An empty log's mark tells one server from another as little as no mark. */
const EMPTY = '0.0'

/**
 * The trail with one more mark: the last 8 are all kept, of older ones 1 of 2, then 1 of 4, and so on.
 * @param {Trail} trail @param {string} mark "seq.tag"
 * @returns {Trail}
 */
export function heard(trail, mark) {
  if (mark === EMPTY || trail[0]?.[1] === mark) return trail
  const count = (trail[0]?.[0] ?? 0) + 1
  /** @type {Trail} */
  const longer = [[count, mark], ...trail]
  return longer.filter(([n]) => n % gapAt(count - n) === 0).slice(0, MOST_MARKS)
}

/** The part of the trail that lies in a history up to this seq. @param {Trail} trail @param {number} common @returns {Trail} */
export function upTo(trail, common) {
  return trail.filter(([, mark]) => Number(mark.split('.')[0]) <= common)
}

/** @param {number} age how many marks are newer */
function gapAt(age) {
  return age < KEPT_WHOLE ? 1 : 2 ** (Math.floor(Math.log2(age / KEPT_WHOLE)) + 1)
}
