import assert from 'node:assert/strict'
import test from 'node:test'
import { startSyncer } from '../../static/js/sync/syncer.js'
import { NetworkTrouble } from '../../static/js/sync/trouble.js'
import { Server } from './server.js'
import { SPACE, storeOn, tablet, turn } from './support.js'

const PAGE = 500
const ROOMS = PAGE + 100

/** A server with more rooms than one page, none of which this person may see. */
function hiddenRooms() {
  const server = new Server()
  for (let n = 1; n <= ROOMS; n += 1) {
    server.records.set(`r${n}`, { kind: 'room', seq: n, body: { code: `${n}` } })
    server.hidden.add(`r${n}`)
  }
  server.seq = ROOMS
  server.tags.set(ROOMS, 'f')
  return server
}

const lost = () => {
  throw new NetworkTrouble('no-network')
}

// Found by the simulation: a right given and taken again leaves the same view behind as before it was given.
test('what a walk cut short had fetched is forgotten when the right is gone again', async () => {
  const server = hiddenRooms()
  const device = tablet()
  const store = await storeOn(device)
  const syncer = startSyncer({
    store,
    transport: server,
    spaces: () => [SPACE],
    device: async () => '7f000000-0000-4000-8000-000000000001',
    build: 'test',
    now: device.now,
    random: () => 0.5,
    surroundings: { locks: null, events: new EventTarget(), setTimeout: () => 0, clearTimeout: () => {} },
  })
  await syncer.poke()
  const hidden = new Set(server.hidden)
  server.hidden.clear()
  server.view = 'b2'
  // The reset, the first page, the second page with rooms of the first; then the network ends.
  server.faults.push(null, null, null, lost)
  await syncer.poke()
  server.hidden = hidden
  server.view = 'a1'
  for (let tried = 0; tried < 6; tried += 1) {
    device.clock.now += 60_000
    await syncer.poke()
    await turn()
  }
  await syncer.stop()
  assert.equal((await store.all('room')).length, 0)
})
