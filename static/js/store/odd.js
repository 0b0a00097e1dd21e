// @ts-check
/**
 * Entries that cannot be read: the seal does not open, or what comes out does not have its kind's form. One such entry stops
 * nothing; it lies apart, exactly as it was found, until its person puts it away.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./step.js").Odd} Odd
 */
import { isShaped } from './seal.js'

const KEYS = /** @type {Record<string, string>} */ ({ docs: 'id', rows: 'id', outbox: 'cid', sent: 'cid', refused: 'cid' })
/** Read at each start. A document is looked at when it is opened: there may be ten thousand. */
const SWEPT = ['outbox', 'refused', 'sent']
const ROWS_AT_ONCE = 500

/** @param {string} store @param {string} id @param {any} raw @param {any} error @param {number} at @returns {Odd} */
export function oddOne(store, id, raw, error, at) {
  return { key: `${store} ${id}`, store, id, why: String(error?.message ?? error), at, raw }
}

/**
 * Take what cannot be read out of the way of what can, before anything is sent. A list row is only derived and is dropped; its
 * document is looked at instead.
 * @param {Keeper} keeper
 * @returns {Promise<number>} how many were set apart
 */
export async function sweep(keeper) {
  let count = 0
  for (const store of SWEPT) for await (const kept of pagesOf(keeper, store)) count += await setApart(keeper, store, kept)
  const rows = await keeper.db.tx('rows', 'readonly', (t) => t.objectStore('rows').getAll(null, ROWS_AT_ONCE))
  return count + (await setApart(keeper, 'rows', rows))
}

/** A season of sent changes is too much to hold at once. @param {Keeper} keeper @param {string} store @returns {AsyncGenerator<any[]>} */
async function* pagesOf(keeper, store) {
  let after = ''
  for (;;) {
    const range = IDBKeyRange.lowerBound(after, true)
    const kept = await keeper.db.tx(store, 'readonly', (t) => t.objectStore(store).getAll(range, ROWS_AT_ONCE), { limit: 15_000 })
    if (kept.length) yield kept
    if (kept.length < ROWS_AT_ONCE) return
    after = kept[kept.length - 1][KEYS[store]]
  }
}

/**
 * Move those of the entries that cannot be read. One whose document is damaged takes its list row along.
 * @param {Keeper} keeper @param {string} store @param {any[]} kept
 */
export async function setApart(keeper, store, kept) {
  const found = (await Promise.all(kept.map((one) => check(keeper, store, one)))).filter((one) => one !== null)
  if (found.length === 0) return 0
  await keeper.db.tx(store === 'docs' ? ['docs', 'rows', 'odd'] : [store, 'odd'], 'readwrite', (t) => {
    for (const odd of found) {
      t.objectStore(store).get(odd.id).onsuccess = (event) => {
        // Written anew meanwhile: then what lies there now is whole.
        if (/** @type {IDBRequest} */ (event.target).result?.rev !== odd.raw.rev) return
        t.objectStore('odd').put(odd)
        t.objectStore(store).delete(odd.id)
        if (store === 'docs') t.objectStore('rows').delete(odd.id)
      }
    }
  })
  return found.length
}

/** @param {Keeper} keeper @param {string} store @param {any} one @returns {Promise<Odd|null>} */
async function check(keeper, store, one) {
  try {
    if (isShaped(store, await keeper.seal.unseal(one.box))) return null
    throw new TypeError('It does not have the form of its kind')
  } catch (error) {
    return oddOne(store, one[KEYS[store]], one, error, keeper.now())
  }
}

/** @param {Keeper} keeper @returns {Promise<Odd[]>} newest first */
export async function listOdd(keeper) {
  const found = await keeper.db.tx('odd', 'readonly', (t) => t.objectStore('odd').getAll())
  return found.sort((/** @type {Odd} */ a, /** @type {Odd} */ b) => b.at - a.at)
}

/** Put one away for good; only ever by the person's own choice. @param {Keeper} keeper @param {string} key */
export async function dropOdd(keeper, key) {
  await keeper.db.tx('odd', 'readwrite', (t) => void t.objectStore('odd').delete(key))
}
