// @ts-check
/** How long to leave a server alone that did not answer. */

export const FIRST_WAIT_MS = 2_000
/** The longest wait while something is unsent: whoever walks back into the network is not kept waiting long. */
export const LONGEST_WAIT_MS = 30_000
export const LONGEST_IDLE_WAIT_MS = 300_000

/**
 * The wait after so many failures in a row: doubling, bounded, and never the same for fifty tablets at once.
 * @param {number} failures at least 1
 * @param {number} random in [0, 1)
 * @param {number} [longest]
 * @returns {number} milliseconds
 */
export function waitAfter(failures, random, longest = LONGEST_WAIT_MS) {
  const most = Math.min(longest, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20))
  return Math.round(most / 2 + (most / 2) * random)
}
