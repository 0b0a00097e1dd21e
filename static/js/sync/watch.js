// @ts-check
/**
 * The watchdog: work waits, the network works, and yet nothing moves. Sending is begun anew; when that has not helped three
 * times, the person is told and can save a copy.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {Required<import("./surroundings.js").Surroundings>} Given
 * @typedef {{store: Store, now: () => number, given: Given, restart: () => void, isExcused: () => boolean}} Means
 */

/** Far longer than one request may take, and each answer is a move. */
export const STILL_AFTER_MS = 120_000
const MOST_RESTARTS = 3

/** @param {Means} means */
export function makeWatch({ store, now, given, restart, isExcused }) {
  const state = { movedAt: now(), restarts: 0, waiting: 0 }
  /** Spaces that are not this person's any more: what waits for them cannot move. @type {Set<string>} */
  const closed = new Set()
  /** @type {any} */
  let timer

  /** A run begins; one that never ends is noticed too. */
  function begin() {
    given.clearTimeout(timer)
    timer = given.setTimeout(still, STILL_AFTER_MS)
  }

  /** Something was taken over, or nothing can be: there is nothing to worry about. */
  function moved() {
    Object.assign(state, { movedAt: now(), restarts: 0 })
    if (store.status().stalled) store.note({ stalled: false })
    begin()
  }

  /** A run has ended. Is it time to worry? */
  async function look() {
    given.clearTimeout(timer)
    const { waiting, offline, signedOut } = store.status()
    const fewer = waiting < state.waiting
    state.waiting = waiting
    if (!waiting || fewer || offline !== false || signedOut || isExcused() || !(await hasDue())) moved()
    else if (Math.abs(now() - state.movedAt) >= STILL_AFTER_MS) still()
    given.clearTimeout(timer)
  }

  async function hasDue() {
    const { due } = await store.outbox.countDue()
    return due.some((space) => !closed.has(space))
  }

  function still() {
    state.movedAt = now()
    state.restarts += 1
    if (state.restarts > MOST_RESTARTS) store.note({ stalled: true })
    restart()
  }

  return { begin, moved, look, closed, end: () => given.clearTimeout(timer) }
}
