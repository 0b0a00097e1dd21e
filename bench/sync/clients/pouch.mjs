/** PouchDB itself, in memory, replicating with express-pouchdb. Bytes are counted at the server. */
import { createRequire } from 'node:module'
import { obey, timed } from './commands.mjs'
import { asDocument, changesIn, slices } from './documents.mjs'

const given = JSON.parse(process.argv[2]) // {origin, name, peers}
const require = createRequire(`${given.peers}/`)
const PouchDB = require('pouchdb')
PouchDB.plugin(require('pouchdb-adapter-memory'))

const REMOTE = `${given.origin}/${given.name}`
const OPTIONS = { batch_size: 200, batches_limit: 10 }
const PULL_OPTIONS = { batch_size: 500, batches_limit: 10 }
let made = 0
let settled
let pushed

// Changes are heard by listeners that the databases of fifty devices share.
PouchDB.setMaxListeners(200)

const local = () => new PouchDB(`local-${made++}`, { adapter: 'memory', auto_compaction: false })

async function filled(changes) {
  const database = local()
  await database.bulkDocs(changes.map(asDocument))
  return database
}

function whole(said) {
  if (!said.ok || said.doc_write_failures) throw new Error(JSON.stringify(said))
  return said
}

await obey({
  async push({ file }) {
    await pushed?.destroy()
    pushed = await filled(changesIn(file))
    return timed(async () => void whole(await pushed.replicate.to(REMOTE, OPTIONS)))
  },
  /** The same again by a device that lost its checkpoint: it asks what is missing. */
  async again() {
    return timed(async () => void whole(await pushed.replicate.to(REMOTE, { ...OPTIONS, checkpoint: false })))
  },
  async pull() {
    const database = local()
    const said = await timed(async () => ({ count: whole(await database.replicate.from(REMOTE, PULL_OPTIONS)).docs_written }))
    await database.destroy()
    return said
  },
  /** A device with a checkpoint near the head, brought there without carrying everything. */
  async settle() {
    await settled?.destroy()
    settled = local()
    const { update_seq } = await new PouchDB(REMOTE, { skip_setup: true }).info()
    whole(await settled.replicate.from(REMOTE, { ...PULL_OPTIONS, since: update_seq - 20 }))
  },
  async news() {
    return timed(async () => ({ count: whole(await settled.replicate.from(REMOTE, PULL_OPTIONS)).docs_written }))
  },
  async crowd({ file, devices }) {
    const all = changesIn(file)
    const crowd = await Promise.all([...slices(all, all.length / devices)].map(filled))
    const waits = []
    const said = await timed(async () => {
      const began = performance.now()
      await Promise.all(
        crowd.map(async (database) => {
          whole(await database.replicate.to(REMOTE, OPTIONS))
          waits.push(performance.now() - began)
        }),
      )
    })
    for (const database of crowd) await database.destroy()
    waits.sort((one, other) => one - other)
    return { ...said, p95_ms: waits[Math.ceil(waits.length * 0.95) - 1] }
  },
  async count({ file }) {
    const database = local()
    whole(await database.replicate.from(REMOTE, PULL_OPTIONS))
    const { rows } = await database.allDocs()
    const held = new Set(rows.map(({ id }) => id))
    await database.destroy()
    return { found: changesIn(file).filter(({ id }) => held.has(id)).length }
  },
})
