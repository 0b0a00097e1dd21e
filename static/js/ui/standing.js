import { factsOf, standing } from '../core/doubles.js'

/** Which record stands for each of these; what they were brought together with is looked up where it is not among them. */
export async function standingAmong(store, some) {
  const known = new Map(some.map((one) => [one.id, one]))
  const named = some.map((one) => factsOf(one).same_as)
  // Grows while it is walked: what was looked up may name another one.
  for (const id of named) {
    const found = id && !known.has(id) ? await store.read(id) : null
    if (!found) continue
    known.set(id, found)
    named.push(found.body.same_as)
  }
  return standing([...known.values()])
}

/**
 * What a joined observation is shown under: `{id, record}`, the record null while it is not on this tablet; null for one that
 * stands for itself.
 */
export async function standsFor(store, record) {
  const id = (await standingAmong(store, [record])).get(record.id)
  if (id !== record.id) return { id, record: await store.read(id) }
  const named = record.body.same_as
  return named && !(await store.read(named)) ? { id: named, record: null } : null
}
