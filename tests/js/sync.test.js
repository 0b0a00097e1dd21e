import assert from 'node:assert/strict'
import test from 'node:test'
import { hashOf } from '../../static/js/core/canonical.js'
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
    device: async () => `7f-${name}`,
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

test('a screen hears of what kinds the forgotten were', async () => {
  const server = new Server()
  const coach = await connected(server, 'okoye')
  await coach.store.write(SPACE, [begin('o1'), begin('o2')])
  await settled(coach)
  const principal = await connected(server, 'reyes')
  const heard = []
  principal.store.addEventListener('changed', ({ detail }) => detail.ids.includes('o1') && heard.push(detail.kinds))
  server.hidden.add('o1')
  server.view = 'b2'
  await settled(principal)
  assert.deepEqual(heard, [['observation']])
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

test('what is removed in the middle of a walk, behind it, is removed here too', async () => {
  const server = twoPages()
  const coach = await connected(server)
  server.view = 'b2'
  // Listed on the first page, it is gone by the second, and what is removed is listed nowhere.
  server.faults.push(null, null, () => server.remove('r1'))
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
  assert.deepEqual((await coach.store.read('r1')).body, server.records.get('r1').body)
  assert.deepEqual((await coach.store.read('r1')).body, { code: 'renamed' })
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

test('a change the server falls over is left out for a while, is listed, and goes through in the end', async () => {
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
  assert.deepEqual([coach.store.status().waiting, coach.store.status().needsYou], [2, 1])
  const [stuck] = await coach.store.needsYou()
  assert.deepEqual([stuck.id, stuck.verdict, stuck.problem.code], ['o1', 'stuck', 'server-falls'])
  server.faults = []
  coach.device.clock.now += 7_200_000
  await settled(coach)
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 } })
  assert.equal(coach.store.status().needsYou, 0)
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

test('an app too old for the server is told so after its outbox was taken', async () => {
  const server = new Server()
  server.oldest = 3
  server.newest = 4
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1'), begin('o2')])
  await settled(coach)
  assert.deepEqual([...server.records.keys()].sort(), ['o1', 'o2'])
  assert.deepEqual([coach.store.status().mustUpdate, coach.store.status().waiting], [true, 0])
  const asked = server.requests.length
  await coach.syncer.poke()
  assert.equal(server.requests.length, asked)
})

test('what is written after the app was called too old is still taken', async () => {
  const server = new Server()
  server.oldest = 3
  const coach = await connected(server)
  assert.equal(coach.store.status().mustUpdate, true)
  await coach.store.write(SPACE, [begin('o1')])
  await settled(coach)
  assert.deepEqual([server.records.has('o1'), coach.store.status().waiting], [true, 0])
})

test('a server that takes nothing from this app keeps being asked, ever more seldom, and the outbox stays', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(...Array.from({ length: 40 }, () => status(426)))
  for (let n = 0; n < 8; n += 1) await coach.syncer.poke()
  assert.deepEqual([coach.store.status().mustUpdate, coach.store.status().waiting], [true, 1])
  assert.ok(coach.lastWait() > 60_000)
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

/** Web Locks with one lock, as far as the syncer asks; `another` holds it until it is let go. */
function oneLock() {
  let free = Promise.resolve()
  let held = 0
  const request = async (_name, { ifAvailable = false }, work) => {
    if (held && ifAvailable) return work(null)
    held += 1
    const before = free
    const mine = Promise.withResolvers()
    free = mine.promise
    await before
    try {
      return await work({})
    } finally {
      held -= 1
      mine.resolve()
    }
  }
  /** Resolves with what lets go of it. */
  const another = () => new Promise((taken) => request('', {}, () => new Promise((letGo) => taken(letGo))))
  return { request, another }
}

/** A tablet whose syncer asks for a lock that another tab has. */
async function besideAnother(server) {
  const locks = oneLock()
  const letGo = await locks.another()
  const waits = []
  const surroundings = { locks, events: new EventTarget(), setTimeout: (_, ms) => waits.push(ms), clearTimeout: () => {} }
  return { locks, letGo, waits, coach: await connected(server, 'okoye', { surroundings }) }
}

test('only one tab sends at a time', async () => {
  const server = new Server()
  const { coach, letGo } = await besideAnother(server)
  assert.equal(server.requests.length, 0)
  letGo()
  await turn()
  await coach.syncer.poke()
  assert.equal(server.requests.length, 1)
})

test('what waits while another tab sends is tried again within a second', async () => {
  const { coach, waits, letGo, locks } = await besideAnother(new Server())
  letGo()
  await turn()
  await coach.syncer.poke()
  await locks.another()
  await coach.syncer.poke()
  assert.equal(waits.at(-1), 300_000)
  await coach.store.write(SPACE, [begin('o1')])
  await coach.syncer.poke()
  assert.equal(waits.at(-1), 1_000)
})

test('a tab that never reached the server does not leave it to another one', async () => {
  const { coach, waits } = await besideAnother(new Server())
  await coach.syncer.poke()
  assert.equal(waits.at(-1), 1_000)
})

test('sending by hand waits until the other tab is done', async () => {
  const server = new Server()
  const { coach, letGo } = await besideAnother(server)
  const sent = coach.syncer.poke({ byHand: true })
  await turn()
  assert.equal(server.requests.length, 0)
  letGo()
  await sent
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

test('what is written while photos are being carried goes soon afterwards', async () => {
  const more = { work: async () => {} }
  const coach = await connected(new Server(), 'okoye', { after: () => more.work().then(() => false) })
  await coach.store.write(SPACE, [begin('o1')])
  more.work = () => coach.store.write(SPACE, [rate('o1', 'TE1', 3)])
  await coach.syncer.poke()
  await turn()
  assert.equal(coach.store.status().waiting, 1)
  assert.equal(coach.lastWait(), 2_000)
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

// ---- schema 2: marks, trails, and what a tablet says of itself -----------------------------------------

test('a tablet says for whom it works, what waits on it, and how far its own numbers are', async () => {
  const server = new Server()
  const coach = await connected(server)
  coach.store.canary = async () => ({ database: 'd1', highest: 7, unsent: 0 })
  const heard = []
  coach.store.heardOfDevice = (device) => heard.push(device)
  await coach.store.write(SPACE, [begin('o1')])
  await settled(coach)
  const { schema, account, files, canary, unsent } = server.requests.at(-1)
  assert.deepEqual(
    { schema, account, files, canary, unsent },
    {
      schema: 2,
      account: 'okoye',
      files: 0,
      canary: { database: 'd1', highest: 7 },
      unsent: 0,
    },
  )
  assert.deepEqual([heard.at(-1).database, heard.at(-1).highest], ['d1', 7])
})

for (const [what, unsent, isDamaged] of [
  ['whose other sent everything is told of no loss', 0, false],
  ['whose other had unsent work is told of it, for it may be the same tablet come back older', 3, true],
]) {
  test(`a copy of a tablet, ${what}, and goes on under an id of its own`, async () => {
    const server = new Server()
    const ids = ['7f-okoye']
    const device = async () => ids.at(-1)
    const renewDevice = async () => void ids.push(`7f-${ids.length}`)
    const coach = await connected(server, 'okoye', { device, renewDevice })
    await coach.store.write(SPACE, [begin('o1')])
    await settled(coach)
    const { database, highest } = coach.store.canary()
    Object.assign(server.devices.get('7f-okoye'), { nonce: 'of-another', database, highest: highest + 5, unsent })
    await coach.store.write(SPACE, [rate('o1', 'TE1', 2)])
    await settled(coach)
    assert.deepEqual(ids, ['7f-okoye', '7f-1'])
    assert.deepEqual([coach.store.status().waiting, Boolean(coach.store.status().damage)], [0, isDamaged])
    assert.equal(server.requests.at(-1).device, '7f-1')
    assert.equal(server.devices.get('7f-okoye').nonce, 'of-another')
  })
}

test("nothing is applied under a cookie of somebody else's account", async () => {
  const server = new Server()
  server.account = 'reyes'
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  await settled(coach)
  assert.deepEqual([server.records.size, coach.store.status().signedOut, coach.store.status().waiting], [0, true, 1])
})

for (const [what, newest] of [
  ['says that it is older', 0],
  ['of the first version, which only says "another version",', 1],
]) {
  test(`a server that ${what} is spoken to in its own words`, async () => {
    const server = new Server()
    server.newest = 1
    if (newest === 0) {
      const older = (request) => {
        server.faults.push(older)
        return request.schema > 1 ? status(409, { json: { code: 'server-older', detail: '1' } })() : null
      }
      server.faults.push(older)
    }
    const coach = await connected(server)
    await coach.store.write(SPACE, [begin('o1')])
    await settled(coach)
    assert.deepEqual([server.records.has('o1'), coach.store.status().mustUpdate], [true, false])
    assert.deepEqual(Object.keys(server.requests.at(-1)).sort(), ['build', 'device', 'schema', 'spaces', 'unsent'])
    assert.equal(server.requests.filter(({ schema }) => schema === 2).length, 1)
  })
}

test('a server of the first version that was restored still gets back what this tablet wrote', async () => {
  const server = new Server()
  server.newest = 1
  const coach = await connected(server)
  const backup = server.backup()
  await coach.store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
  await settled(coach)
  server.restore(backup)
  await settled(coach)
  await settled(coach)
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 } })
})

/** A server with one record, a backup of it, then work of a tablet that is lost; only another one has seen it. */
async function seenByAnother() {
  const server = new Server()
  const coach = await connected(server, 'okoye')
  await coach.store.write(SPACE, [begin('o1')])
  await settled(coach)
  const backup = server.backup()
  await coach.store.write(SPACE, [rate('o1', 'TE1', 3), begin('o2', draft({ focus: 'talk' }))])
  await settled(coach)
  const principal = await connected(server, 'reyes')
  await settled(principal)
  return { server, backup, coach, principal }
}

test('a restored server takes back its own rows from a tablet that only read them', async () => {
  const { server, backup, principal } = await seenByAnother()
  server.restore(backup)
  await settled(principal)
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 } })
  assert.equal(server.records.get('o2').body.focus, 'talk')
  assert.deepEqual((await principal.store.read('o1')).body, server.records.get('o1').body)
})

test('rows that both histories have are neither offered nor fetched again', async () => {
  const { server, principal } = await seenByAnother()
  for (let n = 0; n < 5; n += 1) await principal.store.write(SPACE, [begin(`p${n}`)])
  await settled(principal)
  await settled(principal)
  const backup = server.backup()
  server.seq += 1
  server.tags.set(server.seq, 'lost')
  await settled(principal)
  server.restore(backup)
  server.requests = []
  await settled(principal)
  assert.deepEqual([server.offered, server.pushed], [[], []])
})

test('two tablets that offer the same rows back leave one of each, and both end level', async () => {
  const { server, backup, coach, principal } = await seenByAnother()
  const third = await connected(server, 'lindqvist')
  await settled(third)
  server.restore(backup)
  for (const each of [principal, third, principal, third]) await settled(each)
  assert.deepEqual([...server.records.keys()].sort(), ['o1', 'o2'])
  for (const each of [principal, third]) {
    for (const id of ['o1', 'o2']) assert.deepEqual((await each.store.read(id)).body, server.records.get(id).body)
  }
  assert.equal(coach.store.status().needsYou, 0)
})

test('a row the server does not know as its own is kept beside, and nothing of it is lost', async () => {
  const { server, backup, principal } = await seenByAnother()
  server.restore(backup)
  const forged = (request) => {
    for (const part of Object.values(request.spaces)) for (const offer of part.offers ?? []) offer[4] = '1.x.0.forged'
    server.faults.push(forged)
    return null
  }
  server.faults.push(forged)
  await settled(principal)
  assert.deepEqual(server.records.get('o1').body.ratings, {})
  assert.equal(server.records.has('o2'), false)
  assert.equal((await principal.store.read('o2')).body.focus, 'talk')
})

test('what others wrote is offered back also from under own later changes', async () => {
  const { server, backup, principal } = await seenByAnother()
  await principal.store.write(SPACE, [rate('o1', 'TE9', 1)])
  await settled(principal)
  server.restore(backup)
  await settled(principal)
  await settled(principal)
  assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 3 }, TE9: { value: 1 } })
})

test('an empty replacement is filled again by whoever only read', async () => {
  const { principal } = await seenByAnother()
  const empty = new Server()
  Object.assign(empty, { view: 'c3', seq: 2 })
  empty.tags.set(2, 'new')
  await principal.syncer.stop()
  const again = await reconnected(principal, empty)
  await settled({ ...principal, syncer: again })
  assert.deepEqual([...empty.records.keys()].sort(), ['o1', 'o2'])
  assert.deepEqual(empty.records.get('o1').body.ratings, { TE1: { value: 3 } })
})

async function reconnected({ store, device }, server) {
  return startSyncer({
    store,
    transport: server,
    spaces: () => [SPACE],
    device: async () => 'd',
    build: '',
    now: device.now,
    random: () => 0.5,
    surroundings: { locks: null, events: new EventTarget(), setTimeout: () => 0, clearTimeout: () => {} },
  })
}

test('an edit made while a lost history is walked does not claim to have seen what is gone', async () => {
  const { server, backup, principal } = await seenByAnother()
  server.restore(backup)
  const edit = async () => {
    await principal.store.write(SPACE, [rate('o1', 'TE7', 2)])
    return null
  }
  server.faults.push(null, edit)
  await settled(principal)
  await settled(principal)
  const change = server.pushed.find(({ set }) => set && 'ratings/TE7' in set)
  assert.ok(change.base <= backup.seq, `base ${change.base}`)
  assert.deepEqual((await principal.store.read('o1')).body, server.records.get('o1').body)
})

test('what does not fit into one answer is asked for until it has come, and what may not be seen is not', async () => {
  const server = new Server()
  for (let n = 1; n <= 30; n += 1)
    server.records.set(`r${n}`, { kind: 'room', seq: n, body: { code: `${n}`, about: 'x'.repeat(90) } })
  server.seq = 30
  server.tags.set(30, 'f')
  server.page = 500
  const coach = await connected(server)
  assert.equal((await coach.store.all('room')).length, 30)
  server.view = 'b2'
  for (const [id, record] of server.records) server.records.set(id, { ...record, seq: record.seq + 100 })
  server.seq = 130
  server.tags.set(130, 'f')
  server.faults.push(null, null, () => server.hide('r7'))
  await settled(coach)
  assert.equal((await coach.store.all('room')).length, 29)
  assert.equal((await coach.store.read('r30')).seq, 130)
})

test('a space that was given while the app is open is fetched without a reload', async () => {
  const server = new Server()
  const spaces = ['other']
  const asked = []
  const coach = await connected(server, 'okoye', {
    spaces: () => spaces,
    refreshPerson: async () => {
      asked.push('who')
      if (!spaces.includes(SPACE)) spaces.push(SPACE)
    },
  })
  server.records.set('r1', { kind: 'room', seq: 1, body: { code: '1' } })
  coach.device.clock.now += 400_000
  await coach.syncer.poke()
  await coach.syncer.poke()
  assert.ok(server.requests.some((request) => SPACE in request.spaces))
  assert.equal(asked.length, 1)
})

test('work for a space that was taken away is still brought to the server, which keeps it for the lead', async () => {
  const server = new Server()
  const spaces = [SPACE]
  const coach = await connected(server, 'okoye', { spaces: () => spaces })
  await coach.store.write(SPACE, [begin('o1')])
  spaces.pop()
  const held = async ({ spaces: parts }) => {
    server.faults.push(held)
    const answers = Object.entries(parts).map(async ([space, { changes }]) => {
      const verdicts = changes.map(async (change) => [change.cid, { verdict: 'held', seq: null, hash: await hashOf(change) }])
      const results = Object.fromEntries(await Promise.all(verdicts))
      return [space, { results, rows: [], gone: [], cursor: '0.a1', at: '0.0', more: false }]
    })
    return { ok: true, status: 200, json: { spaces: Object.fromEntries(await Promise.all(answers)) }, retryAfter: null }
  }
  server.faults.push(held)
  await settled(coach)
  assert.deepEqual([coach.store.status().waiting, coach.store.status().held], [0, 1])
  assert.deepEqual(Object.keys((await coach.store.needsYou())[0].change).sort(), ['at', 'cid', 'id', 'kind'])
})

test('one space that cannot take its changes does not hold up another', async () => {
  const server = new Server()
  const coach = await connected(server, 'okoye', { spaces: () => ['bad', SPACE] })
  await coach.store.write('bad', [begin('b1')])
  await coach.store.write(SPACE, [begin('o1')])
  const falls = (request) => {
    server.faults.push(falls)
    return request.spaces.bad?.changes.length ? status(500)() : null
  }
  server.faults.push(falls)
  await coach.syncer.poke()
  assert.ok(server.records.has('o1'))
})

// ---- what a person is told -----------------------------------------------------------------------------

test('a server that takes its time is named after ten seconds, and no longer than it lasts', async () => {
  const server = new Server()
  const coach = await connected(server)
  const seen = []
  coach.store.addEventListener('status', ({ detail }) => seen.push(detail.serverSlow))
  server.faults.push(() => {
    coach.timers
      .filter(({ ms }) => ms === 10_000)
      .at(-1)
      .work()
    return null
  })
  await coach.syncer.poke()
  assert.ok(seen.includes(true))
  assert.equal(coach.store.status().serverSlow, false)
})

test('how often was tried and when it is tried again is known', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(status(503, { retryAfter: 90_000 }), status(503))
  await coach.syncer.poke()
  const { tries, nextTryAt } = coach.store.status()
  assert.deepEqual([tries, nextTryAt], [1, coach.device.clock.now + 90_000])
  await settled(coach)
  assert.deepEqual([coach.store.status().tries, coach.store.status().nextTryAt], [0, null])
})

test('a clock set back a year does not hold up sending for a year', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(status(503, { retryAfter: 60_000 }))
  await coach.syncer.poke()
  coach.device.clock.now -= 365 * 24 * 3_600_000
  await coach.syncer.poke()
  await coach.syncer.poke()
  assert.equal(coach.store.status().waiting, 0)
})

test('a clock that is wrong is named, and decides nothing', async () => {
  const server = new Server()
  const coach = await connected(server)
  server.now = coach.device.clock.now + 12 * 60_000
  await coach.syncer.poke()
  assert.equal(coach.store.status().clockOff, 12 * 60_000)
  server.now = coach.device.clock.now - 200_000
  await coach.syncer.poke()
  assert.equal(coach.store.status().clockOff, 0)
})

test('a clock years ahead lets go of no receipt', async () => {
  const server = new Server()
  const coach = await connected(server)
  server.now = coach.device.clock.now
  const backup = server.backup()
  await coach.store.write(SPACE, [begin('o1')])
  await settled(coach)
  coach.device.clock.now += 5 * 365 * 24 * 3_600_000
  await settled(coach)
  server.restore(backup)
  await settled(coach)
  assert.ok(server.records.has('o1'))
})

test('an ended sign-in says how many observations wait for it, and goes on counting', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
  await coach.store.write(SPACE, [begin('o2')])
  server.faults.push(status(401))
  await coach.syncer.poke()
  assert.equal(coach.store.status().toSend, 2)
  await coach.store.write(SPACE, [begin('o3')])
  while (coach.store.status().toSend !== 3) await turn()
  await settled(coach)
  assert.deepEqual([coach.store.status().toSend, server.records.size], [null, 3])
})

test('when nothing moves although the network works, sending begins anew, and after three times its person is told', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  const silent = () => {
    server.faults.push(silent)
    const part = { results: {}, rows: [], gone: [], cursor: '0.a1', at: '0.0', more: false }
    return { ok: true, status: 200, json: { spaces: { [SPACE]: part } }, retryAfter: null }
  }
  server.faults.push(silent)
  for (let n = 0; n < 7; n += 1) {
    assert.equal(coach.store.status().stalled, false)
    coach.device.clock.now += 60_000
    await coach.syncer.poke()
  }
  for (let n = 0; n < 3; n += 1) {
    coach.device.clock.now += 60_000
    await coach.syncer.poke()
  }
  assert.equal(coach.store.status().stalled, true)
  server.faults = []
  await settled(coach)
  assert.deepEqual([coach.store.status().stalled, coach.store.status().waiting], [false, 0])
})

test('a request that never ends is given up, and sending begins anew', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  server.faults.push(() => new Promise(() => {}))
  coach.syncer.poke()
  while (server.faults.length) await turn()
  coach.timers
    .filter(({ ms }) => ms === 120_000)
    .at(-1)
    .work()
  await settled(coach)
  assert.equal(coach.store.status().waiting, 0)
})

test('a network that is down, a busy server and an ended sign-in are no reason to worry', async () => {
  for (const fault of [lost, status(503), status(401)]) {
    const server = new Server()
    const coach = await connected(server)
    await coach.store.write(SPACE, [begin('o1')])
    server.faults.push(...Array.from({ length: 60 }, () => fault))
    for (let n = 0; n < 20; n += 1) {
      coach.device.clock.now += 60_000
      await coach.syncer.poke()
    }
    assert.equal(coach.store.status().stalled, false)
  }
})

test('a stuck change goes out when its person says so, and away when its person gives it up', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  await coach.store.write(SPACE, [begin('o2')])
  const falls = (request) => {
    server.faults.push(falls)
    return Object.values(request.spaces)[0].changes.length ? status(500)() : null
  }
  server.faults.push(falls)
  for (let n = 0; n < 9 && coach.store.status().needsYou < 2; n += 1) await coach.syncer.poke()
  server.faults = []
  const stuck = new Map((await coach.store.needsYou()).map(({ id, cid }) => [id, cid]))
  await coach.store.tryAgain(stuck.get('o1'))
  await coach.store.dismiss(stuck.get('o2'))
  await coach.syncer.poke()
  assert.deepEqual([[...server.records.keys()], coach.store.status().waiting, coach.store.status().needsYou], [['o1'], 0, 0])
})

test('the browser saying there is a network, or none, is only a hint', async () => {
  const server = new Server()
  const coach = await connected(server)
  await coach.store.write(SPACE, [begin('o1')])
  coach.events.dispatchEvent(new Event('offline'))
  await coach.syncer.poke()
  assert.deepEqual([coach.store.status().offline, coach.store.status().waiting], [false, 0])
  server.faults.push(lost, lost)
  coach.events.dispatchEvent(new Event('online'))
  await coach.syncer.poke()
  assert.equal(coach.store.status().offline, true)
})

test('one space that cannot even be asked does not hold up another, and none of its own work is blamed', async () => {
  const server = new Server()
  const coach = await connected(server, 'okoye', { spaces: () => ['bad', SPACE] })
  await coach.store.write('bad', [begin('b1')])
  await coach.store.write(SPACE, [begin('o1')])
  const falls = (request) => {
    server.faults.push(falls)
    return request.spaces.bad ? status(500)() : null
  }
  server.faults.push(falls)
  // The first run still believes that somebody is there; the next one asks first.
  await coach.syncer.poke()
  await settled(coach)
  assert.ok(server.records.has('o1'))
  assert.ok(!server.records.has('b1'))
  assert.equal(coach.store.status().needsYou, 0)
  assert.ok(server.requests.length < 80, 'and it is no reason to hurry')
})
