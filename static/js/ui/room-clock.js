import { steadyClock } from '../core/steady.js'

/** One even clock for everything timed in a room, made when it is first asked for. */
let clock = null
const MINUTE_MS = 60_000

export function roomNow(now) {
  if (!clock) {
    clock = steadyClock({ now, even: () => performance.now() })
    // Asked as soon as the page is looked at again: what the tablet's clock does later was no sleep.
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? clock.hidden() : clock.now()))
  }
  return clock.now()
}

/**
 * By how much the tablet's clock was set while this page is open, in ms. Whole minutes, as times are shown: what the network puts
 * right by seconds is nobody's concern.
 */
export function clockSetBy(now) {
  roomNow(now)
  return Math.round(clock.setBy() / MINUTE_MS) * MINUTE_MS
}
