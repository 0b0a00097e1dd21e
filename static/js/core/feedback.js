// @ts-check
/**
 * When an observation was given and when the desk answered, until when an answer is due, and how long answers took: all from
 * what the records say of themselves, each moment by the clock of the tablet that took the step.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {"same-day"|"two-work-days"|"one-week"} Rule
 * @typedef {{given: number|null, decided: number}} Answer
 */
import { dateOf } from './time.js'

/** As on the server, until a district decides. @type {Rule} */
export const USUAL_RULE = 'two-work-days'
export const WINDOW_DAYS = 30
/** Fewer say more of one observer than of the desk. */
export const FEWEST_ANSWERS = 5

const DAY_MS = 24 * 3_600_000
/** @type {Record<Rule, (day: Date) => void>} */
const FORWARD = {
  'same-day': () => {},
  'two-work-days': (day) => [1, 2].forEach(() => toNextWorkDay(day)),
  'one-week': (day) => toNextDay(day, 7),
}

/**
 * The moment to write down with a step. It lies behind what was decided before it whatever the two clocks say: so a moment that
 * is older than the last decision is known as one of an earlier round.
 * @param {Body} body @param {number} now
 */
export function momentOfStep(body, now) {
  return Math.max(now, (body.returned?.at ?? 0) + 1)
}

/**
 * When it was given to the desk, in a team's walk when its visit was revealed; null where the app that gave it was too old to say.
 * @param {Body} body @returns {number|null}
 */
export function givenAt(body) {
  const at = ofThisRound(body, body.given_at)
  return at === null ? null : Math.max(at, body.revealed?.at ?? 0)
}

/** When it was released; null where it is not, or an older app did. @param {Body} body @returns {number|null} */
export function releasedAt(body) {
  return body.state === 'released' ? ofThisRound(body, body.released?.at) : null
}

/** The earliest it can have been given: due days are counted from here where nobody said more. @param {Body} body @returns {number} */
export function givenAtLeast(body) {
  return givenAt(body) ?? Math.max(body.ended_at ?? body.started_at, body.returned?.at ?? 0, body.revealed?.at ?? 0)
}

/**
 * The last day on which an answer is in time. Work days are Monday to Friday; a day without its observer counts all the same.
 * @param {Rule} rule @param {number} given @returns {string} YYYY-MM-DD
 */
export function dueDay(rule, given) {
  const day = new Date(given)
  // Noon, because a day that changes to summer time has 23 hours.
  day.setHours(12, 0, 0, 0)
  const forward = FORWARD[rule] ?? FORWARD[USUAL_RULE]
  forward(day)
  return dateOf(day.getTime())
}

/**
 * Every answer there was: released or sent back. A principal who observed herself answers nobody.
 * @param {Body[]} observations @param {Body[]} reviews whole, with the version as it was
 * @returns {Answer[]}
 */
export function answersOf(observations, reviews) {
  const sentBack = reviews
    .filter(({ verb, by, observer }) => verb === 'return' && by !== observer)
    .map(({ version, at }) => ({ given: givenAt(version), decided: at }))
  const reopened = reviews.filter(({ verb }) => verb === 'reopen').map(({ version }) => version)
  const released = [...observations, ...reopened]
    .filter((body) => releasedAt(body) !== null && body.released.by !== body.observer)
    .map((body) => ({ given: givenAt(body), decided: body.released.at }))
  return [...sentBack, ...released]
}

/**
 * The median of the time from given to answered, over answers of the last 30 days of which both moments are known.
 * @param {Answer[]} answers @param {number} now
 * @returns {{n: number, median: number|null}} null where there are too few to say it
 */
export function timeToFeedback(answers, now) {
  const since = now - WINDOW_DAYS * DAY_MS
  const took = answers
    .filter(({ given, decided }) => given !== null && decided > since && decided <= now)
    // Two clocks that differ give no answer before its question.
    .map(({ given, decided }) => Math.max(0, decided - Number(given)))
    .sort((a, b) => a - b)
  return { n: took.length, median: took.length < FEWEST_ANSWERS ? null : middleOf(took) }
}

/** @param {Body} body @param {number|undefined|null} at @returns {number|null} */
function ofThisRound(body, at) {
  return at != null && at > (body.returned?.at ?? 0) ? at : null
}

/** @param {number[]} sorted */
function middleOf(sorted) {
  const half = sorted.length / 2
  return Math.round((sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2)
}

/** @param {Date} day */
function toNextWorkDay(day) {
  do toNextDay(day, 1)
  while ([0, 6].includes(day.getDay()))
}

/** @param {Date} day @param {number} days */
function toNextDay(day, days) {
  day.setDate(day.getDate() + days)
}
