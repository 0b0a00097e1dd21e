// @ts-check
/**
 * One way to write a value down, so that a tablet and the server hash the same bytes (RFC 8785).
 * Twin of `sync/canonical.py`; both read `tests/vectors/canonical.json`.
 */

const MAX_DEPTH = 16
// String.prototype.isWellFormed is younger than the oldest browser we promise.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A value has no canonical form here. */
export class NotCanonical extends Error {}

/**
 * Write the value as RFC 8785 does, or refuse what two languages could write differently.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value, depth = 0) {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return integer(value)
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object') throw new NotCanonical(`${typeof value} is not exchanged`)
  if (depth === MAX_DEPTH) throw new NotCanonical('nested too deeply')
  return Array.isArray(value) ? list(value, depth + 1) : map(value, depth + 1)
}

/**
 * SHA-256, in hex, of the canonical form.
 * @param {unknown} value
 * @returns {Promise<string>}
 */
export async function hashOf(value) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(value)))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * A copy that can be sent: halves of surrogate pairs, which a cut-off emoji leaves behind, become the replacement character,
 * and fields without a value are left out. What no tablet should ever make, such as a fraction, is refused.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function exchangeable(value) {
  const copy = cleaned(value)
  canonical(copy)
  return copy
}

/** @param {any} value @returns {any} */
function cleaned(value) {
  if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\ufffd')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(kept.map(([key, one]) => [key, cleaned(one)]))
}

/** @param {unknown[]} value @param {number} depth */
function list(value, depth) {
  // Array.from also visits holes, which map() would skip and join() would leave empty.
  return `[${Array.from(value, (item) => canonical(item, depth)).join(',')}]`
}

/** @param {object} value @param {number} depth */
function map(value, depth) {
  // The default sort is by UTF-16 code unit, which is what RFC 8785 asks for.
  const keys = Object.keys(value).sort()
  const entries = /** @type {Record<string, unknown>} */ (value)
  return `{${keys.map((key) => `${text(key)}:${canonical(entries[key], depth)}`).join(',')}}`
}

/** @param {number} value */
function integer(value) {
  if (!Number.isSafeInteger(value)) throw new NotCanonical('not an integer within 2^53 - 1')
  return JSON.stringify(value)
}

/** @param {string} value */
function text(value) {
  if (value.search(LONE_SURROGATE) >= 0) throw new NotCanonical('half a surrogate pair')
  return JSON.stringify(value)
}
