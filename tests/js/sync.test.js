import assert from 'node:assert/strict'
import test from 'node:test'
import { startSyncer } from '../../static/js/sync/syncer.js'
import { NetworkTrouble } from '../../static/js/sync/trouble.js'
import { Server } from './server.js'
import { begin, draft, rate, SPACE, storeOn, tablet, turn } from './support.js'

/** A tablet with its syncer, whose timers only run when a test lets them. */
async function connected(server, name = 'okoye', more = {}) {
  const device = tablet(name)
  const store = await storeOn(device, { account: name })
  const timers = []
  const surroundings = {
    locks: null,
    events: new EventTarget(),
    isVisible: () => true,
    setTimeout: (work, ms) => timers.push({ work, ms }) && timers.length,
    clearTimeout: () => {},
  }
  const syncer = startSyncer({
    store,
    transport: server,
    spaces: () => [SPACE],
    device: async () => '7f000000-0000-4000-8000-000000000001',
    build: 'test',
    now: device.now,
    random: () => 0.5,
    surroundings,
    ...more,
  })
  await syncer.poke()
  return { device, store, syncer, timers, events: surroundings.events, lastWait: () => timers.at(-1)?.ms }
}

/** Send and fetch until nothing more happens by itself. */
async function settled({ syncer, device, store }) {
  for (let tried = 0; tried < 12; tried += 1) {
    device.clock.now += 60_000
    await syncer.poke()
    await turn()
    if (store.status().waiting === 0 && tried) return
  }
}

const lost = () => {
  throw new NetworkTrouble('no-network')
}
const status =
  (code, more = {}) =>
  () => ({ ok: false, status: code, json: { code: `http-${code}` }, retryAfter: null, ...more })

test('what was written is on the server once, and both tablets show the same', async () => {
  const server = new Server()
  const coach = await connected(server, 'okoye')
  await coach.store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
  await settled(coach)
  const principal = await connected(server, 'reyes')
  assert.deepEqual((await principal.store.read('o1')).body, (await coach.store.read('o1')).body)
  assert.equal(server.pushed.length, 1)
})

test('an answer that is lost changes nothing but the time', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  const answerLost = async (request) => {
    await server.post('', request)
    server.requests.pop()
    throw new NetworkTrouble('no-network')
  }
  server.faults.push(answerLost)
  await coach.syncer.poke()
  assert.equal(coach.store.status().waiting, 1)
  await coach.store.write(SPACE, [rate('o1', 'TE1', 3)])
  await settled(coach)
  assert.equal(server.records.size, 1)
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 } })
  assert.equal(server.pushed[0].cid, server.pushed.find((change) => change.new).cid)
})

test('a dead network is quiet, is asked ever more seldom, and freezes nothing', async () => {
  const server = new Server()
  server.faults.push(...Array.from({ length: 6 }, () => lost))
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  const waits = []
  for (let n = 0; n < 4; n += 1) {
    await coach.store.write(SPACE, [rate('o1', `TE${n}`, 2)])
    await coach.syncer.poke()
    waits.push(coach.lastWait())
  }
  assert.ok(waits.every((wait, index) => index === 0 || wait >= waits[index - 1]) && waits.at(-1) <= 30_000)
  assert.equal(coach.store.status().offline, true)
  await settled(coach)
  assert.equal(server.known.size, 1)
  assert.equal(coach.store.status().offline, false)
})

test('a refused change is kept and the rest goes through', async () => {
  const server = new Server()
  const coach = await connected(server)
  server.records.set('taken', { kind: 'walk', seq: 0, body: {} })
  await coach.store.write(SPACE, [begin('taken')])
  await coach.store.write(SPACE, [begin('o2')])
  await settled(coach)
  assert.deepEqual([coach.store.status().needsYou, coach.store.status().waiting, server.records.has('o2')], [1, 0, true])
})

test('two tablets that edit one record offline end with the same', async () => {
  const server = new Server()
  const one = await connected(server, 'okoye')
  await one.store.write(SPACE, [begin('o1')])
  await settled(one)
  const two = await connected(server, 'reyes')
  await one.store.write(SPACE, [rate('o1', 'TE1', 3)])
  await two.store.write(SPACE, [rate('o1', 'TE2', 4)])
  for (const each of [one, two, one, two]) await settled(each)
  const bodies = await Promise.all([one, two].map(async ({ store }) => (await store.read('o1')).body))
  assert.deepEqual(bodies[0], bodies[1])
  assert.deepEqual(bodies[0].ratings, { TE1: { value: 3 }, TE2: { value: 4 } })
})

test('a changed right is walked: what may be seen is here, the rest is forgotten', async () => {
  const server = new Server()
  const coach = await connected(server, 'okoye')
  await coach.store.write(SPACE, [begin('o1'), begin('o2'), begin('o3')])
  await settled(coach)
  const principal = await connected(server, 'reyes')
  server.hidden.add('o1')
  server.view = 'b2'
  await settled(principal)
  assert.deepEqual((await principal.store.list('observation')).map((row) => row.id).sort(), ['o2', 'o3'])
  assert.equal((await principal.store.outbox.cursorOf(SPACE)).cursor, '3.b2')
})

/** A server that holds so many rooms that a walk takes two pages. */
function twoPages() {
  const server = new Server()
  for (let n = 1; n <= 600; n += 1) server.records.set(`r${n}`, { kind: 'room', seq: n, body: { code: `${n}` } })
  server.seq = 600
  server.tags.set(600, 'f')
  return server
}

test('what leaves ones sight in the middle of a walk is forgotten by its end', async () => {
  const server = twoPages()
  const coach = await connected(server)
  server.view = 'b2'
  server.faults.push(null, null, () => server.hide('r1'))
  await settled(coach)
  assert.equal((await coach.store.all('room')).length, 599)
  assert.equal(await coach.store.read('r1'), null)
})

test('what leaves ones sight while a lost history is walked is forgotten too', async () => {
  const server = twoPages()
  const coach = await connected(server)
  server.tags.set(600, 'other')
  server.faults.push(null, null, () => server.hide('r1'))
  await settled(coach)
  assert.equal(await coach.store.read('r1'), null)
  assert.equal((await coach.store.all('room')).length, 599)
})

test('a record the restored server had lost is taken again when another tablet brings it back', async () => {
  const server = new Server()
  const backup = server.backup()
  server.seq = 100
  server.tags.set(100, 'f')
  const coach = await connected(server, 'okoye')
  await coach.store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3), begin('o2'), begin('o3')])
  await settled(coach)
  await coach.store.write(SPACE, [rate('o1', 'TE2', 2)])
  await settled(coach)
  const principal = await connected(server, 'reyes')
  server.restore(backup)
  await settled(principal)
  assert.equal((await principal.store.read('o1')).body.ratings.TE2.value, 2)
  await settled(coach)
  await coach.store.write(SPACE, [rate('o1', 'TE1', 4)])
  await settled(coach)
  await settled(principal)
  assert.deepEqual((await principal.store.read('o1')).body, server.records.get('o1').body)
  assert.equal((await principal.store.read('o1')).seq, server.records.get('o1').seq)
})

test('a restore in the middle of a walk does not go unnoticed', async () => {
  const server = twoPages()
  const coach = await connected(server)
  const backup = server.backup()
  for (let n = 1; n <= 600; n += 1) server.records.set(`r${n}`, { kind: 'room', seq: 600 + n, body: { code: 'renamed' } })
  server.seq = 1_200
  server.tags.set(1_200, 'lost')
  server.view = 'b2'
  // The first renamed rooms arrive with the second page; then the network ends, and the server is restored.
  server.faults.push(null, null, null, lost)
  await coach.syncer.poke()
  server.restore(backup)
  await settled(coach)
  assert.deepEqual((await coach.store.read('r1')).body, { code: '1' })
})

test('a server restored from a backup gets back what it had confirmed', async () => {
  const server = new Server()
  const coach = await connected(server, 'okoye')
  await coach.store.write(SPACE, [begin('o1')])
  await settled(coach)
  const backup = server.backup()
  await coach.store.write(SPACE, [rate('o1', 'TE1', 3), begin('o2')])
  await settled(coach)
  server.restore(backup)
  await coach.store.write(SPACE, [rate('o1', 'TE2', 1)])
  await settled(coach)
  assert.deepEqual([...server.records.keys()].sort(), ['o1', 'o2'])
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 }, TE2: { value: 1 } })
  assert.deepEqual((await coach.store.read('o1')).body, server.records.get('o1').body)
  assert.equal(coach.store.status().needsYou, 0)
})

test('a replaced, empty server is filled by the tablet', async () => {
  const coach = await connected(new Server(), 'okoye')
  await coach.store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 2)])
  await settled(coach)
  const empty = new Server()
  empty.view = 'c3'
  coach.syncer.stop()
  const again = startSyncer({
    store: coach.store,
    transport: empty,
    spaces: () => [SPACE],
    device: async () => 'd',
    build: '',
    now: coach.device.now,
    random: () => 0.5,
    surroundings: { locks: null, events: new EventTarget(), setTimeout: () => 0, clearTimeout: () => {} },
  })
  await settled({ ...coach, syncer: again })
  assert.deepEqual(empty.records.get('o1').body.ratings, { TE1: { value: 2 } })
})

test('a first visit fetches page by page', async () => {
  const server = new Server()
  for (let n = 1; n <= 1_203; n += 1) server.records.set(`r${n}`, { kind: 'room', seq: n, body: { code: `${n}` } })
  server.seq = 1_203
  server.tags.set(1_203, 'f')
  const coach = await connected(server)
  assert.equal((await coach.store.all('room')).length, 1_203)
  assert.equal(server.requests.length, 3)
})

test('signed out means: go on writing, nothing is lost, sent after signing in', async () => {
  const server = new Server()
  let told = 0
  const coach = await connected(server, 'okoye', {
    onSignedOut: () => {
      told += 1
    },
  })
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(status(401))
  await coach.syncer.poke()
  assert.deepEqual([coach.store.status().signedOut, coach.store.status().waiting, told], [true, 1, 1])
  await settled(coach)
  assert.deepEqual([coach.store.status().signedOut, server.records.has('o1')], [false, true])
})

test("nothing is sent under another person's name", async () => {
  const server = new Server()
  let me = true
  const coach = await connected(server, 'okoye', { isStillMe: async () => me })
  await coach.store.write(SPACE, [begin('o1')])
  me = false
  await coach.syncer.poke()
  assert.deepEqual([server.pushed, coach.store.status().signedOut], [[], true])
})

test('one change too big for the server is found by halving, set aside, and the others pass', async () => {
  const server = new Server()
  const coach = await connected(server)
  for (let n = 0; n < 5; n += 1) await coach.store.write(SPACE, [begin(`o${n}`)])
  const tooBig = (request) => {
    const changes = Object.values(request.spaces)[0].changes
    server.faults.push(tooBig)
    return changes.some((change) => change.id === 'o3') ? status(413, { json: null })() : null
  }
  server.faults.push(tooBig)
  await settled(coach)
  assert.deepEqual([...server.records.keys()].sort(), ['o0', 'o1', 'o2', 'o4'])
  assert.deepEqual(
    (await coach.store.needsYou()).map((item) => [item.id, item.problem.code]),
    [['o3', 'too-big']],
  )
})

test('a change the server falls over is left out for a while, and needs nobody', async () => {
  const server = new Server()
  const coach = await connected(server)
  for (let n = 0; n < 3; n += 1) await coach.store.write(SPACE, [begin(`o${n}`)])
  await coach.store.outbox.batch(SPACE)
  await coach.store.write(SPACE, [rate('o1', 'TE1', 3)])
  const falls = (request) => {
    const changes = Object.values(request.spaces)[0].changes
    server.faults.push(falls)
    return changes.some((change) => change.id === 'o1') ? status(500)() : null
  }
  server.faults.push(falls)
  await settled(coach)
  assert.deepEqual([...server.records.keys()].sort(), ['o0', 'o2'])
  assert.deepEqual([coach.store.status().waiting, coach.store.status().needsYou], [2, 0])
  server.faults = []
  coach.device.clock.now += 7_200_000
  await settled(coach)
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 } })
})

test('a filter that answers 400 to everything costs nobody a change', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(...Array.from({ length: 6 }, () => status(400)))
  for (let n = 0; n < 6; n += 1) await coach.syncer.poke()
  assert.deepEqual([coach.store.status().needsYou, coach.store.status().waiting], [0, 1])
})

test('changes nobody answers for are not asked about for ever', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  const silent = () => ({
    ok: true,
    status: 200,
    retryAfter: null,
    json: { spaces: { [SPACE]: { results: {}, rows: [], gone: [], cursor: '0.a1', at: '0.0', more: false } } },
  })
  server.faults.push(...Array.from({ length: 20 }, () => silent))
  await coach.syncer.poke()
  assert.ok(server.requests.length < 5)
  assert.equal(coach.store.status().waiting, 1)
})

test('a server that is down as a whole blames no change', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(...Array.from({ length: 8 }, () => status(500)))
  for (let n = 0; n < 8; n += 1) await coach.syncer.poke()
  assert.deepEqual([coach.store.status().needsYou, coach.store.status().waiting], [0, 1])
  await settled(coach)
  assert.equal(coach.store.status().waiting, 0)
})

test('a busy server is left alone for as long as it asks', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(status(503, { json: null, retryAfter: 120_000 }))
  await coach.syncer.poke()
  const asked = server.requests.length
  await coach.syncer.poke()
  assert.equal(server.requests.length, asked)
  assert.ok(coach.lastWait() >= 120_000)
  coach.device.clock.now += 121_000
  await coach.syncer.poke()
  await coach.syncer.poke()
  assert.equal(coach.store.status().waiting, 0)
})

test('a server that wants a newer app is not asked again, and the outbox stays', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(status(426))
  await coach.syncer.poke()
  const asked = server.requests.length
  await coach.syncer.poke()
  assert.deepEqual([server.requests.length, coach.store.status().mustUpdate, coach.store.status().waiting], [asked, true, 1])
})

test('a receipt that does not fit is met with patience, not with a storm', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  const lying = async (request) => {
    const told = await server.post('', request)
    server.requests.pop()
    for (const verdict of Object.values(Object.values(told.json.spaces)[0].results)) verdict.hash = '0'.repeat(64)
    return told
  }
  server.faults.push(lying)
  await coach.syncer.poke()
  assert.ok(server.requests.length <= 3)
  assert.deepEqual([coach.store.status().waiting, coach.store.status().needsYou], [1, 1])
  await settled(coach)
  assert.deepEqual([coach.store.status().waiting, coach.store.status().needsYou], [0, 0])
})

test('an answer of the wrong shape counts as not sent', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(() => ({ ok: true, status: 200, json: { welcome: 'to our Wi-Fi' }, retryAfter: null }))
  await coach.syncer.poke()
  assert.equal(coach.store.status().waiting, 1)
})

test('a space that is closed to this person does not stop the others', async () => {
  const server = new Server()
  const shut = { problem: { code: 'unknown-space' } }
  const coach = await connected(server, 'okoye', { spaces: () => ['shut', SPACE] })
  await coach.store.write(SPACE, [begin('o1')])
  await coach.store.write('shut', [begin('o2')])
  const always = (request) => {
    server.faults.push(always)
    return 'shut' in request.spaces ? { ok: true, status: 200, json: { spaces: { shut } }, retryAfter: null } : null
  }
  server.faults.push(always)
  await settled(coach)
  assert.deepEqual([[...server.records.keys()], coach.store.status().waiting], [['o1'], 1])
})

test('only one tab sends at a time', async () => {
  const server = new Server()
  let held = false
  const locks = {
    request: async (_name, _options, work) => {
      if (held) return work(null)
      held = true
      try {
        return await work({})
      } finally {
        held = false
      }
    },
  }
  const surroundings = { locks, events: new EventTarget(), setTimeout: () => 0, clearTimeout: () => {} }
  held = true
  const coach = await connected(server, 'okoye', { surroundings })
  assert.equal(server.requests.length, 0)
  held = false
  await coach.syncer.poke()
  assert.equal(server.requests.length, 1)
})

test('an edit is sent soon, the page coming back asks at once, and an applied answer asks for nothing', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  assert.equal(coach.lastWait(), 2_000)
  await settled(coach)
  assert.equal(coach.lastWait(), 300_000)
  const asked = server.requests.length
  coach.events.dispatchEvent(new Event('visibilitychange'))
  await coach.syncer.poke()
  assert.ok(server.requests.length > asked)
})

test('long typing is sent every now and then, not only when it stops', async () => {
  const coach = await connected(new Server())
  await coach.store.write(SPACE, [begin('o1')])
  coach.device.clock.now += 14_500
  await coach.store.write(SPACE, [rate('o1', 'TE1', 2)])
  assert.equal(coach.lastWait(), 500)
})

test("trouble with the tablet's own storage does not stop the syncer", async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1', draft())])
  const batch = coach.store.outbox.batch
  coach.store.outbox.batch = () => Promise.reject(new DOMException('lost', 'UnknownError'))
  await assert.rejects(coach.syncer.poke())
  coach.store.outbox.batch = batch
  await settled(coach)
  assert.equal(coach.store.status().waiting, 0)
})
