// @ts-check
/**
 * How long to leave the server alone: after failures ever longer, as long as it asks, and else until there is something to do.
 */
import { LONGEST_IDLE_WAIT_MS, LONGEST_WAIT_MS, waitAfter } from '../core/backoff.js'

const WHILE_WAITING_MS = 30_000
/** A desk that stays open hears of what was given to it without being touched. */
const WHILE_IDLE_MS = 300_000
/** A server may ask to be left alone, but not for ever; a tablet's clock may also have been set back meanwhile. */
const LONGEST_ASKED_MS = 3_600_000

/** @param {{now: () => number, random: () => number}} means */
export function makePace({ now, random }) {
  let failures = 0
  let notBefore = 0

  /** How long the server still wants to be left alone; 0 when it does not. */
  function asked() {
    const left = notBefore - now()
    return left <= LONGEST_ASKED_MS ? Math.max(0, left) : 0
  }

  /** @param {boolean} isUrgent is anything waiting that could be sent? */
  function pause(isUrgent) {
    if (failures) return waitAfter(failures, random(), isUrgent ? LONGEST_WAIT_MS : LONGEST_IDLE_WAIT_MS)
    return isUrgent ? WHILE_WAITING_MS : WHILE_IDLE_MS
  }

  return {
    asked,
    pause,
    failures: () => failures,
    failed: () => {
      failures += 1
    },
    /** @param {number|null} ms as the server's Retry-After says */
    leaveAlone: (ms) => {
      if (ms !== null) notBefore = now() + Math.min(ms, LONGEST_ASKED_MS)
    },
    begunAnew: () => {
      failures = 0
    },
    succeeded: () => {
      failures = 0
      notBefore = 0
    },
  }
}
