/** rxdb-server's replication endpoint in plain HTTP: `push` and `pull`, as RxDB's client calls them. */
import { obey } from './commands.mjs'
import { slices } from './documents.mjs'
import { workloads } from './thin.mjs'
import { Wire } from './wire.mjs'

const given = JSON.parse(process.argv[2]) // {origin}
const AT_ONCE = 200
const ROWS = 500

class Client {
  rows = new Map()
  #checkpoint = { id: '', lwt: 0 }
  wire = new Wire(given.origin)

  async open() {
    await this.#page(1)
    this.#checkpoint = { id: '', lwt: 0 }
  }

  async settle() {
    await this.pull()
  }

  async push(changes) {
    for (const part of slices(changes, AT_ONCE)) {
      const rows = part.map(({ id, kind, at, new: body }) => {
        return { newDocumentState: { id, kind, at, body, _deleted: false }, assumedMasterState: null }
      })
      await this.wire.ask('POST', '/observations/0/push', rows)
    }
  }

  async pull() {
    let came = 0
    let documents
    do {
      documents = await this.#page(ROWS)
      for (const document of documents) this.rows.set(document.id, document)
      came += documents.length
    } while (documents.length === ROWS)
    return came
  }

  async #page(limit) {
    const { id, lwt } = this.#checkpoint
    const { documents, checkpoint } = await this.wire.ask('GET', `/observations/0/pull?id=${id}&lwt=${lwt}&limit=${limit}`)
    this.#checkpoint = checkpoint
    return documents
  }

  has(id) {
    return this.rows.has(id)
  }

  close() {
    this.wire.close()
  }
}

await obey(workloads({ device: () => new Client() }))
