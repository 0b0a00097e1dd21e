/** express-pouchdb without PouchDB's own client: `_bulk_docs` up, `_changes` with documents down. */
import { obey } from './commands.mjs'
import { asDocument, slices } from './documents.mjs'
import { workloads } from './thin.mjs'
import { Wire } from './wire.mjs'

const given = JSON.parse(process.argv[2]) // {origin, name}
const AT_ONCE = 200
const ROWS = 500

class Client {
  rows = new Map()
  #since = 0
  wire = new Wire(given.origin)

  async open() {
    await this.wire.ask('GET', `/${given.name}`)
  }

  async settle() {
    this.#since = (await this.wire.ask('GET', `/${given.name}`)).update_seq
  }

  async push(changes) {
    for (const part of slices(changes, AT_ONCE)) {
      const docs = part.map(asDocument).map((document) => ({ ...document, _rev: '1-0123456789abcdef0123456789abcdef' }))
      await this.wire.ask('POST', `/${given.name}/_bulk_docs`, { docs, new_edits: false })
    }
  }

  async pull() {
    let came = 0
    for (;;) {
      const query = `since=${this.#since}&limit=${ROWS}&include_docs=true`
      const { results, last_seq } = await this.wire.ask('GET', `/${given.name}/_changes?${query}`)
      for (const { id, doc } of results) this.rows.set(id, doc)
      came += results.length
      this.#since = last_seq
      if (results.length < ROWS) return came
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
