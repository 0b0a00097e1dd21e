/** Photos of a test: bytes that are no picture, which only the service minds, and receipts as the service gives them. */
import { shaOf } from '../../static/js/core/sha.js'
import { turn } from './support.js'

export function photo(length = 1000, letter = 'x') {
  const bytes = new Uint8Array(length).map((_, index) => (index * 7 + letter.charCodeAt(0)) % 251)
  return { type: 'image/jpeg', width: 4, height: 3, bytes: bytes.buffer }
}

export function receiptFor(sha256, bytes, at = 1) {
  return { sha256, bytes, kept: { sha256: `k${sha256.slice(1)}`, bytes: bytes - 1 }, at }
}

/** A seal that takes a turn, for records and for bytes alike. */
export const sealOfBytes = {
  seal: async (value) => {
    await turn()
    const isBytes = value instanceof ArrayBuffer
    const inside = isBytes ? Buffer.from(value) : Buffer.from(JSON.stringify(value))
    return Buffer.concat([Buffer.from([isBytes ? 1 : 0]), inside]).toString('base64')
  },
  unseal: async (sealed) => {
    await turn()
    const [kind, ...inside] = Buffer.from(sealed, 'base64')
    return kind ? Uint8Array.from(inside).buffer : JSON.parse(Buffer.from(inside).toString())
  },
}

/** The file half of a small server in memory, as `fetch` sees it: pieces in, receipts out, photos to look at. */
export class FileServer {
  uploads = new Map()
  kept = new Map()
  requests = []
  /** What to answer instead: a function of the request, once for each entry; undefined lets the server answer. */
  faults = []

  fetch = async (path, { method, headers = {}, body, redirect }) => {
    const url = new URL(path, 'http://walkapp.example')
    const sha = url.pathname.split('/').at(-1)
    const request = {
      method,
      sha,
      redirect,
      offset: Number(headers['Upload-Offset']),
      bytes: body?.byteLength ?? 0,
      record: url.searchParams.get('record'),
    }
    this.requests.push(request)
    const told = await this.faults.shift()?.(request, () => this.#answer(sha, method, headers, body))
    return told ?? this.#answer(sha, method, headers, body)
  }

  async #answer(sha, method, headers, body) {
    if (method === 'GET') return this.#photo(sha)
    if (method === 'HEAD') return this.#head(sha)
    return this.#take(sha, Number(headers['Upload-Offset']), Number(headers['Upload-Length']), new Uint8Array(body))
  }

  #photo(sha) {
    const file = this.kept.get(sha)
    return file ? new Response(file.bytes, { headers: { 'Content-Type': 'image/jpeg' } }) : problem(404, 'not-found')
  }

  #head(sha) {
    const file = this.kept.get(sha)
    if (file) return new Response(null, { headers: { 'Upload-Offset': String(file.bytes.length), 'Upload-Complete': '?1' } })
    return new Response(null, { headers: { 'Upload-Offset': String(this.#got(sha).length) } })
  }

  async #take(sha, offset, length, piece) {
    const file = this.kept.get(sha)
    if (file) return this.#receipt(sha, file)
    const got = this.#got(sha)
    if (offset !== got.length) return problem(409, 'wrong-offset', { 'Upload-Offset': String(got.length) })
    const now = Uint8Array.from([...got, ...piece])
    this.uploads.set(sha, now)
    if (now.length < length) return new Response(null, { status: 204, headers: { 'Upload-Offset': String(now.length) } })
    this.uploads.delete(sha)
    if ((await shaOf(now)) !== sha) return problem(422, 'file-damaged')
    this.kept.set(sha, { bytes: now })
    return this.#receipt(sha, this.kept.get(sha))
  }

  #got(sha) {
    return this.uploads.get(sha) ?? new Uint8Array()
  }

  #receipt(sha, { bytes }) {
    return json({ receipt: receiptFor(sha, bytes.length) }, { headers: { 'Upload-Offset': String(bytes.length) } })
  }

  get pieces() {
    return this.requests.filter(({ method }) => method === 'POST').map(({ offset, bytes }) => [offset, bytes])
  }
}

export function json(value, { status = 200, headers = {} } = {}) {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

export function problem(status, code, headers = {}) {
  return json({ code, title: code }, { status, headers: { 'Content-Type': 'application/problem+json', ...headers } })
}

export const portal = () => new Response('<html>Welcome to the Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } })
