// @ts-check
/**
 * Where encryption on the tablet will sit. Everything a record says goes through here on its way in and out; the rest of the
 * store already lives with both being slow.
 * @typedef {{seal: (value: any) => Promise<any>, unseal: (sealed: any) => Promise<any>}} Seal
 */

/** Keeps things readable: what is sealed is the value itself. @type {Seal} */
export const openSeal = { seal: async (value) => value, unseal: async (sealed) => sealed }
