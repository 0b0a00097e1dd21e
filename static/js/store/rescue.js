// @ts-check
/**
 * The last resort: when the database does not answer even after healing, the edits go, sealed, into the tab's session storage,
 * which survives the reload that mends most things. The next start writes them.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("../core/types.js").Edit} Edit
 */

/** @param {string} account */
const keyOf = (account) => `walkapp:rescued:${account}`

/**
 * Keep edits that could not be written. True when they will survive a reload.
 * @param {Store} store @param {import("./seal.js").Seal} seal @param {string} space @param {Edit[]} edits
 * @returns {Promise<boolean>}
 */
export async function keepSafe(store, seal, space, edits) {
  const shelf = shelfOf()
  if (!shelf) return false
  try {
    const kept = JSON.parse(shelf.getItem(keyOf(store.account)) ?? '[]')
    shelf.setItem(keyOf(store.account), JSON.stringify([...kept, await seal.seal({ space, edits })]))
    return true
  } catch {
    return false
  }
}

/**
 * Write what an earlier page could not. What cannot be written now either stays where it is.
 * @param {Store} store @param {import("./seal.js").Seal} seal
 * @returns {Promise<number>} how many came back
 */
export async function recover(store, seal) {
  const shelf = shelfOf()
  const kept = JSON.parse(shelf?.getItem(keyOf(store.account)) ?? '[]')
  /** @type {any[]} */
  const left = []
  for (const sealed of kept) {
    const { space, edits } = await seal.unseal(sealed)
    await store.write(space, edits).catch(() => left.push(sealed))
  }
  if (left.length) shelf?.setItem(keyOf(store.account), JSON.stringify(left))
  else shelf?.removeItem(keyOf(store.account))
  return kept.length - left.length
}

function shelfOf() {
  try {
    return globalThis.sessionStorage ?? null
  } catch {
    return null
  }
}
