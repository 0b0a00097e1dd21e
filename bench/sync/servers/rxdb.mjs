/** rxdb-server with everything in memory: durable nowhere, so an upper bound and no rival. */
import { createRequire } from 'node:module'
import { obey } from '../clients/commands.mjs'
import { counting } from './counting.mjs'

const given = JSON.parse(process.argv[2]) // {peers}
const require = createRequire(`${given.peers}/`)
const express = require('express')
const { createRxDatabase } = require('rxdb/plugins/core')
const { getRxStorageMemory } = require('rxdb/plugins/storage-memory')
const { createRxServer } = require('rxdb-server/plugins/server')
const { RxServerAdapterExpress, HTTP_SERVER_BY_EXPRESS } = require('rxdb-server/plugins/adapter-express')

const LONGEST_ID = 36
const text = { type: 'string' }
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { ...text, maxLength: LONGEST_ID }, kind: text, at: { type: 'number' }, body: { type: 'object' } },
}
const adapter = {
  ...RxServerAdapterExpress,
  async create() {
    const app = express()
    app.use(express.json({ limit: '50mb' })) // its own limit of 100 kB is less than one batch
    return app
  },
}
const database = await createRxDatabase({ name: 'bench', storage: getRxStorageMemory(), multiInstance: false })
await database.addCollections({ observations: { schema } })
const server = await createRxServer({
  database,
  adapter,
  hostname: '127.0.0.1',
  port: 0,
  authHandler: () => ({ validUntil: Date.now() + 1e9, data: {} }),
})
server.addReplicationEndpoint({ name: 'observations', collection: database.observations })
await server.start()
const http = HTTP_SERVER_BY_EXPRESS.get(server.serverApp)
process.stdout.write(`${JSON.stringify({ ok: http.address().port })}\n`)
await obey({ bytes: counting(http) })
