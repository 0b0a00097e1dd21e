// @ts-check
/**
 * Says that the server is being waited for, once that has taken longer than a person expects.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("./transport.js").Transport} Transport
 * @typedef {Required<import("./surroundings.js").Surroundings>} Given
 */

const SLOW_AFTER_MS = 10_000

/**
 * The same transport, which tells of a server that takes its time.
 * @param {Pick<Transport, "post">} transport @param {Store} store @param {Given} given
 * @returns {Pick<Transport, "post">}
 */
export function patient(transport, store, { setTimeout, clearTimeout }) {
  return {
    async post(path, json, asking) {
      const timer = setTimeout(() => store.note({ serverSlow: true }), SLOW_AFTER_MS)
      try {
        return await transport.post(path, json, asking)
      } finally {
        clearTimeout(timer)
        if (store.status().serverSlow) store.note({ serverSlow: false })
      }
    },
  }
}
