// @ts-check
/**
 * Is this our server's answer? A wrong shape counts as not sent, whatever its status says.
 *
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 */
import { NetworkTrouble } from './trouble.js'

const RESETS = new Set(['history', 'view', 'floor'])

/**
 * The answer of a sync request, space by space; thrown out whole when any part of it is not what was agreed.
 * @param {any} json
 * @param {string[]} spaces asked for
 * @returns {Record<string, SpaceAnswer>}
 */
export function readAnswer(json, spaces) {
  if (!isMap(json) || !isMap(json.spaces)) throw new NetworkTrouble('garbled')
  for (const space of spaces) if (!isSpaceAnswer(json.spaces[space])) throw new NetworkTrouble('garbled')
  return json.spaces
}

/** The server's clock, where it says it. @param {any} json @returns {number|null} */
export function serverNowIn({ now }) {
  return Number.isSafeInteger(now) && now > 0 ? now : null
}

/** @param {any} answer */
function isSpaceAnswer(answer) {
  if (!isMap(answer)) return false
  if (isMap(answer.problem)) return true
  if (!isMap(answer.results) || typeof answer.at !== 'string') return false
  if (answer.reset !== undefined) return RESETS.has(answer.reset)
  return Array.isArray(answer.rows) && answer.rows.every(isRow) && Array.isArray(answer.gone) && typeof answer.cursor === 'string'
}

/** @param {any} row */
function isRow(row) {
  if (!Array.isArray(row) || !Number.isSafeInteger(row[0]) || typeof row[1] !== 'string') return false
  if (row.length === 2) return true
  const isMarked = row.length === 5 && typeof row[4] === 'string'
  return (row.length === 4 || isMarked) && typeof row[2] === 'string' && (row[3] === null || isMap(row[3]))
}

/** @param {any} value */
function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
