// @ts-check
/**
 * What this page wrote last, so that the next tap on the same record need not read it back. It is never believed: the
 * transaction that builds on it looks at the `rev` in the database, and a step that finds another one starts over from there.
 *
 * @typedef {import("./step.js").Put} Put
 * @typedef {{rev: string, value: any, guard: {store: string, key: string}}} Kept `guard` is where the rev is looked at again
 */

/** One tap writes a record, its line, a change, and perhaps another record's line. */
const MOST_PUTS = 8
const MOST_KEPT = 16
const STORES = new Set(['docs', 'outbox'])

export class Hot {
  /** @type {Map<string, Kept>} */
  #kept = new Map()
  /** The highest order number ever given here, null when it has to be looked up. @type {number|null} */
  highest = null

  /** Whoever takes it may change it, so that it is there for one step only. @param {string} store @param {string} key */
  take(store, key) {
    const name = nameOf(store, key)
    const one = this.#kept.get(name)
    this.#kept.delete(name)
    return one
  }

  /** What a step has committed. @param {Put[]} puts @param {import("./step.js").Drop[]} drops @param {string} rev @param {number} highest */
  keep(puts, drops, rev, highest) {
    if (puts.length > MOST_PUTS || this.#kept.size > MOST_KEPT) this.#kept.clear()
    for (const { store, key } of drops) this.#kept.delete(nameOf(store, String(key)))
    for (const put of puts) this.#keepOne(put, puts, rev)
    if (this.highest !== null) this.highest = Math.max(this.highest, highest)
  }

  /** @param {Put} put @param {Put[]} puts @param {string} rev */
  #keepOne({ store, clear, value }, puts, rev) {
    if (!STORES.has(store) || puts.length > MOST_PUTS) return
    const key = clear.id ?? clear.cid
    const hasLine = store === 'docs' && puts.some((one) => one.store === 'rows' && one.clear.id === key)
    // A record and its line are always written together, and the line is far smaller to look at.
    const guard = { store: hasLine ? 'rows' : store, key }
    this.#kept.set(nameOf(store, key), { rev, value: { ...value, n: clear.n }, guard })
  }

  /** Something moved, or nothing was written: the database is asked again. */
  forget() {
    this.#kept.clear()
    this.highest = null
  }
}

/** @param {string} store @param {string} key */
const nameOf = (store, key) => `${store} ${key}`
