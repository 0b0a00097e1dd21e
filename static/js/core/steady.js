// @ts-check
/** More than a slow machine explains. */
const JUMP_MS = 1_500

/**
 * A clock that goes on evenly when somebody sets the tablet's: what runs in a room is timed by it. Over a sleep, in which some
 * browsers' even clock stands still, the tablet's own time is believed.
 * @param {{now: () => number, even: () => number}} clocks the tablet's time; milliseconds that nobody can set
 */
export function steadyClock({ now, even }) {
  let offset = now() - even()
  let slept = false
  return {
    /** The page was put aside: until it is looked at again the even clock may have stood still. */
    hidden() {
      slept = true
    },
    now() {
      const drift = now() - even() - offset
      if (slept && Math.abs(drift) > JUMP_MS) offset += drift
      slept = false
      return Math.round(even() + offset)
    },
  }
}
