// @ts-check
/**
 * The same things by what they have in common, in the order they came.
 * @template T
 * @param {Iterable<T>} some @param {(one: T) => string} keyOf @returns {Map<string, T[]>}
 */
export function grouped(some, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map()
  for (const one of some) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
