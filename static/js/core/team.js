// @ts-check
/**
 * Who walks together, and what they saw of one indicator when the visit is revealed.
 * @typedef {import("./types.js").Body} Body
 * @typedef {{value: string, count: number}} Share
 */

/** @param {Body} walk @returns {string[]} the lead first */
export function teamOf(walk) {
  return [walk.lead, ...Object.keys(walk.team ?? {}).filter((person) => person !== walk.lead)]
}

/** Also when everybody was taken out again: what was given until then waits for its reveal. @param {Body} walk */
export function isTogether(walk) {
  return Boolean(walk.team)
}

/** @param {Body} walk @param {string} person */
export function walksAlong(walk, person) {
  return teamOf(walk).includes(person)
}

/**
 * How often each value was given, the most frequent first; `agreed` when everybody who gave one gave the same. Who did not
 * observe it, or left it open, is no disagreement.
 * @param {Array<string|number|null|undefined>} values one for each observer
 * @returns {{shares: Share[], given: number, agreed: boolean}}
 */
export function spread(values) {
  const given = values.filter((value) => value != null && value !== '').map(String)
  const counts = new Map()
  for (const value of given) counts.set(value, (counts.get(value) ?? 0) + 1)
  const shares = [...counts].map(([value, count]) => ({ value, count }))
  shares.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { shares, given: given.length, agreed: shares.length === 1 && given.length > 1 }
}
