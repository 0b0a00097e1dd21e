// @ts-check
/**
 * Files on their way: pieces of bytes up, whole photos down. As with everything else, what is not plainly our server's own
 * answer counts as not sent.
 *
 * @typedef {{ok: boolean, status: number, offset: number|null, isComplete: boolean, json: any, retryAfter: number|null}} Told
 * @typedef {{ok: boolean, status: number, bytes: ArrayBuffer|null, json: any, retryAfter: number|null}} Got
 */
import { isJson, parsed, reached, retryAfterOf } from './transport.js'
import { NetworkTrouble } from './trouble.js'

const TIMEOUT_MS = 60_000
const PHOTO = 'image/jpeg'
const BYTES = 'application/octet-stream'
/** Answers that proxies give in words of their own and that mean what they say all the same. */
const TRUSTED_WITHOUT_JSON = new Set([413, 429])
const NETWORK_SIGN_IN = 511

/** @param {{fetch?: (path: string, init: RequestInit) => Promise<Response>, now?: () => number}} [options] */
export function makeBytes({ fetch = (path, init) => globalThis.fetch(path, init), now = Date.now } = {}) {
  /** @param {string} path @param {RequestInit} init @returns {Promise<Response>} */
  async function ask(path, init) {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await reached(
      fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal }),
    )
    const { type, status } = response
    const isElsewhere = type === 'opaqueredirect' || (status >= 300 && status < 400) || status === NETWORK_SIGN_IN
    if (isElsewhere) throw new NetworkTrouble('captive-portal')
    if (!response.ok && !isJson(response) && status < 500 && !TRUSTED_WITHOUT_JSON.has(status)) {
      throw new NetworkTrouble('captive-portal')
    }
    return response
  }

  /** @param {Response} response @param {boolean} hasBody @returns {Promise<Told>} */
  async function told(response, hasBody) {
    const { ok, status, headers } = response
    const offset = offsetIn(headers)
    const json = hasBody && isJson(response) ? await parsed(response) : null
    // Whoever says yes without having counted the bytes is not our server.
    if (ok && offset === null && !json?.receipt) throw new NetworkTrouble('captive-portal')
    const isComplete = headers.get('Upload-Complete') === '?1'
    return { ok, status, offset, isComplete, json, retryAfter: retryAfterOf(headers.get('Retry-After'), now()) }
  }

  return {
    /** How much of the file is there already? @param {string} path */
    head: async (path) => told(await ask(path, { method: 'HEAD' }), false),

    /** @param {string} path @param {ArrayBuffer} piece @param {{offset: number, length: number}} place */
    async send(path, piece, { offset, length }) {
      const headers = { Accept: 'application/json', 'Content-Type': BYTES }
      const place = { 'Upload-Offset': String(offset), 'Upload-Length': String(length) }
      return told(await ask(path, { method: 'POST', headers: { ...headers, ...place }, body: piece }), true)
    },

    /** @param {string} path @returns {Promise<Got>} */
    async get(path) {
      const response = await ask(path, { method: 'GET', headers: { Accept: `${PHOTO}, application/json` } })
      const { ok, status } = response
      const isPhoto = response.headers.get('Content-Type')?.startsWith(PHOTO) ?? false
      if (ok && !isPhoto) throw new NetworkTrouble('captive-portal')
      /** @type {any} */
      const bytes = ok ? await reached(/** @type {Promise<any>} */ (response.arrayBuffer())) : null
      const json = !ok && isJson(response) ? await parsed(response) : null
      return { ok, status, bytes, json, retryAfter: retryAfterOf(response.headers.get('Retry-After'), now()) }
    },
  }
}

/** @typedef {ReturnType<typeof makeBytes>} Bytes */

/** @param {Headers} headers @returns {number|null} */
function offsetIn(headers) {
  const told = headers.get('Upload-Offset')
  return told !== null && /^\d{1,15}$/.test(told) ? Number(told) : null
}
