// @ts-check
/**
 * One question to the server. Whatever is not plainly the server's own answer counts as "not sent": a hotel's sign-in page
 * answers 200 too.
 *
 * @typedef {{ok: boolean, status: number, json: any, retryAfter: number|null}} Answer
 * @typedef {{timeout?: number, signal?: AbortSignal}} Asking
 */
import { NetworkTrouble } from './trouble.js'

const TIMEOUT_MS = 30_000
const GZIP_FROM_CHARACTERS = 1_000
const MS_PER_SECOND = 1_000
/** Answers that proxies give in words of their own and that mean what they say all the same. */
const TRUSTED_WITHOUT_JSON = new Set([204, 413, 429])
const NETWORK_SIGN_IN = 511

/** @param {{now: () => number, fetch?: (path: string, init: RequestInit) => Promise<Response>, limitOf?: (ms: number) => AbortSignal}} means */
export function makeTransport({
  now,
  fetch = (path, init) => globalThis.fetch(path, init),
  limitOf = (ms) => AbortSignal.timeout(ms),
}) {
  /** @param {string} method @param {string} path @param {unknown} json @param {Asking} [asking] @returns {Promise<Answer>} */
  async function ask(method, path, json, { timeout = TIMEOUT_MS, signal } = {}) {
    const limit = limitOf(timeout)
    const either = signal ? eitherOf(signal, limit) : limit
    const response = await reached(fetch(path, { ...(await written(method, json)), signal: either }))
    return understood(response, now())
  }
  return {
    /** @param {string} path @param {unknown} json @param {Asking} [asking] */
    post: (path, json, asking) => ask('POST', path, json, asking),
    /** @param {string} path @param {Asking} [asking] */
    get: (path, asking) => ask('GET', path, undefined, asking),
    /** @param {string} path @param {Asking} [asking] */
    remove: (path, asking) => ask('DELETE', path, undefined, asking),
  }
}

/** @typedef {ReturnType<typeof makeTransport>} Transport */

/** @param {string} method @param {unknown} json @returns {Promise<RequestInit>} */
async function written(method, json) {
  /** @type {RequestInit} */
  const common = { method, credentials: 'same-origin', cache: 'no-store', redirect: 'manual' }
  const accept = { Accept: 'application/json' }
  if (json === undefined) return { ...common, headers: accept }
  const text = JSON.stringify(json)
  const headers = { ...accept, 'Content-Type': 'application/json' }
  if (text.length < GZIP_FROM_CHARACTERS || !('CompressionStream' in globalThis)) return { ...common, headers, body: text }
  return { ...common, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: await gzipped(text) }
}

/** @param {string} text */
async function gzipped(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(stream).arrayBuffer()
}

/** @param {Promise<Response>} asked @returns {Promise<Response>} */
export async function reached(asked) {
  try {
    return await asked
  } catch (error) {
    throw new NetworkTrouble(codeOf(error, 'no-network'))
  }
}

/** @param {Response} response @param {number} now @returns {Promise<Answer>} */
async function understood(response, now) {
  const { ok, status } = response
  const retryAfter = retryAfterOf(response.headers.get('Retry-After'), now)
  // A redirect is not ours: the API has none.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400) || status === NETWORK_SIGN_IN) {
    throw new NetworkTrouble('captive-portal')
  }
  if (isJson(response)) return { ok, status, json: await parsed(response), retryAfter }
  if (TRUSTED_WITHOUT_JSON.has(status) || status >= 500) return { ok, status, json: null, retryAfter }
  throw new NetworkTrouble('captive-portal')
}

/** @param {Response} response */
export async function parsed(response) {
  try {
    return await response.json()
  } catch (error) {
    throw new NetworkTrouble(codeOf(error, 'garbled'))
  }
}

/** @param {Response} response */
export function isJson(response) {
  const type = response.headers.get('Content-Type')?.split(';')[0].trim().toLowerCase()
  return type === 'application/json' || type === 'application/problem+json'
}

/** @param {any} error @param {"no-network"|"garbled"} otherwise */
function codeOf(error, otherwise) {
  return error?.name === 'TimeoutError' ? 'timeout' : otherwise
}

/** @param {string|null} header seconds or a date @param {number} now @returns {number|null} milliseconds */
export function retryAfterOf(header, now) {
  if (!header) return null
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * MS_PER_SECOND
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** AbortSignal.any is younger than the oldest iPad we promise. @param {AbortSignal} one @param {AbortSignal} other */
function eitherOf(one, other) {
  const both = new AbortController()
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort(signal.reason)
    signal.addEventListener('abort', () => both.abort(signal.reason), { once: true })
  }
  return both.signal
}
