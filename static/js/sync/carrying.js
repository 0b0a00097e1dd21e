// @ts-check
/**
 * Photos travel after a round of words went well. When they cannot, they wait with a patience of their own: a network that
 * stops photos must not slow down words.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("./uploads.js").Going} Going
 * @typedef {{store: Store, uploads: {run: (going: Going) => Promise<boolean>},
 *   downloads: {ahead: (going: Going) => Promise<boolean>}, now: () => number, random: () => number}} Means
 */
import { LONGEST_IDLE_WAIT_MS, waitAfter } from '../core/backoff.js'
import { NetworkTrouble, Unserved } from './trouble.js'

/** @param {Means} means */
export function makeCarrying({ store, uploads, downloads, now, random }) {
  let failures = 0
  let notBefore = 0

  /**
   * Photos up, then what will be looked at down; true when more could go at once.
   * @param {() => void} [moved] said with every step forward @param {AbortSignal} [signal] @returns {Promise<boolean>}
   */
  async function after(moved = () => {}, signal = new AbortController().signal) {
    const left = notBefore - now()
    // A clock that was set back meanwhile must not make a photo wait for days.
    if (left > 0 && left <= LONGEST_IDLE_WAIT_MS) return false
    try {
      const more = (await uploads.run({ moved, signal })) || (await downloads.ahead({ moved, signal }))
      failures = 0
      store.note({ filesNextTryAt: null })
      return more
    } catch (error) {
      wait(error)
      return false
    }
  }

  /** @param {unknown} error */
  function wait(error) {
    const isOfTheWay = error instanceof NetworkTrouble || (error instanceof Unserved && error.status !== 401)
    if (!isOfTheWay) throw error
    failures += 1
    const asked = error instanceof Unserved ? (error.retryAfter ?? 0) : 0
    const patience = waitAfter(failures, random(), LONGEST_IDLE_WAIT_MS)
    notBefore = now() + Math.min(LONGEST_IDLE_WAIT_MS, Math.max(asked, patience))
    store.note({ filesNextTryAt: notBefore })
  }

  return { after }
}
