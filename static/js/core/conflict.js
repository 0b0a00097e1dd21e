// @ts-check
/**
 * Two versions of one thing, written on two tablets that did not know of each other: what stands, and what stands beside.
 * The server keeps the one that gave way at `also/<path with : for />~<the first letters of its change's id>`; where two visits
 * were brought together (`joining.js`) it is the first letters of the other visit's id.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{key: string, path: string, short: string, stands: any, beside: any}} Conflict
 */

const SHORT_CID = 8
const LONGEST_PATH = 71

/**
 * Every conflict of a body, in the order of its paths.
 * @param {Body} body
 * @returns {Conflict[]}
 */
export function conflictsOf(body) {
  const keys = Object.keys(body.also ?? {}).sort()
  return keys.map((key) => {
    const path = wholePath(body, pathOf(key))
    return { key, path, short: key.slice(-SHORT_CID), stands: valueAt(body, path), beside: body.also[key] }
  })
}

/**
 * One of two versions chosen, as one edit: what stands stays as it is unless the other is taken.
 * @param {Conflict} conflict
 * @param {"stands"|"beside"|"both"} kept
 * @returns {Record<string, any>}
 */
export function choice({ key, path, stands, beside }, kept) {
  const settled = { [`also/${key}`]: null }
  if (kept === 'stands') return settled
  return { [path]: kept === 'beside' ? beside : joined(stands, beside), ...settled }
}

/** Are both versions words that can stand one below the other? @param {Conflict} conflict */
export function canKeepBoth({ stands, beside }) {
  return textOf(stands) !== null && textOf(beside) !== null
}

/** The words of a text or of a note, null of anything else. @param {any} value @returns {string|null} */
export function textOf(value) {
  if (typeof value === 'string') return value
  return typeof value?.text === 'string' ? value.text : null
}

/** The value at a path; null where there is none. @param {Body} body @param {string} path */
export function valueAt(body, path) {
  const slash = path.indexOf('/')
  if (slash < 0) return body[path] ?? null
  return body[path.slice(0, slash)]?.[path.slice(slash + 1)] ?? null
}

/** @param {any} stands @param {any} beside */
function joined(stands, beside) {
  const text = `${textOf(stands)}\n${textOf(beside)}`
  if (typeof stands === 'string') return text
  const indicators = [...new Set([...(stands.indicators ?? []), ...(beside.indicators ?? [])])]
  return { ...stands, text, ...(indicators.length ? { indicators } : {}) }
}

/** @param {string} key */
function pathOf(key) {
  // No field has a colon in its name, so the first one was the slash.
  return key.slice(0, -SHORT_CID - 1).replace(':', '/')
}

/** A very long path was cut off to fit: the key it begins is looked for. @param {Body} body @param {string} path */
function wholePath(body, path) {
  const [field, start] = path.split('/')
  if (start === undefined || path.length < LONGEST_PATH) return path
  const key = Object.keys(body[field] ?? {}).find((one) => one.startsWith(start))
  return key ? `${field}/${key}` : path
}

/** Do both say the same, whatever the order of their keys? @param {any} one @param {any} other @returns {boolean} */
export function sameValue(one, other) {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const keys = Object.keys(one)
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false
  return keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]))
}

/**
 * Is there something to choose, by somebody who may? What was given away is first taken back, and what was brought together with
 * another visit is chosen there.
 * @param {Body|null|undefined} body
 */
export function needsChoice(body) {
  const isOpen = ['draft', undefined].includes(body?.state) && !body?.same_as
  return isOpen && Object.keys(body?.also ?? {}).length > 0
}
