/** express-pouchdb over LevelDB, as its README sets it up. */
import { createRequire } from 'node:module'
import { obey } from '../clients/commands.mjs'
import { counting } from './counting.mjs'

const given = JSON.parse(process.argv[2]) // {peers, folder, name}
const require = createRequire(`${given.peers}/`)
const express = require('express')
const PouchDB = require('pouchdb').defaults({ prefix: `${given.folder}/` })
const pouch = require('express-pouchdb')(PouchDB, {
  mode: 'minimumForPouchDB',
  configPath: `${given.folder}/config.json`,
  logPath: `${given.folder}/log.txt`,
})
const app = express()
app.use('/', pouch)
await new PouchDB(given.name).info()
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ ok: server.address().port })}\n`))
const bytes = counting(server)
await obey({ bytes })
