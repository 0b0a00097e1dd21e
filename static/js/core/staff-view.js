// @ts-check
/**
 * What staff may see of a released observation: the visit's number, its ratings and its notes. Nothing else is passed on: a time,
 * a grade or an observer's name beside a number would say whose room it was.
 *
 * @typedef {import("./types.js").Body} Body
 */
import { evidenceOf } from './observation.js'

const SHOWN = ['number', 'rubric', 'form', 'focus', 'state', 'gates', 'ratings']
/** What stays with the observer and the desk, in groups that have a word. @type {Record<string, string[]>} */
const KEPT_BACK = {
  room: ['context'],
  counted: ['counts', 'asked', 'sweeps', 'intervals', 'turns', 'talk'],
  answers: ['answers', 'choices', 'rows'],
  photos: ['photos'],
  drawings: ['ink'],
}

/** @param {Body} body @returns {Body} the notes in their order, without their times */
export function staffView(body) {
  const shown = SHOWN.filter((field) => body[field] !== undefined).map((field) => [field, body[field]])
  const notes = evidenceOf(body).map(({ id, text, chip, indicators }, order) => [id, { text, chip, indicators, order }])
  return { ...Object.fromEntries(shown), evidence: Object.fromEntries(notes) }
}

/** @param {Body} body @returns {string[]} the groups staff do not see and this one has */
export function keptBack(body) {
  const has = (/** @type {string} */ field) => Object.keys(body[field] ?? {}).length > 0
  return Object.keys(KEPT_BACK).filter((group) => KEPT_BACK[group].some(has))
}
