import assert from 'node:assert/strict'
import test from 'node:test'
import { bare, isCut, NotAJpeg, segmentsOf } from '../../static/js/core/jpeg.js'
import { shaOf } from '../../static/js/core/sha.js'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { photo, receiptFor, sealOfBytes } from './photos.js'
import { accepting, answer, begin, draft, NOON, realmOf, SPACE, storeOn, tablet } from './support.js'

const WORDS = { at: NOON, alt: 'A poster of three claims' }

/** A tablet with one observation, and a door past its store to what lies in the database. */
async function okoye() {
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const store = await storeOn(device, { db, seal: sealOfBytes })
  await store.write(SPACE, [begin('o1')])
  return { device, db, store, files: await store.files() }
}

async function lying({ db }, name) {
  return db.tx(name, 'readonly', (t) => t.objectStore(name).getAll())
}

/** What a failing flash memory does: the first letters of a chunk are other ones. */
async function spoil({ db }, sha, n = 0) {
  const chunk = await db.get('chunks', [sha, n])
  await db.put('chunks', { ...chunk, box: `AAAA${chunk.box.slice(4)}` })
}

test('a photo is kept with its line in the record and read back byte for byte', async () => {
  const { store, files } = await okoye()
  const taken = photo(700_000)
  const sha = await files.add(SPACE, 'o1', taken, WORDS)
  assert.equal(sha, await shaOf(taken.bytes))
  assert.deepEqual((await store.read('o1')).body.photos, { [sha]: { ...WORDS, width: 4, height: 3, bytes: 700_000 } })
  assert.deepEqual(new Uint8Array((await files.read(sha)).bytes), new Uint8Array(taken.bytes))
  assert.equal(store.status().files, 1)
})

test('bytes lie in sealed chunks of at most 256 kB, with nothing in clear but hash, number and state', async () => {
  const coach = await okoye()
  await coach.files.add(SPACE, 'o1', photo(600_000), WORDS)
  const [chunks, [entry]] = await Promise.all(['chunks', 'files'].map((name) => lying(coach, name)))
  assert.deepEqual(
    chunks.map(({ n, box }) => [n, Buffer.from(box, 'base64').length - 1]),
    [
      [0, 262_144],
      [1, 262_144],
      [2, 75_712],
    ],
  )
  assert.deepEqual(Object.keys(chunks[0]).sort(), ['box', 'n', 'rev', 'sha'])
  assert.deepEqual(Object.keys(entry).sort(), ['box', 'rev', 'sha', 'state'])
})

test('photo and line are written together or not at all', async () => {
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  let isFull = false
  const tx = (stores, mode, work, options) =>
    db.tx(
      stores,
      mode,
      (t, stop) => {
        const result = work(t, stop)
        if (isFull && mode === 'readwrite' && t.objectStoreNames.contains('docs'))
          stop(new DOMException('full', 'QuotaExceededError'))
        return result
      },
      options,
    )
  const store = await storeOn(device, { db: { ...db, tx }, seal: sealOfBytes })
  await store.write(SPACE, [begin('o1')])
  isFull = true
  await assert.rejects((await store.files()).add(SPACE, 'o1', photo(), WORDS), { name: 'QuotaExceededError' })
  assert.deepEqual([await db.keys('files'), await db.keys('chunks')], [[], []])
  assert.equal((await store.read('o1')).body.photos, undefined)
})

test('a photo that reads back as something else is not called saved', async () => {
  const device = tablet()
  const flash = { ...sealOfBytes, seal: async (value) => sealOfBytes.seal(value instanceof ArrayBuffer ? value.slice(1) : value) }
  const store = await storeOn(device, { seal: flash })
  await store.write(SPACE, [begin('o1')])
  await assert.rejects((await store.files()).add(SPACE, 'o1', photo(), WORDS), { code: 'file-damaged' })
  assert.deepEqual([(await store.read('o1')).body.photos, store.status().files], [{}, 0])
})

test('a photo damaged later is told, leaves the observation as it is, and may be taken again', async () => {
  const coach = await okoye()
  const { store, files } = coach
  const sha = await files.add(SPACE, 'o1', photo(), WORDS)
  await spoil(coach, sha)
  const { bytes, entry } = await files.read(sha)
  assert.deepEqual([bytes, entry.damaged, entry.state], [null, true, 'needs'])
  await store.refresh()
  assert.deepEqual([store.status().files, store.status().filesNeedYou], [0, 1])
  assert.ok((await store.read('o1')).body.photos[sha])
  await store.write(SPACE, [{ id: 'o1', kind: 'observation', set: { [`photos/${sha}`]: null } }])
  assert.equal(store.status().filesNeedYou, 0)
})

test('a photo taken away waits no more, and comes back when that is undone', async () => {
  const { device, store, files } = await okoye()
  const sha = await files.add(SPACE, 'o1', photo(), WORDS)
  const line = (await store.read('o1')).body.photos[sha]
  const setLine = (value) => store.write(SPACE, [{ id: 'o1', kind: 'observation', set: { [`photos/${sha}`]: value } }])
  await setLine(null)
  assert.equal(store.status().files, 0)
  await setLine(line)
  assert.deepEqual([store.status().files, (await files.read(sha)).bytes.byteLength], [1, 1000])
  await setLine(null)
  device.clock.now += 2 * 3_600_000
  await files.sweep()
  assert.equal((await files.read(sha)).entry, null)
})

test('the same photo in two visits is one file, kept until both let it go', async () => {
  const { store, files } = await okoye()
  await store.write(SPACE, [begin('o2')])
  const sha = await files.add(SPACE, 'o1', photo(), WORDS)
  await files.add(SPACE, 'o2', photo(), WORDS)
  await store.write(SPACE, [{ id: 'o2', kind: 'observation', set: { [`photos/${sha}`]: null } }])
  assert.equal(store.status().files, 1)
})

test('words go before photos: a file is ready only when its record has nothing waiting', async () => {
  const { store, files } = await okoye()
  const sha = await files.add(SPACE, 'o1', photo(), WORDS)
  assert.deepEqual(await files.ready(), [])
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 1), NOON)
  assert.deepEqual(
    (await files.ready()).map((entry) => entry.sha),
    [sha],
  )
})

test('a photo that another tablet took out of its record is not sent', async () => {
  const { store, files } = await okoye()
  await files.add(SPACE, 'o1', photo(), WORDS)
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 1), NOON)
  const rows = [[2, 'o1', 'observation', draft({ photos: {} })]]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '2.aa' }), NOON)
  assert.deepEqual(await files.ready(), [])
  await store.refresh()
  assert.equal(store.status().files, 0)
})

test('room is made of what the server has, the longest unseen first, and never of what waits', async () => {
  const coach = await okoye()
  const { device, files } = coach
  const shas = []
  for (const letter of ['a', 'b', 'c']) {
    device.clock.now += 1000
    shas.push(await files.add(SPACE, 'o1', photo(1000, letter), WORDS))
  }
  for (const sha of shas.slice(0, 2)) await files.receive(sha, receiptFor(sha, 1000))
  device.clock.now += 1000
  await files.touch(shas[0])
  const { freeUp } = await import('../../static/js/store/file-states.js')
  const keeper = { db: coach.db, seal: sealOfBytes, now: device.now, newId: device.newId }
  const isHere = async () => Promise.all(shas.map(async (sha) => (await files.read(sha)).bytes !== null))
  await freeUp(keeper, 500)
  assert.deepEqual(await isHere(), [true, false, true])
  await freeUp(keeper, 1_000_000)
  assert.deepEqual(await isHere(), [false, false, true])
  assert.equal((await files.read(shas[1])).entry.receipt.sha256, shas[1])
})

test('the server’s copies are bounded, and the longest unseen makes place', async () => {
  const { device, files } = await okoye()
  for (const letter of ['a', 'b', 'c']) {
    device.clock.now += 1000
    const taken = photo(1000, letter)
    await files.fetched({ ...taken, sha: letter.repeat(64), space: SPACE, record: 'o1' }, 2000)
  }
  assert.equal(await files.fetchedBytes(), 2000)
  assert.deepEqual([(await files.read('a'.repeat(64))).bytes, (await files.read('c'.repeat(64))).bytes.byteLength], [null, 1000])
})

test('a copy of the server that broke here is only not here', async () => {
  const coach = await okoye()
  const sha = 'd'.repeat(64)
  await coach.files.fetched({ ...photo(), sha, space: SPACE, record: 'o1' }, 50_000)
  await spoil(coach, sha)
  const { bytes, entry } = await coach.files.read(sha)
  assert.deepEqual([bytes, entry.damaged, coach.store.status().filesNeedYou], [null, false, 0])
})

// ---- what a camera writes into a picture ------------------------------------------------------------

const segment = (marker, text) => [0xff, marker, 0, text.length + 2, ...Buffer.from(text)]
const PICTURE = [0xff, 0xda, 0, 3, 1, 9, 8, 7, 0xff, 0, 5, 0xff, 0xd9]

test('a bare picture holds nothing but what is needed to paint it', () => {
  const kept = [...segment(0xe0, 'JFIF'), ...segment(0xdb, 'table')]
  const told = [...segment(0xe1, 'Exif GPS'), ...segment(0xfe, 'a comment'), ...segment(0xe2, 'a small copy')]
  const camera = Uint8Array.from([0xff, 0xd8, ...kept, ...told, ...PICTURE, ...Buffer.from('after the end')])
  assert.deepEqual([...bare(camera)], [0xff, 0xd8, ...kept, ...PICTURE])
})

test('what is no whole JPEG is refused, however it is cut', () => {
  const whole = Uint8Array.from([0xff, 0xd8, ...segment(0xe0, 'JFIF'), ...PICTURE])
  for (let end = 0; end < whole.length; end += 1) assert.throws(() => segmentsOf(whole.slice(0, end)), NotAJpeg)
  assert.throws(() => bare(Uint8Array.from([1, 2, 3])), NotAJpeg)
})

test('a picture that breaks off is known from one that is whole and from what is no picture', () => {
  const whole = [0xff, 0xd8, ...segment(0xe0, 'JFIF'), ...PICTURE]
  const told = [whole.slice(0, -4), whole, [...whole, 1, 2, 3], [1, 2, 3]].map((one) => isCut(Uint8Array.from(one)))
  assert.deepEqual(told, [true, false, false, false])
})

test('a tablet that is nearly full refuses the next photo and lets go of none that waits', async () => {
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  let isFull = false
  const tx = (stores, mode, work, options) => {
    if (isFull && stores === 'chunks' && mode === 'readwrite')
      return Promise.reject(new DOMException('full', 'QuotaExceededError'))
    return db.tx(stores, mode, work, options)
  }
  const store = await storeOn(device, { db: { ...db, tx }, seal: sealOfBytes })
  await store.write(SPACE, [begin('o1')])
  const files = await store.files()
  const first = await files.add(SPACE, 'o1', photo(1000, 'a'), WORDS)
  isFull = true
  await assert.rejects(files.add(SPACE, 'o1', photo(1000, 'b'), WORDS), { name: 'QuotaExceededError' })
  assert.deepEqual([Object.keys((await store.read('o1')).body.photos), store.status().files], [[first], 1])
  assert.equal((await files.read(first)).bytes.byteLength, 1000)
})

test('a photo whose line was refused stays until its person has decided', async () => {
  const coach = await okoye()
  const { store, files, device } = coach
  let sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 1), NOON)
  const sha = await files.add(SPACE, 'o1', photo(), WORDS)
  sent = await store.outbox.batch(SPACE)
  const results = { [sent[0].cid]: { verdict: 'refused', seq: null, hash: sent[0].hash, problem: { code: 'released' } } }
  await store.outbox.applyAnswer(SPACE, sent, answer({ results, cursor: '1.aa' }), NOON)
  assert.deepEqual(
    (await files.ready()).map((one) => one.sha),
    [sha],
  )
  device.clock.now += 2 * 3_600_000
  await files.sweep()
  assert.ok((await files.read(sha)).bytes)
})

test('bytes that a restored server was not asked about are not let go of', async () => {
  const coach = await okoye()
  const { store, files } = coach
  const sha = await files.add(SPACE, 'o1', photo(), WORDS)
  await files.receive(sha, receiptFor(sha, 1000))
  await store.outbox.historyLost(SPACE, 0)
  const { freeUp } = await import('../../static/js/store/file-states.js')
  const keeper = { db: coach.db, seal: sealOfBytes, now: coach.device.now, newId: coach.device.newId }
  assert.equal(await freeUp(keeper, 1_000_000), 0)
  await files.checked(sha, true)
  assert.equal(await freeUp(keeper, 1_000_000), 1000)
})
