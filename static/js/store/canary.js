// @ts-check
/**
 * The canary: what this database last was, kept in three places, because a damaged profile comes back as a silently empty
 * database. One stands in the database itself, written in the same transaction as what a person did and what the server said;
 * one in local storage, which lags and is only a hint; one with the server. Whoever remembers more than is here is right.
 *
 * @typedef {import("../core/types.js").Damage} Damage
 *
 * @typedef {object} Canary
 * @property {string} database the database's own id, made with its first write
 * @property {number} highest the highest number a change was ever given here; never less, also when everything is sent
 * @property {number} unsent changes without a receipt
 * @property {string[]} former databases of this tablet whose loss was accepted
 * @property {number} wroteAt when a person last wrote
 *
 * @typedef {{database?: string|null, highest?: number|null, unsent?: number|null, files?: number|null, at?: number|null}} Told
 *   what somebody remembers of this database
 */

export const CANARY = 'canary'
export const DAMAGE = 'damage'
const MOST_FORMER = 8

/**
 * Write the canary anew, in the transaction of the work that moved it. Run twice, it says the same.
 * @param {IDBTransaction} t over `meta` and `outbox`
 * @param {{fresh: string, highest: number, wroteAt: number}} moved `fresh` is the id for a database that has none yet
 */
export function writeCanary(t, { fresh, highest, wroteAt }) {
  const meta = t.objectStore('meta')
  const here = meta.get(CANARY)
  // Placed after the work's own writes, so these are counted as they will be.
  t.objectStore('outbox').count().onsuccess = (counted) => {
    /** @type {Partial<Canary>} */
    const kept = here.result ?? {}
    meta.put({
      name: CANARY,
      database: kept.database ?? fresh,
      highest: Math.max(kept.highest ?? 0, highest),
      unsent: resultOf(counted),
      former: kept.former ?? [],
      wroteAt: Math.max(kept.wroteAt ?? 0, wroteAt),
    })
    // Nothing else is asked: the browser need not wait for this page to have looked at every answer.
    t.commit?.()
  }
}

/**
 * What is missing here, by somebody's memory of it; null when nothing is.
 * @param {Canary|null} here
 * @param {Told|null} told
 * @param {"tablet"|"server"} by
 * @param {number} now
 * @returns {Damage|null}
 */
export function damageBy(here, told, by, now) {
  if (!told?.database || here?.former.includes(told.database)) return null
  const highest = told.highest ?? 0
  // Nobody ever wrote there: what was only read is fetched again.
  if (!highest) return null
  const isSame = told.database === here?.database
  if (isSame && highest <= here.highest) return null
  return {
    why: isSame ? 'cut' : 'emptied',
    by,
    database: told.database,
    missing: isSame ? highest - here.highest : highest,
    unsent: told.unsent ?? 0,
    files: told.files ?? 0,
    wholeAt: told.at ?? null,
    foundAt: now,
  }
}

/**
 * The canary once a loss was accepted: the lost truth is not held against this database again.
 * @param {Canary|null} here @param {Damage} damage @param {string} fresh
 * @returns {Canary}
 */
export function afterDamage(here, damage, fresh) {
  const former = [...(here?.former ?? []), damage.database].slice(-MOST_FORMER)
  const isSame = here?.database === damage.database
  return {
    database: !here || isSame ? fresh : here.database,
    highest: here?.highest ?? 0,
    unsent: here?.unsent ?? 0,
    wroteAt: here?.wroteAt ?? 0,
    former,
  }
}

/**
 * The lagging memory beside the database; a browser without local storage has two canaries left.
 * @param {string} account
 * @param {() => Pick<Storage, "getItem"|"setItem">|undefined} [shelf]
 */
export function hintOf(account, shelf = () => globalThis.localStorage) {
  const key = `walkapp:canary:${account}`
  return {
    /** @returns {Told|null} */
    read() {
      try {
        return JSON.parse(shelf()?.getItem(key) ?? 'null')
      } catch {
        return null
      }
    },
    /** @param {Canary} canary @param {number} at */
    write({ database, highest, unsent }, at) {
      try {
        shelf()?.setItem(key, JSON.stringify({ database, highest, unsent, at }))
      } catch {
        // Full, or switched off.
      }
    },
  }
}

/** @typedef {ReturnType<typeof hintOf>} Hint */

/** @param {Event} event @returns {any} */
function resultOf(event) {
  return /** @type {IDBRequest} */ (event.target).result
}
