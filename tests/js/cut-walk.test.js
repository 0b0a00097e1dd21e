import assert from 'node:assert/strict'
import test from 'node:test'
import { startSyncer } from '../../static/js/sync/syncer.js'
import { NetworkTrouble } from '../../static/js/sync/trouble.js'
import { Server } from './server.js'
import { begin, SPACE, storeOn, tablet, turn } from './support.js'

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

function syncerOf(store, server, device) {
  return startSyncer({
    store,
    transport: server,
    spaces: () => [SPACE],
    device: async () => '7f000000-0000-4000-8000-000000000001',
    build: 'test',
    now: device.now,
    random: () => 0.5,
    surroundings: { locks: null, events: new EventTarget(), setTimeout: () => 0, clearTimeout: () => {} },
  })
}

// Found by the simulation: a right given and taken again leaves the same view behind as before it was given.
test('what a walk cut short had fetched is forgotten when the right is gone again', async () => {
  const server = hiddenRooms()
  const device = tablet()
  const store = await storeOn(device)
  const syncer = syncerOf(store, server, device)
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

// Found by the simulation: an operator restores a backup, thinks better of it, and puts the newer days back.
test('a server that was restored and put back again while a walk was cut short leaves every number as it was', async () => {
  const server = new Server()
  const older = server.backup()
  server.records.set('r1', { kind: 'room', seq: 1, body: { code: '1' } })
  server.seq = 1
  server.tags.set(1, '1f')
  const newer = server.backup()
  const device = tablet()
  const store = await storeOn(device)
  const syncer = syncerOf(store, server, device)
  await syncer.poke()
  assert.equal((await store.read('r1')).seq, 1)
  server.restore(older)
  // The reset and the newest commit both know; then, with the numbers set down, the network ends.
  server.faults.push(null, null, lost)
  await syncer.poke()
  server.restore(newer)
  for (let tried = 0; tried < 4; tried += 1) {
    device.clock.now += 60_000
    await syncer.poke()
    await turn()
  }
  await syncer.stop()
  assert.equal((await store.read('r1')).seq, 1)
})

/** A tablet with one observation on the server, and its removal on the way through a bad network. */
async function removing(onTheWay) {
  const server = new Server()
  const device = tablet()
  const store = await storeOn(device)
  const syncer = syncerOf(store, server, device)
  await store.write(SPACE, [begin('obs-1')])
  await syncer.poke()
  await store.write(SPACE, [{ kind: 'observation', id: 'obs-1', set: { '': null } }])
  server.faults.push(onTheWay(server))
  await syncer.poke()
  return { server, device, store, syncer }
}

/** After trouble the tablet asks first whether anybody is there: it walks before it sends. */
async function comeToRest({ device, store, syncer }) {
  for (let tried = 0; tried < 6; tried += 1) {
    device.clock.now += 60_000
    await syncer.poke()
    await turn()
  }
  await syncer.stop()
  assert.equal(store.status().waiting, 0)
}

// Found by the simulation: the walk lists no removed records, and the removed one stood in no list of the tablet either.
test('what was removed stays away when the answer was lost and a right changed meanwhile', async () => {
  const answerLost = (server) => async (request) => {
    await server.post('', request)
    lost()
  }
  const all = await removing(answerLost)
  assert.equal(all.server.records.get('obs-1').body, null)
  all.server.view = 'b2'
  await comeToRest(all)
  assert.equal(await all.store.read('obs-1'), null)
})

test('a removal that is refused brings nothing back that may not be seen any more', async () => {
  const all = await removing(() => lost)
  all.server.hide('obs-1')
  all.server.view = 'b2'
  await comeToRest(all)
  assert.equal(await all.store.read('obs-1'), null)
  assert.equal(all.store.status().needsYou, 1)
})

// A right was given, what waited was taken and answered for with the word to walk, and the tablet's place knows nothing of that
// commit until the walk is over. Were that forgotten, a server restored meanwhile would never be brought what it confirmed.
test('what was confirmed just before a walk that was cut short is brought to a server that lost it', async () => {
  const server = new Server()
  const device = tablet()
  const store = await storeOn(device)
  const syncer = syncerOf(store, server, device)
  server.records.set('r1', { kind: 'room', seq: 1, body: { code: '1' } })
  server.seq = 1
  server.tags.set(1, '1f')
  await syncer.poke()
  const older = server.backup()
  server.view = 'b2'
  await store.write(SPACE, [begin('o1')])
  server.faults.push(null, lost)
  await syncer.poke()
  assert.equal(store.status().waiting, 0)
  server.restore(older)
  for (let tried = 0; tried < 4; tried += 1) {
    device.clock.now += 60_000
    await syncer.poke()
    await turn()
  }
  await syncer.stop()
  assert.equal(server.records.has('o1'), true)
  assert.equal((await store.read('o1')).body.number, 1)
})
