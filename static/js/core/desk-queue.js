// @ts-check
/**
 * The queue of a desk: every observation that was given to it, in one of four states, in the order it is to be read.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {import("./types.js").ListRow} ListRow
 * @typedef {import("./feedback.js").Rule} Rule
 * @typedef {"waiting"|"sent-back"|"released"|"reopened"} State
 * @typedef {{id: string, state: State, body: Body, at: number, isKnown: boolean, due: string|null, isWalk: boolean}} Item
 *   `at` is when it was given, sent back, released or reopened, if that `isKnown`; else when its visit ended
 * @typedef {{from?: "walk"|"quick"|"", rubric?: string, school?: string}} Filter
 */
import { dueDay, givenAt, givenAtLeast, releasedAt } from './feedback.js'

/** @type {State[]} */
export const STATES = ['waiting', 'sent-back', 'released', 'reopened']

/**
 * What waits comes first due first; everything else newest first.
 * @param {{rows: Array<{id: string, summary: Body}>, wentBack: Body[], rule: Rule, walks: Set<string>}} desk `wentBack`: of each
 *   observation that went back the newest review, whole; `walks`: the ids of planned walks
 * @returns {Item[]}
 */
export function queueOf({ rows, wentBack, rule, walks }) {
  const here = rows.filter(({ summary }) => summary.state !== 'draft')
  const isHere = new Set(here.map(({ id }) => id))
  const gone = wentBack.filter(({ observation }) => !isHere.has(observation))
  const items = [...here.map((row) => given(row, rule)), ...gone.map(back)]
  return items.map((item) => ({ ...item, isWalk: walks.has(item.body.walk) })).sort(inOrder)
}

/** @param {Item[]} items @param {Filter} filter */
export function filtered(items, { from, rubric, school }) {
  return items.filter(
    ({ body, isWalk }) =>
      (!from || isWalk === (from === 'walk')) && (!rubric || body.rubric === rubric) && (!school || body.school === school),
  )
}

/** How many are in each state. @param {Item[]} items @returns {Record<State, number>} */
export function counted(items) {
  const counts = { waiting: 0, 'sent-back': 0, released: 0, reopened: 0 }
  for (const { state } of items) counts[state] += 1
  return counts
}

/**
 * The newest review by which each observation went back.
 * @template {{body: Body}} R @param {R[]} reviews @returns {R[]}
 */
export function newestBack(reviews) {
  /** @type {Map<string, R>} */
  const newest = new Map()
  for (const one of reviews) {
    const known = newest.get(one.body.observation)
    if (one.body.verb !== 'comment' && !(known && known.body.at >= one.body.at)) newest.set(one.body.observation, one)
  }
  return [...newest.values()]
}

/** @param {{id: string, summary: Body}} row @param {Rule} rule @returns {Item} */
function given({ id, summary: body }, rule) {
  const isReleased = body.state === 'released'
  const known = isReleased ? releasedAt(body) : givenAt(body)
  const at = known ?? givenAtLeast(body)
  const due = isReleased ? null : dueDay(rule, at)
  return { id, state: isReleased ? 'released' : 'waiting', body, at, isKnown: known !== null, due, isWalk: false }
}

/** @param {Body} review @returns {Item} */
function back({ observation, verb, at, version }) {
  const state = verb === 'reopen' ? 'reopened' : 'sent-back'
  return { id: observation, state, body: version, at, isKnown: true, due: null, isWalk: false }
}

/** @param {Item} one @param {Item} other */
function inOrder(one, other) {
  if (one.state !== other.state) return STATES.indexOf(one.state) - STATES.indexOf(other.state)
  if (one.state !== 'waiting') return other.at - one.at || (one.id < other.id ? -1 : 1)
  if (one.due !== other.due) return String(one.due) < String(other.due) ? -1 : 1
  return one.at - other.at || (one.id < other.id ? -1 : 1)
}
