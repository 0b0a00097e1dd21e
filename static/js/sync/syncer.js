// @ts-check
/**
 * When to send and fetch. One tab at a time, chosen by a lock; one request at a time; later and later when nobody answers.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("./round.js").Means} Means
 * @typedef {{locks?: LockManager|null, events?: EventTarget, isVisible?: () => boolean,
 *   setTimeout?: (work: () => void, ms: number) => any, clearTimeout?: (timer: any) => void}} Surroundings
 * @typedef {Means & {random: () => number, onSignedOut?: () => void, isStillMe?: () => Promise<boolean>,
 *   surroundings?: Surroundings}} Options
 */
import { LONGEST_IDLE_WAIT_MS, LONGEST_WAIT_MS, waitAfter } from '../core/backoff.js'
import { makeBatching } from './batching.js'
import { SYNC_LOCK } from './lock.js'
import { round } from './round.js'
import { NetworkTrouble, Unreadable, Unserved } from './trouble.js'

/** After the last edit, so that a burst of taps becomes one change; but long typing is not left waiting. */
const AFTER_EDIT_MS = 2_000
const LONGEST_AFTER_EDIT_MS = 15_000
const WHILE_WAITING_MS = 30_000
/** A desk that stays open hears of what was given to it without being touched. */
const WHILE_IDLE_MS = 300_000
const PRUNE_EVERY_MS = 24 * 3_600_000
const WAKING = /** @type {const} */ (['visibilitychange', 'pageshow', 'online'])

/**
 * Send and fetch at start, after edits, when the page or the network comes back, while anything waits, and by hand.
 * @param {Options} options
 */
export function startSyncer(options) {
  const { store, now, random, onSignedOut = () => {}, isStillMe = async () => true } = options
  const { locks, events, isVisible, setTimeout, clearTimeout } = surroundingsOf(options.surroundings ?? {})
  const batching = makeBatching({ store, now, random })
  const state = { failures: 0, notBefore: 0, reached: false, stopped: false, again: false, prunedAt: 0, editedAt: 0 }
  /** @type {Promise<void>|null} */
  let running = null
  /** @type {any} */
  let timer

  /** Send and fetch now; resolves when it is over, well or not. During a run, another one follows. */
  function poke() {
    if (state.stopped || now() < state.notBefore) return Promise.resolve()
    state.again = running !== null
    running ??= run().finally(finished)
    return running
  }

  async function run() {
    clearTimeout(timer)
    state.editedAt = 0
    if (!locks) return oneRun()
    await locks.request(SYNC_LOCK, { ifAvailable: true }, (lock) => (lock ? oneRun() : undefined))
  }

  function finished() {
    running = null
    schedule(state.again ? 0 : pause())
    state.again = false
  }

  async function oneRun() {
    if (!(await isStillMe())) return signedOut()
    store.note({ syncing: true })
    try {
      await sendAndFetch()
      await succeed()
    } catch (error) {
      await fail(error)
    } finally {
      store.note({ syncing: false })
    }
  }

  async function sendAndFetch() {
    const asksFirst = !state.reached
    // After silence, first ask whether anybody is there: what was handed to a dead network once can never be joined again.
    if (asksFirst) await exchange(true)
    batching.serverWasAsked = asksFirst
    if (!asksFirst || store.status().waiting) await exchange(false)
  }

  /** @param {boolean} quiet */
  async function exchange(quiet) {
    const { doubts } = await round(options, { ...batching.limits(), quiet })
    state.reached = true
    store.note({ offline: false, signedOut: false, lastContactAt: now() })
    if (doubts) throw new NetworkTrouble('garbled')
  }

  async function succeed() {
    Object.assign(state, { failures: 0, notBefore: 0 })
    batching.relax()
    if (now() - state.prunedAt < PRUNE_EVERY_MS) return
    state.prunedAt = now()
    await store.outbox.pruneSent()
  }

  /** @param {unknown} error */
  async function fail(error) {
    state.failures += 1
    const had = state.reached
    state.reached = false
    if (error instanceof NetworkTrouble) return noteNetwork(error)
    if (!(error instanceof Unserved)) throw error
    store.note({ offline: false, lastContactAt: now() })
    if (error.status === 401) return signedOut()
    if (error.status === 426) return mustUpdate()
    if (error.retryAfter !== null) state.notBefore = now() + error.retryAfter
    if (had && error instanceof Unreadable && (await batching.isolate(error))) state.again = true
  }

  /** @param {NetworkTrouble} trouble */
  function noteNetwork({ code }) {
    if (code !== 'garbled') store.note({ offline: true })
  }

  function signedOut() {
    store.note({ signedOut: true })
    onSignedOut()
  }

  function mustUpdate() {
    state.stopped = true
    store.note({ mustUpdate: true })
  }

  /** @param {number} wait */
  function schedule(wait) {
    clearTimeout(timer)
    if (state.stopped) return
    timer = setTimeout(onTime, Math.max(wait, state.notBefore - now()))
  }

  function onTime() {
    if (isVisible() || store.status().waiting) poke().catch(tell)
    else schedule(pause())
  }

  function pause() {
    const { waiting, signedOut } = store.status()
    const isUrgent = waiting > 0 && !signedOut
    if (state.failures) return waitAfter(state.failures, random(), isUrgent ? LONGEST_WAIT_MS : LONGEST_IDLE_WAIT_MS)
    return isUrgent ? WHILE_WAITING_MS : WHILE_IDLE_MS
  }

  /** @param {Event} event */
  function edited(event) {
    const { here, fromServer } = /** @type {CustomEvent} */ (event).detail
    // While nobody answers, an edit is no reason to ask more often.
    if (!here || fromServer || state.failures) return
    state.editedAt ||= now()
    schedule(Math.min(AFTER_EDIT_MS, Math.max(0, state.editedAt + LONGEST_AFTER_EDIT_MS - now())))
  }

  function wake() {
    if (!isVisible()) return
    // The cheap first touch: a connection lost in sleep heals before the next tap.
    store.refresh().catch(tell)
    poke().catch(tell)
  }

  for (const name of WAKING) events.addEventListener(name, wake)
  store.addEventListener('changed', edited)
  poke().catch(tell)

  return {
    poke,
    /** Stop for good; resolves when nothing is on its way any more. */
    async stop() {
      state.stopped = true
      clearTimeout(timer)
      for (const name of WAKING) events.removeEventListener(name, wake)
      store.removeEventListener('changed', edited)
      await running?.catch(() => {})
    },
  }
}

/** @typedef {ReturnType<typeof startSyncer>} Syncer */

/** @param {Surroundings} given */
function surroundingsOf(given) {
  return {
    locks: given.locks === undefined ? (globalThis.navigator?.locks ?? null) : given.locks,
    events: given.events ?? globalThis,
    isVisible: given.isVisible ?? (() => true),
    setTimeout:
      given.setTimeout ?? ((/** @type {() => void} */ work, /** @type {number} */ ms) => globalThis.setTimeout(work, ms)),
    clearTimeout: given.clearTimeout ?? ((/** @type {any} */ timer) => globalThis.clearTimeout(timer)),
  }
}

/**
 * Trouble of our own, such as storage that does not answer: not swallowed, and no reason to stop trying.
 * @param {unknown} error
 */
function tell(error) {
  if ('reportError' in globalThis) globalThis.reportError(error)
  else console.error(error)
}
