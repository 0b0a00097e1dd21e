import assert from 'node:assert/strict'
import test from 'node:test'
import { makeBytes } from '../../static/js/sync/bytes.js'
import { makeCarrying } from '../../static/js/sync/carrying.js'
import { makeDownloads } from '../../static/js/sync/downloads.js'
import { makeUploads } from '../../static/js/sync/uploads.js'
import { FileServer, json, photo, portal, problem, receiptFor, sealOfBytes } from './photos.js'
import { accepting, answer, begin, draft, NOON, SPACE, storeOn, tablet } from './support.js'

const WORDS = { at: NOON }
const DAY_MS = 24 * 3_600_000
const GOING = { moved: () => {}, signal: new AbortController().signal }

/** A tablet whose words are on the server already, with what carries its photos. */
async function okoye(server = new FileServer(), { isMetered } = {}) {
  const device = tablet()
  const store = await storeOn(device, { seal: sealOfBytes })
  const files = await store.files()
  const bytes = makeBytes({ fetch: server.fetch, now: device.now })
  const means = { store, bytes, spaces: () => [SPACE], isMetered, now: device.now }
  const uploads = makeUploads(means)
  const downloads = makeDownloads(means)
  const { after } = makeCarrying({ ...means, uploads, downloads, random: () => 0.5 })
  const coach = { device, server, store, files, uploads, downloads, after }
  await store.write(SPACE, [begin('o1')])
  return { ...coach, take: (length, letter) => taken(coach, length, letter) }
}

/** A photo is taken, and the words of its record reach the server. */
async function taken({ store, files }, length, letter) {
  const sha = await files.add(SPACE, 'o1', photo(length, letter), WORDS)
  await wordsSent(store)
  return sha
}

let seq = 0
async function wordsSent(store) {
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, (seq += 10)), NOON)
}

const counts = ({ store }) => {
  const { files, filesSent, filesNeedYou } = store.status()
  return [files, filesSent, filesNeedYou]
}

test('a photo goes up in pieces, and counts as sent by its receipt', async () => {
  const coach = await okoye()
  const sha = await coach.take(1_200_000)
  assert.deepEqual(counts(coach), [1, 0, 0])
  assert.equal(await coach.uploads.run(GOING), true)
  assert.equal(await coach.uploads.run(GOING), false)
  assert.deepEqual(coach.server.pieces, [
    [0, 512_000],
    [512_000, 512_000],
    [1_024_000, 176_000],
  ])
  assert.deepEqual(counts(coach), [0, 1, 0])
  assert.equal((await coach.files.read(sha)).entry.receipt.sha256, sha)
})

test('no byte of a photo leaves before the words of its record have a receipt', async () => {
  const coach = await okoye()
  await coach.files.add(SPACE, 'o1', photo(), WORDS)
  await coach.uploads.run(GOING)
  assert.deepEqual([coach.server.requests, counts(coach)], [[], [1, 0, 0]])
})

test('an upload that was cut goes on where the server stands, not where the tablet thinks', async () => {
  const coach = await okoye()
  await coach.take(1_200_000)
  const lost = async (_request, work) => {
    await work()
    throw new TypeError('the answer never came')
  }
  coach.server.faults.push(null, lost)
  await assert.rejects(coach.uploads.run(GOING), { code: 'no-network' })
  await coach.uploads.run(GOING)
  assert.deepEqual(
    coach.server.pieces.map(([offset]) => offset),
    [0, 512_000, 1_024_000],
  )
  assert.deepEqual(counts(coach), [0, 1, 0])
})

test('a lost receipt is given again, and nothing is sent twice', async () => {
  const coach = await okoye()
  await coach.take(1000)
  coach.server.faults.push(null, async (_request, work) => {
    await work()
    throw new TypeError('the answer never came')
  })
  await assert.rejects(coach.uploads.run(GOING))
  await coach.uploads.run(GOING)
  assert.deepEqual(
    [coach.server.pieces, counts(coach)],
    [
      [
        [0, 1000],
        [1000, 0],
      ],
      [0, 1, 0],
    ],
  )
})

test('a wrong offset is put right by the server’s word', async () => {
  const coach = await okoye()
  const sha = await coach.take(600_000)
  const whole = new Uint8Array(photo(600_000).bytes)
  coach.server.faults.push(null, async () => void coach.server.uploads.set(sha, whole.slice(0, 100_000)))
  await coach.uploads.run(GOING)
  assert.deepEqual(
    [coach.server.pieces.map(([offset]) => offset), counts(coach)],
    [
      [0, 100_000],
      [0, 1, 0],
    ],
  )
})

test('what arrived damaged is sent again from its first byte', async () => {
  const coach = await okoye()
  await coach.take(1000)
  coach.server.faults.push(null, () => problem(422, 'file-damaged'))
  await coach.uploads.run(GOING)
  assert.deepEqual([coach.server.pieces.length, counts(coach)], [2, [0, 1, 0]])
})

test('what the server takes for no picture needs its person, who may send it again', async () => {
  const coach = await okoye()
  const sha = await coach.take(1000)
  coach.server.faults.push(null, () => problem(422, 'file-not-image'))
  await coach.uploads.run(GOING)
  assert.deepEqual(counts(coach), [0, 0, 1])
  const [needing] = await coach.files.needing()
  assert.deepEqual([needing.sha, needing.problem.code], [sha, 'file-not-image'])
  await coach.files.sendAgain(sha)
  await coach.uploads.run(GOING)
  assert.deepEqual(counts(coach), [0, 1, 0])
})

test('a proxy that finds a piece too big gets smaller ones', async () => {
  const coach = await okoye()
  await coach.take(300_000)
  const tooBig = ({ bytes }) => (bytes > 130_000 ? new Response('too big', { status: 413 }) : undefined)
  coach.server.faults.push(null, tooBig, tooBig, tooBig, tooBig, tooBig, tooBig)
  await coach.uploads.run(GOING)
  assert.deepEqual(counts(coach), [0, 1, 0])
  assert.equal(Math.max(...coach.server.pieces.slice(2).map(([, bytes]) => bytes)), 128_000)
})

for (const [who, answering] of Object.entries({
  'a Wi-Fi that wants a sign-in': portal,
  'a yes that counted no bytes': () => json({ ok: true }),
  'a redirect': () => new Response(null, { status: 302, headers: { Location: '/elsewhere' } }),
  'a filter that says no in its own words': () => new Response('<html>blocked</html>', { status: 403 }),
  'a receipt for another photo': () => json({ receipt: receiptFor('f'.repeat(64), 1000) }),
  'a receipt for fewer bytes': ({ sha }) => json({ receipt: receiptFor(sha, 999) }),
})) {
  test(`${who} never makes a photo sent`, async () => {
    const coach = await okoye()
    await coach.take(1000)
    coach.server.faults.push(null, answering)
    await assert.rejects(coach.uploads.run(GOING), { name: 'Error' })
    assert.deepEqual(counts(coach), [1, 0, 0])
  })
}

test('photos wait with a patience of their own, which a receipt ends', async () => {
  const coach = await okoye()
  await coach.take(1000)
  coach.server.faults.push(portal, portal)
  assert.equal(await coach.after(), false)
  const until = coach.store.status().filesNextTryAt
  assert.ok(until > coach.device.now())
  await coach.after()
  assert.equal(coach.server.requests.length, 1)
  coach.device.clock.now = until
  await coach.after()
  coach.device.clock.now = coach.store.status().filesNextTryAt
  await coach.after()
  assert.deepEqual([counts(coach), coach.store.status().filesNextTryAt], [[0, 1, 0], null])
})

test('who was signed out is not asked to wait for photos but to sign in', async () => {
  const coach = await okoye()
  await coach.take(1000)
  coach.server.faults.push(() => problem(401, 'signed-out'))
  await assert.rejects(coach.after(), { status: 401 })
  assert.deepEqual(counts(coach), [1, 0, 0])
})

test('words written meanwhile go before the next photo', async () => {
  const coach = await okoye()
  await coach.take(1000, 'a')
  await coach.take(1000, 'b')
  coach.server.faults.push(null, async () => void (await coach.store.write(SPACE, [begin('o2')])))
  assert.equal(await coach.uploads.run(GOING), true)
  assert.deepEqual(counts(coach), [1, 1, 0])
})

test('many photos go a few at a time, so that words can go between them', async () => {
  const coach = await okoye()
  for (let n = 0; n < 30; n += 1) await coach.files.add(SPACE, 'o1', photo(50, String.fromCharCode(n + 50)), WORDS)
  await wordsSent(coach.store)
  let runs = 1
  while (await coach.uploads.run(GOING)) runs += 1
  assert.deepEqual([counts(coach), runs], [[0, 30, 0], 5])
})

test('a file the server lost is sent again by a tablet that still has it', async () => {
  const coach = await okoye()
  const sha = await coach.take(1000)
  await coach.uploads.run(GOING)
  coach.server.kept.clear()
  coach.device.clock.now += 2 * DAY_MS
  assert.equal(await coach.uploads.run(GOING), true)
  assert.deepEqual(counts(coach), [1, 0, 0])
  await coach.uploads.run(GOING)
  assert.deepEqual([coach.server.kept.has(sha), counts(coach)], [true, [0, 1, 0]])
})

test('after the server was restored, its receipts for photos are asked about at once', async () => {
  const coach = await okoye()
  const sha = await coach.take(1000)
  await coach.uploads.run(GOING)
  coach.server.kept.clear()
  await coach.store.outbox.historyLost(SPACE, 0)
  await wordsSent(coach.store)
  while (await coach.uploads.run(GOING)) assert.ok(coach.server.requests.length < 20)
  assert.ok(coach.server.kept.has(sha))
})

// ---- looking --------------------------------------------------------------------------------------

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 3, 1, 9, 8, 7, 0xff, 0xd9])
const THEIRS = { space: SPACE, record: 'o9', sha: 'a'.repeat(64) }

test('a photo is fetched when somebody looks at it, and once', async () => {
  const coach = await okoye()
  coach.server.kept.set(THEIRS.sha, { bytes: JPEG })
  const first = await coach.downloads.look(THEIRS)
  const second = await coach.downloads.look(THEIRS)
  assert.deepEqual([new Uint8Array(first.bytes), new Uint8Array(second.bytes)], [JPEG, JPEG])
  assert.deepEqual(
    coach.server.requests.map(({ method, record }) => [method, record]),
    [['GET', 'o9']],
  )
  assert.deepEqual(counts(coach), [0, 0, 0])
})

test('what cannot be shown says why', async () => {
  const coach = await okoye()
  const look = async (...faults) => {
    coach.server.faults.push(...faults)
    return (await coach.downloads.look(THEIRS)).trouble
  }
  const cut = () => new Response(JPEG.slice(0, 9), { headers: { 'Content-Type': 'image/jpeg' } })
  assert.equal(await look(portal), 'no-network')
  assert.equal(await look(cut), 'no-network')
  assert.equal(await look(() => problem(401, 'signed-out')), 'signed-out')
  assert.equal(await look(() => problem(503, 'server-busy')), 'server-trouble')
  assert.equal(await look(), 'missing')
})

test('photos of visits in hand are fetched ahead, and not over a network that is paid for', async () => {
  for (const [isMetered, fetched] of [
    [false, [THEIRS.sha]],
    [true, []],
  ]) {
    const coach = await okoye(new FileServer(), { isMetered: () => isMetered })
    coach.server.kept.set(THEIRS.sha, { bytes: JPEG })
    const body = draft({ state: 'submitted', photos: { [THEIRS.sha]: { at: NOON, width: 4, height: 3, bytes: 12 } } })
    const rows = [[7, 'o9', 'observation', body, '']]
    await coach.store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '7.aa' }), NOON)
    await coach.downloads.ahead(GOING)
    assert.deepEqual(
      coach.server.requests.map(({ sha }) => sha),
      fetched,
    )
  }
})

test('photos that find no room here are not fetched over and over', async () => {
  const coach = await okoye()
  const shas = Array.from({ length: 12 }, (_, n) => n.toString(16).repeat(64))
  for (const sha of shas) coach.server.kept.set(sha, { bytes: JPEG })
  const line = { at: NOON, width: 4, height: 3, bytes: 12 }
  const body = draft({ state: 'submitted', photos: Object.fromEntries(shas.map((sha) => [sha, line])) })
  await coach.store.outbox.applyAnswer(SPACE, [], answer({ rows: [[7, 'o9', 'observation', body, '']], cursor: '7.aa' }), NOON)
  const files = await coach.store.files()
  files.fetched = async () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  assert.equal(await coach.downloads.ahead(GOING), false)
  assert.equal(await coach.downloads.ahead(GOING), false)
  assert.equal(coach.server.requests.length, 1)
})
