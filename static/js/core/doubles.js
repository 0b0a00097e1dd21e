// @ts-check
/**
 * Two records of one thing, made on two tablets that did not know of each other: which they are, and which of them stands.
 * Nothing is taken away here. A record that names another one in `same_as` is shown under that one, and stays what it was.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{id: string, body?: Body, summary?: Body}} Seen a record, or its line of a list
 * @typedef {{first: Seen, later: Seen}} Pair in the order in which they were begun
 *
 * @typedef {object} Places what is known beside the observations
 * @property {Map<string, string>} stops visits that were made one stop, with the one that stands
 * @property {Map<string, string>} rooms visits, with the room each went to
 * @property {Set<string>} quick the walks that hold quick visits
 */

/** Begun within this, two quick visits to one room are taken for one that was begun twice. */
export const SOON_MS = 45 * 60_000

/** What a record says, whole or in short. @param {Seen} one @returns {Body} */
export function factsOf({ body, summary }) {
  return body ?? summary ?? {}
}

/**
 * Every record with the one that stands for it, most often itself. Where tablets joined in a ring the one begun first stands, and
 * whatever is not here stands for nothing: no record is ever without one that can be seen.
 * @param {Seen[]} all @returns {Map<string, string>}
 */
export function standing(all) {
  const known = new Map(all.map((one) => [one.id, one]))
  return new Map(all.map((one) => [one.id, standIn(one, known).id]))
}

/** @param {Seen} one @param {Map<string, Seen>} known */
function standIn(one, known) {
  /** @type {Seen[]} */
  const trail = []
  let here = one
  while (!trail.includes(here)) {
    trail.push(here)
    const next = known.get(factsOf(here).same_as)
    if (!next) return here
    here = next
  }
  return trail.slice(trail.indexOf(here)).reduce((first, other) => (isEarlier(other, first) ? other : first))
}

/** Was the one begun, or of stops numbered, before the other? Said alike on every tablet. @param {Seen} one @param {Seen} other */
function isEarlier(one, other) {
  const [mine, theirs] = [placeInOrder(one), placeInOrder(other)]
  return mine === theirs ? one.id < other.id : mine < theirs
}

/** Both are fixed when a record is made. @param {Seen} one @returns {number} */
function placeInOrder(one) {
  const { number, observer, started_at: at } = factsOf(one)
  return observer ? at : number
}

/**
 * Observations of one person that may be one visit begun twice: of one stop, or quick visits to one room soon after each other.
 * @param {Seen[]} own of one person, also joined ones
 * @param {Places} places
 * @returns {Pair[]}
 */
export function doubledVisits(own, places) {
  return pairs(own, (first, later) => isOneVisit(factsOf(first), factsOf(later), places))
}

/** @param {Body} one @param {Body} other @param {Places} places */
function isOneVisit(one, other, { stops, rooms, quick }) {
  if (one.rubric !== other.rubric) return false
  const stopOf = (/** @type {Body} */ { visit }) => stops.get(visit) ?? visit
  if (stopOf(one) === stopOf(other)) return true
  if (!quick.has(one.walk) || !quick.has(other.walk)) return false
  // A whole-school visit has the number 0, and no room.
  const placeOf = (/** @type {Body} */ { visit, number, school }) => rooms.get(visit) ?? (number === 0 ? school : visit)
  const isSoon = Math.abs(one.started_at - other.started_at) <= SOON_MS
  return isSoon && one.date === other.date && placeOf(one) === placeOf(other)
}

/**
 * Stops of one walk that lead to the same room.
 * @param {Seen[]} visits of planned walks, of one person
 * @param {Map<string, string>} rooms visits, with the room each leads to
 * @returns {Pair[]}
 */
export function doubledStops(visits, rooms) {
  const isOneStop = (/** @type {Seen} */ one, /** @type {Seen} */ other) => {
    const [here, there] = [factsOf(one), factsOf(other)]
    return here.walk === there.walk && rooms.has(one.id) && rooms.get(one.id) === rooms.get(other.id)
  }
  return pairs(visits, isOneStop)
}

/**
 * Each later double with the first of its kind, unless its person kept them apart.
 * @param {Seen[]} all @param {(first: Seen, later: Seen) => boolean} isSame @returns {Pair[]}
 */
function pairs(all, isSame) {
  const stands = standing(all)
  const apart = all.filter(({ id }) => stands.get(id) === id).sort((one, other) => (isEarlier(one, other) ? -1 : 1))
  return apart.flatMap((later, at) => {
    const first = apart.slice(0, at).find((one) => isSame(one, later) && !areKeptApart(one, later))
    return first ? [{ first, later }] : []
  })
}

/** @param {Seen} one @param {Seen} other */
function areKeptApart(one, other) {
  return Boolean(factsOf(one).not_same?.[other.id] || factsOf(other).not_same?.[one.id])
}

/** May it be brought together with another one? Never what was given once. @param {Seen} one */
export function isUngiven(one) {
  const { state, returned } = factsOf(one)
  return state === 'draft' && !returned
}

/** @typedef {{id: string, kind: string, set: Record<string, any>, after?: number}} Edit */

/** The later of two stops is shown under the first. @param {Pair} pair @returns {Edit[]} */
export function oneStop({ first, later }) {
  return [{ id: later.id, kind: 'visit', set: { same_as: first.id } }]
}

/**
 * They are two things: no tablet asks again. It is said in one that may still be written.
 * @param {"visit"|"observation"} kind @param {Pair} pair @returns {Edit[]}
 */
export function keptApart(kind, { first, later }) {
  const [said, other] = kind === 'visit' || factsOf(later).state === 'draft' ? [later, first] : [first, later]
  return [{ id: said.id, kind, set: { [`not_same/${other.id}`]: true } }]
}

/** Take apart what was brought together. @param {"visit"|"observation"} kind @param {string} id @param {string} from @returns {Edit[]} */
export function takenApart(kind, id, from) {
  return [{ id, kind, set: { same_as: null, [`not_same/${from}`]: true } }]
}
