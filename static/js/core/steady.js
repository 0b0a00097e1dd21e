// @ts-check
/** More than a slow machine explains. */
const JUMP_MS = 1_500
/** Nobody puts a clock back further in the middle of a visit; a clock that was days ahead is believed when it is put right. */
const SET_BACK_MS = 12 * 3_600_000

/**
 * A clock that goes on evenly when somebody sets the tablet's: what runs in a room is timed by it. Over a sleep, in which some
 * browsers' even clock stands still, the tablet's own time is believed, unless it went back: no sleep does that.
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
    /** By how much the tablet's clock was set since, as far as can be told. */
    setBy() {
      return Math.round(now() - even() - offset)
    },
    now() {
      const drift = now() - even() - offset
      if (slept && (drift > JUMP_MS || drift < -SET_BACK_MS)) offset += drift
      slept = false
      return Math.round(even() + offset)
    },
  }
}
