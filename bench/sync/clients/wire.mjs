/** Plain HTTP over connections that stay open, with every byte on the sockets counted. */
import { Agent, request } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'

const pack = promisify(gzip)
const unpack = promisify(gunzip)
const TABLET_LEVEL = 6 // what CompressionStream('gzip') uses in browsers

export class Wire {
  #origin
  #agent = new Agent({ keepAlive: true })
  #sockets = new Set()
  #packs

  /** @param {string} origin @param {{packs?: boolean}} [how] gzip both ways? */
  constructor(origin, { packs = false } = {}) {
    this.#origin = origin
    this.#packs = packs
  }

  /** The value that was answered; anything but 2xx is a failure of the bench. */
  async ask(method, path, value, headers = {}) {
    const plain = value === undefined ? undefined : Buffer.from(JSON.stringify(value))
    const packs = this.#packs && plain && plain.length > 1000
    const body = packs ? await pack(plain, { level: TABLET_LEVEL }) : plain
    const all = { ...headers }
    if (body) Object.assign(all, { 'content-type': 'application/json', 'content-length': body.length })
    if (packs) all['content-encoding'] = 'gzip'
    if (this.#packs) all['accept-encoding'] = 'gzip'
    const { status, packed, bytes } = await this.#send(method, path, body, all)
    const text = String(packed ? await unpack(bytes) : bytes)
    if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`)
    return text ? JSON.parse(text) : null
  }

  /** What went over the sockets so far, headers and all. */
  bytes() {
    let sent = 0
    let received = 0
    for (const socket of this.#sockets) {
      sent += socket.bytesWritten
      received += socket.bytesRead
    }
    return { sent, received }
  }

  close() {
    this.#agent.destroy()
  }

  #send(method, path, body, headers) {
    return new Promise((resolve, reject) => {
      const asked = request(this.#origin + path, { method, headers, agent: this.#agent }, (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const packed = answer.headers['content-encoding'] === 'gzip'
          resolve({ status: answer.statusCode, packed, bytes: Buffer.concat(parts) })
        })
      })
      asked.on('socket', (socket) => this.#sockets.add(socket))
      asked.on('error', (trouble) => {
        // The server had closed what lay unused between two runs; a browser would not mention it.
        if (asked.reusedSocket && trouble.code === 'ECONNRESET') resolve(this.#send(method, path, body, headers))
        else reject(trouble)
      })
      asked.end(body)
    })
  }
}

/** What several connections carried together. */
export function counted(wires) {
  const all = wires.map((wire) => wire.bytes())
  return { sent: all.reduce((sum, one) => sum + one.sent, 0), received: all.reduce((sum, one) => sum + one.received, 0) }
}
