// @ts-check
/**
 * Laying own changes over a body. Twin of `apply_change` in `sync/merge.py`; both read `tests/vectors/merge.json`.
 * @typedef {import("./types.js").Body} Body
 * @typedef {Pick<import("./types.js").Change, "new" | "set">} Edits
 */

/**
 * The body after the change; the one handed in stays as it was. Null stands for a record that is not there. What the change does
 * not speak of is the very same object in both, so that a screen sees what moved and paints no more: neither is ever written into.
 * @param {Body|null} body
 * @param {Edits} change
 * @returns {Body|null}
 */
export function applyChange(body, change) {
  if (change.new) return structuredClone(change.new)
  if (body === null) return null
  /** @type {Body|null} */
  let result = body
  for (const [path, value] of Object.entries(change.set ?? {})) result = applyPath(result, path, value)
  return result
}

/**
 * @param {Body|null} body
 * @param {Edits[]} changes in the order in which they were made
 * @returns {Body|null}
 */
export function replay(body, changes) {
  return changes.reduce(applyChange, body)
}

/**
 * The earlier paths with the later ones laid over them, as one set in the order things were done.
 * @param {Record<string, any>} earlier
 * @param {Record<string, any>} later
 */
export function joinSets(earlier, later) {
  const joined = { ...earlier }
  for (const [path, value] of Object.entries(later)) {
    for (const known of Object.keys(joined)) {
      if (known === path || known.startsWith(`${path}/`)) delete joined[known]
    }
    joined[path] = value
  }
  return joined
}

/** @param {Body|null} body @param {string} path @param {unknown} value @returns {Body|null} */
function applyPath(body, path, value) {
  if (path === '') return value === null ? null : body
  if (body === null) return null
  const [field, key] = split(path)
  if (key === null) return placed(body, field, value)
  if (Object.hasOwn(body, field) && isMap(body[field])) return { ...body, [field]: placed(body[field], key, value) }
  return value === null ? body : { ...body, [field]: { [key]: structuredClone(value) } }
}

/** @param {Body} map @param {string} key @param {unknown} value @returns {Body} */
function placed(map, key, value) {
  if (value !== null) return { ...map, [key]: structuredClone(value) }
  const { [key]: _gone, ...others } = map
  return others
}

/** @param {string} path @returns {[string, string|null]} */
function split(path) {
  const slash = path.indexOf('/')
  return slash < 0 ? [path, null] : [path.slice(0, slash), path.slice(slash + 1)]
}

/** @param {unknown} value */
function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
