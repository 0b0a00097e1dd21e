// @ts-check
/**
 * Is there room? What a browser estimates is no warning system: it says a gigabyte of a full disk. So before something large
 * is taken, as many bytes are really written, and taken away again.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 */

const PROBE_BYTES = 1_000_000
/** Below this much left, by the browser's own word, a person is warned. */
export const LOW_ROOM_BYTES = 50_000_000
/** No browser gives a lasting profile so little; private windows get it. */
const PRIVATE_QUOTA_BYTES = 120_000_000

/**
 * True when so many bytes can be written now. Nothing of them stays.
 * @param {Keeper} keeper
 * @param {number} [bytes]
 */
export async function hasRoom(keeper, bytes = PROBE_BYTES) {
  const key = ['probe', keeper.now()]
  const box = new Uint8Array(bytes)
  // Zeros may be packed away to nothing; noise has to be written.
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(box.subarray(at, Math.min(bytes, at + 65_536)))
  try {
    await keeper.db.tx('chunks', 'readwrite', (t) => void t.objectStore('chunks').put({ sha: key[0], n: key[1], box }))
    return true
  } catch (error) {
    if (/** @type {any} */ (error)?.name === 'QuotaExceededError') return false
    throw error
  } finally {
    // All of them: a page that was cut off in between left its own behind.
    const probes = IDBKeyRange.bound([key[0]], [key[0], []])
    await keeper.db.tx('chunks', 'readwrite', (t) => void t.objectStore('chunks').delete(probes)).catch(() => {})
  }
}

/**
 * What the browser says of the room it gives: bytes left, and whether it looks like a private window, whose storage ends with it.
 * @param {{storage?: StorageManager}} [browser]
 */
export async function roomLeft({ storage } = globalThis.navigator) {
  const { quota = 0, usage = 0 } = (await storage?.estimate?.().catch(() => null)) ?? {}
  const left = quota ? Math.max(0, quota - usage) : null
  const isTiny = quota > 0 && quota < PRIVATE_QUOTA_BYTES
  return { left, lowRoom: left !== null && left < LOW_ROOM_BYTES, isPassing: isTiny || (await refusesFiles(storage)) }
}

/** Firefox and Safari refuse a private window its file system, where a lasting one has it. @param {StorageManager} [storage] */
async function refusesFiles(storage) {
  if (!storage?.getDirectory) return false
  try {
    await storage.getDirectory()
    return false
  } catch {
    return true
  }
}
