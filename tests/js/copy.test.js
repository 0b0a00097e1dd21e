import assert from 'node:assert/strict'
import test from 'node:test'
import { closeCopy, openCopy, plainWords, toBase64, weakness } from '../../static/js/core/copy.js'
import { shaOf } from '../../static/js/core/sha.js'
import { sixWords, WORD_COUNT, words } from '../../static/js/core/plain-words.js'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { openSeal } from '../../static/js/store/seal.js'
import { Server } from './server.js'
import { accepting, begin, changesOf, draft, NOON, rate, realmOf, SPACE, storeOn, tablet, vectors } from './support.js'

const means = { subtle: crypto.subtle, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) }
const { closed, keys, words: typed, weak } = vectors('copy.json')
const SIX = 'otter lamp river cedar stone tulip'
const FACTS = { made_at: NOON, device: '00000000-0000-4000-8000-0000000000aa', build: 'b' }

/** A copy saved on one tablet, as its text. */
async function copied(store, everything = false) {
  const { contents } = await store.collect(everything)
  return JSON.stringify(await closeCopy(contents, { words: SIX, keys: {}, facts: FACTS }, means))
}

async function opened(store, text) {
  return store.takeIn([SPACE], (await openCopy(text, SIX, means)).contents)
}

/** Send what waits to the server, as the app does. */
async function sent(store, server) {
  const means = {
    store,
    transport: server,
    spaces: () => [SPACE],
    device: async () => 'd',
    account: store.account,
    build: 'b',
    now: () => NOON,
  }
  const outbox = await changesOf(store)
  if (outbox.length === 0) return
  const answer = await server.post('', {
    spaces: { [SPACE]: { known: null, cursor: null, changes: outbox, limit: 500, want: [] } },
  })
  const sending = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sending, answer.json.spaces[SPACE], means.now())
}

test('both sides close what this one opens', async () => {
  for (const { file, words, contents } of closed) {
    const { contents: found } = await openCopy(JSON.stringify(file), ` ${words.toUpperCase()} `, means)
    assert.deepEqual(found, contents)
  }
})

test('words count the same however a keyboard wrote them', () => {
  for (const [written, counted] of typed) assert.equal(plainWords(written), counted)
})

test('words that are easy to try are not taken', () => {
  for (const [written, why] of weak) assert.equal(weakness(written), why, written)
})

test('the six words come from a list of different words, each as likely as another', () => {
  assert.equal(new Set(words()).size, WORD_COUNT)
  assert.ok(words().every((word) => /^[a-z]{3,8}$/.test(word)))
  assert.equal(weakness(sixWords(means.random)), null)
  const all = new Set(
    Array.from({ length: WORD_COUNT }, (_, n) =>
      sixWords(() => new Uint8Array(12).fill(n >> 8).map((_, i) => (i % 2 ? n & 255 : n >> 8))),
    ),
  )
  assert.equal(all.size, WORD_COUNT)
})

test('a copy cannot be read from outside, nor opened by other words', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1', draft({ focus: 'accountable talk' }))])
  const text = await copied(store)
  assert.doesNotMatch(text, /accountable|observation|okoye/)
  await assert.rejects(openCopy(text, 'otter lamp river cedar stone violin', means), { code: 'wrong-words' })
})

test('what is no copy, cut short or from a newer app is told apart', async () => {
  for (const text of ['', '[]', '{"format":"walkapp-unsent"}', '{"format":"walkapp-copy","version":1}'])
    await assert.rejects(openCopy(text, SIX, means), { code: 'not-a-copy' })
  await assert.rejects(openCopy('{"format":"walkapp-copy","version":2,"parts":[]}', SIX, means), { code: 'newer-copy' })
})

test('a key is wrapped for the space only where the space told its own', async () => {
  const content = { space: keys[0].space, account: 'a', waiting: [], needs_you: [], files: [] }
  const how = { words: SIX, keys: { [keys[0].space]: keys[0], other: null }, facts: FACTS }
  const file = await closeCopy([content, { ...content, space: 'other' }], how, means)
  assert.deepEqual(
    file.parts.map(({ key_id, wraps }) => [key_id, wraps.map(({ to }) => to)]),
    [
      [keys[0].id, ['passphrase', 'space']],
      [null, ['passphrase']],
    ],
  )
})

test('the voucher of a space goes into its own part and into no other', async () => {
  const contents = ['one', 'two'].map((space) => ({ space, account: 'a', waiting: [], needs_you: [], files: [] }))
  const file = await closeCopy(contents, { words: SIX, keys: {}, facts: FACTS, vouchers: { one: 'abc', three: 'x' } }, means)
  assert.ok(!JSON.stringify(file).includes('voucher'))
  const inside = (await openCopy(JSON.stringify(file), SIX, means)).contents
  assert.deepEqual(
    inside.map(({ voucher }) => voucher),
    ['abc', undefined],
  )
})

test('the copy holds each waiting change to the letter, and none of them changes afterwards', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const { contents } = (await openCopy(await copied(store), SIX, means)) ?? {}
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const [first, second] = await changesOf(store)
  assert.deepEqual(contents[0].waiting[0].change, first)
  assert.deepEqual([second.set, second.seen], [{ 'ratings/TE1': { value: 3 } }, [first.cid]])
})

test('opened on another tablet, the same work waits there under the same ids', async () => {
  const one = await storeOn(tablet('okoye'))
  await one.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
  await changesOf(one)
  await one.write(SPACE, [rate('o1', 'TE2', 2)])
  const other = await storeOn(tablet('spare'))
  const taken = await opened(other, await copied(one))
  assert.deepEqual([taken.put, taken.there], [2, 0])
  assert.deepEqual(await changesOf(other), await changesOf(one))
  assert.deepEqual((await other.read('o1')).body.ratings, { TE1: { value: 3 }, TE2: { value: 2 } })
  assert.equal(other.status().waiting, 2)
})

test('opening twice, also on the tablet it came from, puts nothing in twice', async () => {
  const one = await storeOn(tablet('okoye'))
  const other = await storeOn(tablet('spare'))
  await one.write(SPACE, [begin('o1')])
  const text = await copied(one)
  for (const store of [other, other, one]) {
    await opened(store, text)
    assert.equal(store.status().waiting, 1)
  }
  const sending = await other.outbox.batch(SPACE)
  await other.outbox.applyAnswer(SPACE, sending, accepting(sending, 5), NOON)
  const again = await opened(other, text)
  assert.deepEqual([again.put, again.there, other.status().waiting], [0, 1, 0])
})

test('whoever sends it first, and in whatever order copies are opened, the server has each change once', async () => {
  for (const order of ['one other third', 'third other one', 'other one third', 'other third one']) {
    const stores = {
      one: await storeOn(tablet('okoye')),
      other: await storeOn(tablet('spare')),
      third: await storeOn(tablet('third')),
    }
    await stores.one.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
    const early = await copied(stores.one)
    await stores.one.write(SPACE, [rate('o1', 'TE1', 4), begin('o2')])
    const late = await copied(stores.one)
    await opened(stores.other, early)
    await opened(stores.third, late)
    await opened(stores.third, early)
    const server = new Server()
    for (const name of order.split(' ')) await sent(stores[name], server)
    await opened(stores.other, late)
    await sent(stores.other, server)
    assert.equal(server.records.size, 2, order)
    assert.equal(server.known.size, 3, order)
    assert.deepEqual(server.records.get('o1').body.ratings, { TE1: { value: 4 } }, order)
    for (const store of Object.values(stores)) assert.deepEqual([store.status().waiting, store.status().needsYou], [0, 0], order)
  }
})

test("another person's part and another district's stay in the file", async () => {
  const one = await storeOn(tablet())
  await one.write(SPACE, [begin('o1')])
  const text = await copied(one)
  const stranger = await storeOn(tablet('bell'), { account: 'mr-bell' })
  assert.equal((await opened(stranger, text)).others, 1)
  const moved = await storeOn(tablet('moved'))
  assert.equal((await moved.takeIn(['elsewhere'], (await openCopy(text, SIX, means)).contents)).elsewhere, 1)
  for (const store of [stranger, moved]) assert.deepEqual([store.status().waiting, await store.read('o1')], [0, null])
})

test('what needed its person needs them on the other tablet too, and can be tried again there', async () => {
  const one = await storeOn(tablet('okoye'))
  await one.write(SPACE, [begin('o1')])
  const [{ cid, hash }] = await one.outbox.batch(SPACE)
  const results = { [cid]: { verdict: 'refused', seq: null, hash, problem: { code: 'not-yours' } } }
  const sending = await one.outbox.batch(SPACE)
  await one.outbox.applyAnswer(SPACE, sending, { results, rows: [], gone: [], cursor: '0.aa', at: '0.bb', more: false }, NOON)
  const other = await storeOn(tablet('spare'))
  const text = await copied(one)
  assert.equal((await opened(other, text)).notes, 1)
  assert.equal((await opened(other, text)).notes, 0)
  assert.equal(other.status().needsYou, 1)
  await other.tryAgain(cid)
  assert.equal((await changesOf(other))[0].new.state, 'draft')
})

test('a photo that waits goes along with its bytes and waits on the other tablet', async () => {
  const one = await storeOn(tablet('okoye'), { seal: openSeal })
  await one.write(SPACE, [begin('o1')])
  const bytes = Uint8Array.from({ length: 600_000 }, (_, index) => (index * 7919) >> 5)
  const sha = await (await one.files()).add(
    SPACE,
    'o1',
    { type: 'image/jpeg', width: 4, height: 3, bytes: bytes.buffer },
    { at: NOON },
  )
  const other = await storeOn(tablet('spare'), { seal: openSeal })
  const text = await copied(one)
  assert.equal((await opened(other, text)).photos, 1)
  assert.equal((await opened(other, text)).photos, 0)
  const { bytes: back } = await (await other.files()).read(sha)
  assert.equal(await shaOf(back), sha)
  assert.equal(toBase64(new Uint8Array(back)), toBase64(bytes))
})

test('with everything, every record goes along as it lies here', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const sending = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sending, accepting(sending, 5), NOON)
  assert.equal((await store.collect(false)).contents.length, 0)
  const { contents, records } = await store.collect(true)
  assert.equal(records, 1)
  assert.deepEqual([contents[0].rows[0].id, contents[0].rows[0].body.state], ['o1', 'draft'])
})

/** A store over a database in which some stores, or some entries, cannot be read or written. */
async function brokenStore(device, breaks) {
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const tx = async (stores, mode, work, options) => {
    if (breaks.writes && mode === 'readwrite') throw new DOMException('lost', 'UnknownError')
    if ([stores].flat().some((store) => breaks.stores?.includes(store))) throw new DOMException('lost', 'UnknownError')
    if (breaks.whole?.includes(stores) && /getAll\(\)/.test(String(work))) throw new DOMException('damaged', 'DataError')
    return db.tx(stores, mode, work, options)
  }
  const get = async (store, key) => {
    if (breaks.entry === key) throw new DOMException('damaged', 'DataError')
    return db.get(store, key)
  }
  const keys = (store) =>
    breaks.stores?.includes(store) ? Promise.reject(new DOMException('lost', 'UnknownError')) : db.keys(store)
  return storeOn(device, { db: { ...db, tx, get, keys } })
}

test('where nothing can be written any more, and photos cannot be read, the words still go along', async () => {
  const device = tablet()
  await (await storeOn(device)).write(SPACE, [begin('o1'), rate('o1', 'TE1', 2)])
  const store = await brokenStore(device, { writes: true, stores: ['files', 'refused'] })
  const { contents, unread } = await store.collect(false)
  assert.equal(contents[0].waiting[0].change.id, 'o1')
  assert.deepEqual(unread.map(({ store: name, count }) => [name, count]).sort(), [
    ['files', null],
    ['refused', null],
  ])
})

test('one entry that cannot be read does not hide the others, and is counted', async () => {
  const device = tablet()
  await (await storeOn(device)).write(SPACE, [begin('o1'), begin('o2'), begin('o3')])
  const [, { cid }] = await (await storeOn(device)).outbox.batch(SPACE)
  const store = await brokenStore(device, { whole: ['outbox'], entry: cid })
  const { contents, unread } = await store.collect(false)
  assert.deepEqual(
    contents[0].waiting.map(({ change }) => change.id),
    ['o1', 'o3'],
  )
  assert.deepEqual(unread, [{ store: 'outbox', count: 1 }])
})

test('what the storage did not take goes along, once, however often a copy is saved', async () => {
  const store = await brokenStore(tablet(), { writes: true })
  await assert.rejects(store.write(SPACE, [begin('o1', draft({ focus: 'talk' }))]))
  const texts = [await copied(store), await copied(store)]
  const other = await storeOn(tablet('spare'))
  for (const text of texts) await opened(other, text)
  assert.equal(other.status().waiting, 1)
  assert.equal((await other.read('o1')).body.focus, 'talk')
})
