// @ts-check
/**
 * Where encryption on the tablet will sit. Everything a record says goes through here on its way in and out; the rest of the
 * store already lives with both being slow. What comes out must have its kind's form, or it counts as damaged.
 * @typedef {{seal: (value: any) => Promise<any>, unseal: (sealed: any) => Promise<any>}} Seal
 */

/** Keeps things readable: what is sealed is the value itself. @type {Seal} */
export const openSeal = { seal: async (value) => value, unseal: async (sealed) => sealed }

/** @type {Record<string, (value: any) => boolean>} */
const SHAPES = {
  docs: (doc) =>
    typeof doc.kind === 'string' && typeof doc.space === 'string' && Array.isArray(doc.pending) && Array.isArray(doc.echo),
  // The line of a choice between two versions names its record, and says nothing of it.
  rows: ({ kind, id, summary }) => typeof kind === 'string' && (typeof id === 'string' || isMap(summary)),
  outbox: ({ change }) => isMap(change) && typeof change.cid === 'string' && typeof change.id === 'string',
  sent: ({ change }) => isMap(change) && typeof change.cid === 'string',
  refused: ({ change, problem }) => isMap(change) && isMap(problem),
}

/** Does the value have the form its store promises? @param {string} store @param {any} value */
export function isShaped(store, value) {
  return isMap(value) && (SHAPES[store]?.(value) ?? true)
}

/** @param {any} value */
function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
