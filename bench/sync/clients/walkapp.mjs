/** A tablet's side of the protocol with its rows in memory: what is timed is the server and the wire. */
import { randomUUID } from 'node:crypto'
import { obey } from './commands.mjs'
import { slices } from './documents.mjs'
import { workloads } from './thin.mjs'
import { Wire } from './wire.mjs'

const given = JSON.parse(process.argv[2]) // {origin, space, schema, devices: [{token, device, account}], writer, reader, packs}
const ROWS = 500
const CHANGES = 200

class Tablet {
  rows = new Map()
  #cursor = null
  #known = null
  #headers
  #who
  #canary = { database: randomUUID(), highest: 0 }
  #contact = { was: null, now: named() }

  constructor(who) {
    this.#who = who
    // What a browser adds by itself.
    this.#headers = { cookie: `walkapp=${who.token}`, origin: given.origin, 'sec-fetch-site': 'same-origin' }
    this.wire = new Wire(given.origin, { packs: given.packs })
  }

  /** Connected and known to the server, as a tablet is that has been switched on. */
  async open() {
    await this.#sync({ limit: 1 })
    this.#cursor = this.#known = null
    this.rows.clear()
  }

  /** Holds everything there is. */
  async settle() {
    let answer
    do {
      answer = await this.#sync({ cursor: this.#cursor, limit: ROWS, thin: true })
    } while (answer.more)
  }

  async push(changes) {
    for (const part of slices(changes, CHANGES)) {
      const { results } = await this.#sync({ cursor: this.#cursor, changes: part, limit: ROWS }, changes.length)
      for (const { cid } of part) {
        if (results[cid].verdict !== 'ok') throw new Error(JSON.stringify(results[cid]))
      }
    }
  }

  async pull() {
    let came = 0
    let answer
    do {
      answer = await this.#sync({ cursor: this.#cursor, limit: ROWS })
      came += answer.rows.filter((row) => row[2] === 'observation').length
    } while (answer.more)
    return came
  }

  has(id) {
    return this.rows.has(id)
  }

  close() {
    this.wire.close()
  }

  async #sync(part, unsent = 0) {
    const envelope = { schema: given.schema, device: this.#who.device, build: 'bench', unsent }
    this.#canary.highest += part.changes?.length ?? 0
    if (given.schema > 1) Object.assign(envelope, this.#ofItself())
    const space = { known: this.#known, ...part }
    const asked = { ...envelope, spaces: { [given.space]: space } }
    const said = await this.wire.ask('POST', '/api/v1/sync', asked, this.#headers)
    const answer = said.spaces[given.space]
    if (answer.problem || answer.reset) throw new Error(JSON.stringify(answer))
    for (const [seq, id, kind, body] of answer.rows) {
      if (kind) this.rows.set(id, { seq, kind, body })
    }
    this.#cursor = answer.cursor
    this.#known = answer.at
    const { was, now } = this.#contact
    this.#contact = said.device?.nonce === now ? { was: now, now: named() } : { was, now }
    return answer
  }

  #ofItself() {
    return { account: this.#who.account, files: 0, canary: this.#canary, contact: this.#contact }
  }
}

function named() {
  return randomUUID().slice(-8)
}

const WHO = { reader: given.reader, writer: given.devices[given.writer] }
const device = (n) => new Tablet(WHO[n] ?? given.devices[n])
await obey(workloads({ device }))
