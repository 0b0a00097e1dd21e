// @ts-check
/**
 * A loss that was found: remembered until its person has seen it, then accepted.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("../core/types.js").Damage} Damage
 * @typedef {import("./canary.js").Canary} Canary
 */
import { afterDamage, CANARY, DAMAGE } from './canary.js'

/** No database has such an id: what only the second copy remembers has none. */
const BY_COPY = 'second copy'
/** Changes that their person left in the second copy, knowing of them. */
const LEFT = 'left-in-copy'

/** @param {Canary|null} here @param {number} missing @param {number} now @returns {Damage} */
export function damageByCopy(here, missing, now) {
  const why = here ? 'cut' : 'emptied'
  return {
    why,
    by: 'copy',
    database: `${BY_COPY} ${now}`,
    missing,
    unsent: missing,
    files: 0,
    wholeAt: here?.wroteAt || null,
    foundAt: now,
  }
}

/** The first loss that was found is the one that is told. @param {Keeper} keeper @param {Damage} damage */
export async function rememberDamage(keeper, damage) {
  await keeper.db.tx('meta', 'readwrite', (t) => {
    const meta = t.objectStore('meta')
    meta.get(DAMAGE).onsuccess = (event) => {
      if (!(/** @type {IDBRequest} */ (event.target).result)) meta.put({ name: DAMAGE, damage })
    }
  })
}

/** @param {Keeper} keeper @returns {Promise<string[]>} */
export async function leftInCopy(keeper) {
  return (await keeper.db.get('meta', LEFT))?.cids ?? []
}

/** @param {Keeper} keeper @param {Damage} damage @param {string[]} [left] changes that only the second copy has */
export async function acceptDamage(keeper, damage, left = []) {
  const fresh = keeper.newId()
  await keeper.db.tx('meta', 'readwrite', (t) => {
    const meta = t.objectStore('meta')
    meta.delete(DAMAGE)
    if (left.length) meta.put({ name: LEFT, cids: left })
    meta.get(CANARY).onsuccess = (event) => {
      const here = /** @type {IDBRequest} */ (event.target).result ?? null
      // Run twice, the first run's acceptance stands.
      if (!here?.former.includes(damage.database)) meta.put({ name: CANARY, ...afterDamage(here, damage, fresh) })
    }
  })
}

/**
 * Forget the place in every feed, so that the server tells all of it once more. Rows that are here already change nothing.
 * @param {Keeper} keeper
 */
export async function fetchAgain(keeper) {
  const kept = await keeper.db.tx('meta', 'readonly', (t) => t.objectStore('meta').getAll())
  for (const { name, rev, box } of kept.filter((/** @type {any} */ one) => one.name.startsWith('space:'))) {
    const value = await keeper.seal.unseal(box).catch(() => ({}))
    const next = await keeper.seal.seal({ ...value, cursor: null })
    await keeper.db.tx('meta', 'readwrite', (t) => {
      const meta = t.objectStore('meta')
      meta.get(name).onsuccess = (event) => {
        // Somebody else was here: the next try will find them gone.
        if (/** @type {IDBRequest} */ (event.target).result?.rev === rev) meta.put({ name, rev: keeper.newId(), box: next })
      }
    })
  }
}
