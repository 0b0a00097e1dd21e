// @ts-check
/** Held by the one tab that sends, and to sign in or out: nobody's work is ever sent under another's name. */
export const SYNC_LOCK = 'walkapp-sync'

/** A tab put to sleep by the system holds its lock for as long as it sleeps: nobody waits for it longer than this. */
const LONGEST_WAIT_MS = 15_000

/**
 * Do it while no other tab sends.
 * @param {LockManager|null} locks @param {() => Promise<void>} work
 * @param {{steals?: boolean, waits?: boolean}} how take it from whoever holds it, or wait for one's turn, or neither
 * @returns {Promise<boolean>} was it our turn?
 */
export async function inTurn(locks, work, { steals = false, waits = false }) {
  if (!locks) return work().then(() => true)
  const how = steals ? { steal: true } : waits ? { signal: AbortSignal.timeout(LONGEST_WAIT_MS) } : { ifAvailable: true }
  let had = false
  try {
    await locks.request(SYNC_LOCK, how, (lock) => {
      had = lock !== null
      return lock ? work() : undefined
    })
  } catch (error) {
    if (!['AbortError', 'TimeoutError'].includes(/** @type {any} */ (error)?.name)) throw error
  }
  return had
}
