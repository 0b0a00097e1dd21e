// @ts-check
/**
 * Which rooms a walk could go to, so that every room is seen in its turn: those longest not visited, spread over grades and
 * subjects. Only what this tablet knows is asked, and rooms are compared, never who teaches in them.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{id: string, body: Body}} Found
 * @typedef {{room: string, seen: number|null}} Proposed `seen` is when it was last visited, null for never
 */

/** Of rooms that were visited so many times as are wanted are looked at: more would bring one in that was just visited. */
const LOOKED_AT = 2

/**
 * Why this school wants no visits on that day, or null.
 * @param {Body|undefined} school @param {string} date YYYY-MM-DD
 * @returns {string|null}
 */
export function noVisitsOn(school, date) {
  return school?.no_visits?.[date] ?? null
}

/**
 * When each room was last visited: begun there, or revealed to its team.
 * @param {Found[]} visitRooms @param {Found[]} visits
 * @returns {Map<string, number>}
 */
export function lastSeen(visitRooms, visits) {
  const begun = new Map(visits.map(({ id, body }) => [id, body.started_at ?? body.revealed?.at]))
  const seen = new Map()
  for (const { body } of visitRooms) {
    const at = begun.get(body.visit)
    if (at && at > (seen.get(body.room) ?? 0)) seen.set(body.room, at)
  }
  return seen
}

/**
 * Rooms to add to those that are chosen, the first to go to first: those nobody visited yet, then those longest not visited. On a
 * day without visits there are none, and a room that wants none is never among them.
 * @param {{school: Body|undefined, date: string, rooms: Found[], chosen: string[], count: number, seen: Map<string, number>}} asked
 * @returns {Proposed[]}
 */
export function proposedRooms({ school, date, rooms, chosen, count, seen }) {
  if (noVisitsOn(school, date) !== null || count < 1) return []
  const taken = rooms.filter(({ id }) => chosen.includes(id))
  const open = rooms.filter(({ id, body }) => !body.no_visits && !chosen.includes(id)).sort(byAbsence(seen))
  const fresh = open.filter(({ id }) => !seen.has(id))
  const first = spread(fresh, count, taken)
  const more = count - first.length
  const longest = longestOf(open.slice(fresh.length), more * LOOKED_AT, seen)
  const proposed = [...first, ...spread(longest, more, [...taken, ...first])]
  return proposed.map(({ id }) => ({ room: id, seen: seen.get(id) ?? null }))
}

/**
 * So many of these rooms, each as unlike as can be to those before it; among equals the one that stands first.
 * @param {Found[]} rooms @param {number} count @param {Found[]} taken
 */
function spread(rooms, count, taken) {
  /** @type {Found[]} */
  const chosen = []
  const left = [...rooms]
  while (chosen.length < count && left.length) {
    const likeness = left.map((room) => alike(room, [...taken, ...chosen]))
    chosen.push(...left.splice(likeness.indexOf(Math.min(...likeness)), 1))
  }
  return chosen
}

/** How many of the same grades and of the same subject there are. @param {Found} room @param {Found[]} others */
function alike({ body }, others) {
  const same = (/** @type {string} */ field) => others.filter((one) => (one.body[field] ?? '') === (body[field] ?? '')).length
  return same('grade_band') + same('subject')
}

/** Never visited first, then the longest ago, then by the door. @param {Map<string, number>} seen */
function byAbsence(seen) {
  const at = (/** @type {Found} */ { id }) => seen.get(id) ?? 0
  return (/** @type {Found} */ a, /** @type {Found} */ b) =>
    at(a) - at(b) || a.body.code.localeCompare(b.body.code, 'en', { numeric: true })
}

/** So many of them, and all that are as long ago as the last. @param {Found[]} rooms @param {number} count @param {Map<string, number>} seen */
function longestOf(rooms, count, seen) {
  const at = (/** @type {Found|undefined} */ room) => seen.get(room?.id ?? '') ?? 0
  const last = at(rooms[Math.min(count, rooms.length) - 1])
  return rooms.filter((room) => at(room) <= last)
}
