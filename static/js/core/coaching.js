// @ts-check
/**
 * The coaching zone as a tablet knows it: agreements of two people, and the steps written under them.
 * @typedef {import("./types.js").LocalRecord} Found
 * @typedef {import("./types.js").Body} Body
 */
import { dateOf } from './time.js'

/** A teacher who hears nothing for so long is pointed out, quietly. */
export const QUIET_AFTER_DAYS = 14
export const UPTAKES = [1, 2, 3, 4]
/** Without these three a step is not whole; the server says the same. */
export const NEEDED = ['strength', 'question', 'step']
const DAY_MS = 86_400_000
/** Visits by agreement, not by lot: a nameless walk shows nothing of a teacher. */
const NAMED_WALKS = ['drop-in']

/** How an agreement stands. What is over does not come back. @param {Body} agreement @returns {"asked"|"agreed"|"over"} */
export function standingOf(agreement) {
  if (agreement.over) return 'over'
  return agreement.agreed ? 'agreed' : 'asked'
}

/** Those of one agreement, the newest first. @param {Found[]} steps @param {string} agreement */
export function stepsUnder(steps, agreement) {
  return steps.filter(({ body }) => body.agreement === agreement).sort(newestFirst)
}

/** The last that was agreed: given, whether it is closed or not. @param {Found[]} steps of one agreement @returns {Found|null} */
export function lastGiven(steps) {
  return steps.filter(({ body }) => body.state === 'given').sort(newestFirst)[0] ?? null
}

/**
 * For how many days a teacher who agreed has heard nothing; 0 before it is worth a word.
 * @param {Body} agreement @param {Found[]} steps of this agreement @param {number} now
 */
export function quietDays(agreement, steps, now) {
  if (standingOf(agreement) !== 'agreed') return 0
  const since = lastGiven(steps)?.body.seen ?? dateOf(agreement.agreed.at)
  const days = Math.round((Date.parse(dateOf(now)) - Date.parse(since)) / DAY_MS)
  return days >= QUIET_AFTER_DAYS ? days : 0
}

/** Is it due today, or was it? @param {Body} step @param {number} now */
export function isFollowUpDue(step, now) {
  return Boolean(step.follow_up) && !step.closed && step.state === 'given' && step.follow_up <= dateOf(now)
}

/**
 * What stands first when this coach opens a visit: the last open step of each teacher who named this room.
 * @param {{kind: string|undefined, room: string|undefined, me: string, agreements: Found[], steps: Found[]}} visit
 * @returns {Array<{agreement: Found, step: Found}>}
 */
export function stepsInRoom({ kind, room, me, agreements, steps }) {
  if (!kind || !room || !NAMED_WALKS.includes(kind)) return []
  return openSteps({ me, agreements, steps }).filter(({ agreement }) => agreement.body.rooms?.[room])
}

/** The rooms in which something stands first. @param {{me: string, agreements: Found[], steps: Found[]}} known */
export function roomsWithSteps(known) {
  return new Set(openSteps(known).flatMap(({ agreement }) => Object.keys(agreement.body.rooms ?? {})))
}

/** @param {{me: string, agreements: Found[], steps: Found[]}} known @returns {Array<{agreement: Found, step: Found}>} */
function openSteps({ me, agreements, steps }) {
  const mine = agreements.filter(({ body }) => body.coach === me && standingOf(body) === 'agreed')
  return mine.flatMap((agreement) => {
    const step = lastGiven(stepsUnder(steps, agreement.id))
    return step && !step.body.closed ? [{ agreement, step }] : []
  })
}

/** What a step lacks before it can be given. @param {Body} step @returns {string[]} */
export function lacking(step) {
  return NEEDED.filter((name) => !step[name]?.trim())
}

/** @param {Found} a @param {Found} b */
function newestFirst(a, b) {
  if (a.body.seen !== b.body.seen) return a.body.seen < b.body.seen ? 1 : -1
  return a.id < b.id ? 1 : -1
}
