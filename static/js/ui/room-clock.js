import { steadyClock } from '../core/steady.js'

/** One even clock for everything timed in a room, made when it is first asked for. */
let clock = null

export function roomNow(now) {
  if (!clock) {
    clock = steadyClock({ now, even: () => performance.now() })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && clock.hidden())
  }
  return clock.now()
}
