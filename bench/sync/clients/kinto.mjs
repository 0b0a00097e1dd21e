/** Kinto by its batches: `PUT` with `If-None-Match` up, pages by `_since` down. */
import { obey } from './commands.mjs'
import { slices } from './documents.mjs'
import { workloads } from './thin.mjs'
import { Wire } from './wire.mjs'

const given = JSON.parse(process.argv[2]) // {origin}
const RECORDS = '/v1/buckets/bench/collections/observations/records'
const AT_ONCE = 200
const ROWS = 500
const MOST_TRIES = 5
const WHO = { authorization: `Basic ${Buffer.from('bench:bench').toString('base64')}` }

class Client {
  rows = new Map()
  #since = 0
  wire = new Wire(given.origin)

  async open() {
    await this.wire.ask('GET', '/v1/', undefined, WHO)
  }

  async settle() {
    await this.pull()
  }

  /** What was answered with an error is sent once more, as a client of its would. */
  async push(changes) {
    for (const part of slices(changes, AT_ONCE)) {
      let left = part
      for (let tries = 0; left.length > 0; tries++) {
        if (tries === MOST_TRIES) throw new Error(`${left.length} were never taken`)
        left = await this.#put(left)
      }
    }
  }

  async #put(changes) {
    const requests = changes.map(({ id, at, new: body }) => ({ path: `${RECORDS}/${id}`, body: { data: { at, body } } }))
    const defaults = { method: 'PUT', headers: { 'If-None-Match': '*' } }
    const { responses } = await this.wire.ask('POST', '/v1/batch', { defaults, requests }, WHO)
    return changes.filter((_, n) => ![200, 201, 412].includes(responses[n].status))
  }

  async pull() {
    let came = 0
    for (;;) {
      const query = `_sort=last_modified&_limit=${ROWS}&_since=${this.#since}`
      const { data } = await this.wire.ask('GET', `${RECORDS}?${query}`, undefined, WHO)
      for (const record of data) this.rows.set(record.id, record)
      came += data.length
      if (data.length > 0) this.#since = data.at(-1).last_modified
      if (data.length < ROWS) return came
    }
  }

  has(id) {
    return this.rows.has(id)
  }

  close() {
    this.wire.close()
  }
}

await obey(workloads({ device: () => new Client() }))
