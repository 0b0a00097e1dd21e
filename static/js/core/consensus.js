// @ts-check
/**
 * What a team agrees on, read together from what each of them said. The last value that anybody said is what the team has before
 * it; those agree who said the very same. So whoever says another value takes nobody's words away, and yet every yes has to be
 * said anew. One person who began on two tablets is read as one.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{indicator: string, by: string, value: string|number, at: number, why: string}} Saying
 * @typedef {{value: string|number, at: number, by: string, whys: Array<{by: string, why: string}>, yes: string[],
 *   others: Saying[], silent: string[], whole: boolean}} Agreed
 */
import { grouped } from './grouped.js'

/**
 * By indicator, how it stands.
 * @param {Body[]} records of one visit @param {string[]} team
 * @returns {Map<string, Agreed>}
 */
export function agreedOn(records, team) {
  const said = grouped(lastOfEach(records), ({ indicator }) => indicator)
  return new Map([...said].map(([indicator, sayings]) => [indicator, standing(sayings, team)]))
}

/** The moment to write down with what is said now: behind everything said before, whatever the clocks of two tablets say. @param {Agreed|undefined} agreed @param {number} now */
export function momentOfSaying(agreed, now) {
  const before = agreed ? [agreed, ...agreed.others].map(({ at }) => at) : []
  return Math.max(now, ...before.map((at) => at + 1))
}

/** @param {Body[]} records @returns {Saying[]} the latest first */
function lastOfEach(records) {
  const all = records.flatMap(({ by, says }) =>
    Object.entries(says ?? {}).map(([indicator, one]) => ({ indicator, by, value: one.value, at: one.at, why: one.why ?? '' })),
  )
  all.sort((a, b) => b.at - a.at || (a.by < b.by ? -1 : 1))
  const seen = new Set()
  return all.filter(({ indicator, by }) => !seen.has(`${indicator} ${by}`) && seen.add(`${indicator} ${by}`))
}

/** @param {Saying[]} sayings of one indicator, the latest first @param {string[]} team @returns {Agreed} */
function standing(sayings, team) {
  const [{ value, at, by }] = sayings
  const same = sayings.filter((one) => one.value === value)
  const spoke = new Set(sayings.map((one) => one.by))
  const yes = same.map((one) => one.by)
  return {
    value,
    at,
    by,
    yes,
    whys: same.filter(({ why }) => why).map((one) => ({ by: one.by, why: one.why })),
    others: sayings.filter((one) => one.value !== value),
    silent: team.filter((person) => !spoke.has(person)),
    whole: team.every((person) => yes.includes(person)),
  }
}
