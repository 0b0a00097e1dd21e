// @ts-check
/**
 * What the syncer is given of the world: the browser's own where nothing else is handed in.
 *
 * @typedef {{locks?: LockManager|null, events?: EventTarget, isVisible?: () => boolean,
 *   setTimeout?: (work: () => void, ms: number) => any, clearTimeout?: (timer: any) => void}} Surroundings
 */

/** @param {Surroundings} given @returns {Required<Surroundings>} */
export function surroundingsOf(given) {
  return {
    locks: given.locks === undefined ? (globalThis.navigator?.locks ?? null) : given.locks,
    events: given.events ?? globalThis,
    isVisible: given.isVisible ?? (() => true),
    setTimeout: given.setTimeout ?? ((work, ms) => globalThis.setTimeout(work, ms)),
    clearTimeout: given.clearTimeout ?? ((timer) => globalThis.clearTimeout(timer)),
  }
}

/**
 * Trouble of our own, such as storage that does not answer: not swallowed, and no reason to stop trying.
 * @param {unknown} error
 */
export function tell(error) {
  if ('reportError' in globalThis) globalThis.reportError(error)
  else console.error(error)
}
