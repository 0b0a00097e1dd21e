import { steadyClock } from '../core/steady.js'

/** One even clock for everything timed in a room, made when it is first asked for. */
let clock = null
/** Times are shown in minutes: what the network puts right by seconds is nobody's concern. */
const TOLD_FROM_MS = 60_000

export function roomNow(now) {
  if (!clock) {
    clock = steadyClock({ now, even: () => performance.now() })
    // Asked as soon as the page is looked at again: what the tablet's clock does later was no sleep.
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? clock.hidden() : clock.now()))
  }
  return clock.now()
}

/** By how much the tablet's clock was set while this page is open, in ms; nought as long as no shown time is wrong by it. */
export function clockSetBy(now) {
  roomNow(now)
  const by = clock.setBy()
  return Math.abs(by) < TOLD_FROM_MS ? 0 : by
}
