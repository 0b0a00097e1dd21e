/**
 * The tablet's own code, loaded as it is from a checkout; only its sizes can be turned (a batch of 256 hides what a batch of
 * one shows), and its time is the schedule's.
 */
import { createHash } from 'node:crypto'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { takeOverTime } from './schedule.mjs'
import { watchOperations } from './storage.mjs'

const SIZE = /^(export )?const ([A-Z][A-Z_]+) = ([\d_]+)$/gm

/** Load the app from `house` once, and take over the time and chance of this process. */
export async function loadApp(house) {
  const sizes = new Map()
  globalThis.simulationSize = (name, value, turn) => sizes.set(name, [...(sizes.get(name) ?? []), { value, turn }])
  const root = pathToFileURL(`${house}/static/js/`).href
  hookSizes(root)
  await watchOperations()
  const [db, reading, store, syncer, transport, words] = await Promise.all(
    ['store/db.js', 'store/reading.js', 'store/store.js', 'sync/syncer.js', 'sync/transport.js', 'core/words.js'].map(
      (path) => import(root + path),
    ),
  )
  await Promise.all(['store/writing.js'].map((path) => import(root + path)))
  let schedule = () => null
  takeOverTime(() => schedule())
  takeOverSurroundings()
  const app = {
    connect: db.connect,
    SCHEMA: reading.SCHEMA,
    openStore: store.openStore,
    startSyncer: syncer.startSyncer,
    makeTransport: transport.makeTransport,
    statusWords: words.statusWords,
    onTrouble: () => {},
    timeOf: (given) => {
      schedule = given
    },
    turn: (wanted) => {
      for (const [name, turned] of sizes) for (const { value, turn } of turned) turn(wanted[name] ?? value)
    },
  }
  globalThis.reportError = (error) => app.onTrouble(error)
  process.on('unhandledRejection', (error) => app.onTrouble(error))
  return app
}

function hookSizes(root) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.startsWith(root) || !loaded.source) return loaded
      const source = String(loaded.source).replace(SIZE, (_all, exported = '', name, value) => {
        return `${exported}let ${name} = ${value}; globalThis.simulationSize('${name}', ${value}, (to) => { ${name} = to })`
      })
      return { ...loaded, source }
    },
  })
}

/** What would take turns of the real event loop, answered at once. */
function takeOverSurroundings() {
  delete globalThis.CompressionStream
  crypto.subtle.digest = async (name, bytes) => {
    const made = createHash(name.replace('-', '').toLowerCase()).update(new Uint8Array(bytes.buffer ?? bytes)).digest()
    return made.buffer.slice(made.byteOffset, made.byteOffset + made.byteLength)
  }
}
