// @ts-check
/**
 * When to send and fetch. One tab at a time, chosen by a lock; one request at a time; later and later when nobody answers.
 * Every clock, chance, timer and lock is handed in.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("./ask.js").Means} Means
 * @typedef {import("./surroundings.js").Surroundings} Surroundings
 * @typedef {Omit<Means, "speech"|"signal"|"onMoved"|"onClosed"|"onServerTime"> & {random: () => number, onSignedOut?: () => void,
 *   isStillMe?: () => Promise<boolean>, refreshPerson?: () => Promise<unknown>, surroundings?: Surroundings,
 *   after?: (moved: () => void, signal: AbortSignal) => Promise<boolean>}} Options
 */
import { makeBatching } from './batching.js'
import { inTurn } from './lock.js'
import { makePace } from './pace.js'
import { patient } from './patience.js'
import { round } from './round.js'
import { makeSpeech } from './speech.js'
import { surroundingsOf, tell } from './surroundings.js'
import { NetworkTrouble, Unreadable, Unserved } from './trouble.js'
import { makeWatch } from './watch.js'

/** After the last edit, so that a burst of taps becomes one change; but long typing is not left waiting. */
const AFTER_EDIT_MS = 2_000
const LONGEST_AFTER_EDIT_MS = 15_000
/** Another tab sends, or asks who is signed in: that is soon over. */
const AFTER_ANOTHER_MS = 1_000
/** New roles and spaces are looked for so often while the app is open. */
const WHO_EVERY_MS = 300_000
const PRUNE_EVERY_MS = 24 * 3_600_000
const WAKING = /** @type {const} */ (['visibilitychange', 'pageshow', 'online'])
const NOTHING_ASKED = { failed: new Set(), trouble: null }
/** The server, not the tablet, is why nothing moves. */
const BUSY_OR_DOWN = [429, 502, 503, 504]

/**
 * Send and fetch at start, after edits, when the page or the network comes back, while anything waits, and by hand.
 * @param {Options} options
 */
export function startSyncer(options) {
  const { store, now, random, onSignedOut = () => {}, isStillMe = async () => true } = options
  const { refreshPerson = async () => {}, after = async () => false } = options
  const given = surroundingsOf(options.surroundings ?? {})
  const { locks, events, isVisible, setTimeout, clearTimeout } = given
  const batching = makeBatching({ store, random })
  const pace = makePace({ now, random })
  const watch = makeWatch({ store, now, given, restart, isExcused: () => state.isExcused || pace.asked() > 0 })
  const state = {
    reached: false,
    stopped: false,
    again: false,
    tooOld: false,
    isExcused: false,
    mustSteal: false,
    isTaken: false,
    prunedAt: 0,
    editedAt: 0,
    askedWhoAt: now(),
    /** @type {number|null} */
    serverNow: null,
  }
  /** @type {Promise<void>|null} */
  let running = null
  /** @type {any} */
  let timer
  let speech = makeSpeech()
  let abort = new AbortController()

  /**
   * Send and fetch now; resolves when it is over, well or not. During a run, another one follows.
   * @param {{byHand?: boolean}} [how] by hand, it waits until another tab is done
   */
  function poke({ byHand = false } = {}) {
    if (state.stopped || pace.asked() || (state.tooOld && !store.status().waiting)) return Promise.resolve()
    state.again = running !== null
    running ??= begin(byHand)
    return running
  }

  /** @param {boolean} waits */
  function begin(waits) {
    abort = new AbortController()
    const mine = abort.signal
    return run(mine, waits).finally(() => finished(mine))
  }

  /** @param {AbortSignal} mine a run that was given up is aborted, and has no say any more @param {boolean} waits */
  async function run(mine, waits) {
    clearTimeout(timer)
    state.editedAt = 0
    watch.begin()
    // A tab that was frozen by the system holds its lock for as long as it sleeps.
    const steals = state.mustSteal
    state.mustSteal = false
    try {
      state.isTaken = !(await inTurn(locks, () => oneRun(mine), { steals, waits }))
    } finally {
      if (!mine.aborted) await watch.look()
    }
  }

  /** @param {AbortSignal} mine */
  function finished(mine) {
    if (mine.aborted) return
    running = null
    schedule(state.again ? 0 : pause())
    state.again = false
    lookWhoIsHere()
  }

  /** Given up: whatever the old run still does, it is no longer listened to. */
  function restart() {
    abort.abort()
    running = null
    speech = makeSpeech()
    pace.begunAnew()
    Object.assign(state, { mustSteal: true, reached: false })
    schedule(0)
  }

  /** @param {AbortSignal} mine */
  async function oneRun(mine) {
    if (!(await isStillMe())) return signedOut()
    if (mine.aborted) return
    store.note({ syncing: true })
    try {
      // Another tab may have written and been closed before this one heard of it.
      await store.refresh().catch(() => {})
      const trouble = await sendAndFetch(mine)
      if (!trouble) await succeed()
      // What comes after the words; true when it has more to do at once.
      if (!mine.aborted && (await after(watch.moved, mine))) state.again = true
      if (trouble) throw trouble
    } catch (error) {
      if (!mine.aborted) await fail(error)
    } finally {
      if (!mine.aborted) store.note({ syncing: false })
    }
  }

  /** @param {AbortSignal} mine @returns {Promise<Error|null>} of a space that could not be asked, while another could */
  async function sendAndFetch(mine) {
    const asksFirst = !state.reached
    // After silence, first ask whether anybody is there: what was handed to a dead network once can never be joined again.
    const { failed, trouble } = asksFirst ? await exchange(mine, true) : NOTHING_ASKED
    batching.serverWasAsked = asksFirst
    // Of a space that cannot even be asked, no change is to blame, and none of its work is handed over.
    if (!asksFirst || store.status().waiting) await exchange(mine, false, failed)
    return trouble
  }

  /** @param {AbortSignal} mine @param {boolean} quiet @param {Set<string>} [except] */
  async function exchange(mine, quiet, except) {
    const { doubts, ...rest } = await round(meansOf(mine), { ...batching.limits(), quiet, except })
    state.reached = true
    store.note({ offline: false, portal: false, signedOut: false, toSend: null, lastContactAt: now() })
    if (doubts) throw new NetworkTrouble('garbled')
    return rest
  }

  /** @param {AbortSignal} signal @returns {Means} */
  function meansOf(signal) {
    const transport = patient(options.transport, store, given)
    const onClosed = (/** @type {string} */ space) => {
      watch.closed.add(space)
      state.askedWhoAt = 0
    }
    const onServerTime = (/** @type {number} */ at) => {
      state.serverNow = at
    }
    return { ...options, transport, speech, signal, onMoved: watch.moved, onClosed, onServerTime }
  }

  async function succeed() {
    pace.succeeded()
    state.isExcused = false
    batching.relax()
    if (state.serverNow === null || Math.abs(now() - state.prunedAt) < PRUNE_EVERY_MS) return
    state.prunedAt = now()
    await store.outbox.pruneSent(state.serverNow)
  }

  /** @param {unknown} error */
  async function fail(error) {
    pace.failed()
    const had = state.reached
    state.reached = false
    state.isExcused = false
    if (error instanceof NetworkTrouble) return noteNetwork(error)
    if (!(error instanceof Unserved)) throw error
    store.note({ offline: false, portal: false, lastContactAt: now() })
    if (error.status === 401) return signedOut()
    if (error.status === 426) return mustUpdate()
    state.isExcused = BUSY_OR_DOWN.includes(error.status)
    pace.leaveAlone(error.retryAfter)
    if (!had || !(error instanceof Unreadable)) return
    // Looking for the one change that upsets the server is a move, too: it comes to an end.
    watch.moved()
    if (await batching.isolate(error)) state.again = true
  }

  /** @param {NetworkTrouble} trouble */
  function noteNetwork({ code }) {
    if (code !== 'garbled') store.note({ offline: true, portal: code === 'captive-portal' })
  }

  async function signedOut() {
    store.note({ signedOut: true })
    onSignedOut()
    await countToSend()
  }

  async function countToSend() {
    const { observations } = await store.outbox.countDue()
    store.note({ toSend: observations })
  }

  /** A newer server takes what waits before it says so; what is written later is offered to it all the same. */
  function mustUpdate() {
    state.tooOld = true
    state.isExcused = true
    store.note({ mustUpdate: true })
  }

  /** @param {number} wait */
  function schedule(wait) {
    clearTimeout(timer)
    if (state.stopped) return
    const ms = Math.max(wait, pace.asked())
    const tries = pace.failures()
    timer = setTimeout(onTime, ms)
    store.note({ tries, nextTryAt: tries ? now() + ms : null })
  }

  function onTime() {
    if (isVisible() || unsent() > 0) poke().catch(tell)
    else schedule(pause())
  }

  function pause() {
    // Written while something was being sent: that run did not take it along.
    if (state.editedAt && !pace.failures()) return AFTER_EDIT_MS
    if (state.isTaken && (unsent() > 0 || !state.reached)) return AFTER_ANOTHER_MS
    return pace.pause(unsent() > 0 && !store.status().signedOut && !state.tooOld)
  }

  function unsent() {
    const { waiting, files = 0 } = store.status()
    return waiting + files
  }

  /** After the run, because asking needs the lock that the run held. */
  function lookWhoIsHere() {
    if (state.stopped || !state.reached || Math.abs(now() - state.askedWhoAt) < WHO_EVERY_MS) return
    state.askedWhoAt = now()
    refreshPerson().catch(tell)
  }

  /** @param {Event} event */
  function edited(event) {
    const { here, fromServer } = /** @type {CustomEvent} */ (event).detail
    if (!here || fromServer) return
    if (store.status().signedOut) countToSend().catch(tell)
    // While nobody answers, an edit is no reason to ask more often.
    if (pace.failures()) return
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
      watch.end()
    },
  }
}

/** @typedef {ReturnType<typeof startSyncer>} Syncer */
