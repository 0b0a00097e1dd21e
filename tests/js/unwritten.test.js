/** Edits the database did not take: what becomes of them later, and in which order. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { remaining } from '../../static/js/store/rescue.js'
import { begin, changesOf, rate, realmOf, SPACE, storeOn, tablet } from './support.js'

/** A tablet whose storage can be filled, and a tab that remembers over a reload. */
async function nearlyFull() {
  const kept = new Map()
  globalThis.sessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      kept.set(key, value)
      state.most = Math.max(state.most, kept.size)
    },
    removeItem: (key) => void kept.delete(key),
  }
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const state = { isFull: false, isGone: false, kept, most: 0 }
  const open = () => {
    const isFirst = !state.store
    const tx = (stores, mode, work, more) => {
      // Of a page that went, nothing arrives any more.
      if (state.isGone && isFirst && mode === 'readwrite') return new Promise(() => {})
      if (state.isFull && mode === 'readwrite') return Promise.reject(new DOMException('full', 'QuotaExceededError'))
      return db.tx(stores, mode, work, more)
    }
    state.store = storeOn(device, { db: { ...db, tx } })
    return state.store
  }
  return { state, open, store: await open() }
}

test.afterEach(() => delete globalThis.sessionStorage)

test('words for a record that finds no room itself are not dropped while it waits', async () => {
  const { state, store } = await nearlyFull()
  state.isFull = true
  await assert.rejects(store.write(SPACE, [begin('o1')]))
  state.isFull = false
  const unkept = { id: 'u2', space: SPACE, edits: [rate('o1', 'TE1', 3)] }
  const [first] = store.unkept()
  const again = store.writeAgain.bind(store)
  let tries = 0
  // The record itself still finds no room when its words would.
  store.writeAgain = (one) => (one.id === first.id && tries++ === 0 ? Promise.resolve(false) : again(one))
  store.unkept = () => [first, unkept]
  await store.writeUnkept()
  assert.equal(store.status().needsYou, 0)
  await store.writeUnkept()
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 3 } })
})

test('words for a record that is gone meanwhile need their person, and are not dropped', async () => {
  const { state, open, store } = await nearlyFull()
  await store.write(SPACE, [begin('o1')])
  const [{ cid, hash }] = await store.outbox.batch(SPACE)
  state.isFull = true
  await assert.rejects(store.write(SPACE, [rate('o1', 'TE1', 3)]))
  state.isFull = false
  const results = { [cid]: { verdict: 'held', seq: null, hash } }
  await store.outbox.applyAnswer(
    SPACE,
    await store.outbox.batch(SPACE),
    { results, rows: [], gone: ['o1'], cursor: '1.a', at: '1.b' },
    1,
  )
  const later = await open()
  await later.recover()
  const [note] = (await later.needsYou()).filter(({ verdict }) => verdict === 'refused')
  assert.deepEqual([note.problem.code, note.change.set], ['unknown-record', { 'ratings/TE1': { value: 3 } }])
})

test('what comes back from an earlier page does not come back over what was written since', async () => {
  const { state, open, store } = await nearlyFull()
  await store.write(SPACE, [begin('o1')])
  state.isFull = true
  await assert.rejects(store.write(SPACE, [rate('o1', 'TE1', 1)]))
  state.isFull = false
  const later = await open()
  await later.write(SPACE, [rate('o1', 'TE1', 4)])
  await later.recover()
  assert.deepEqual((await later.read('o1')).body.ratings, { TE1: { value: 4 } })
  assert.equal((await changesOf(later)).length, 1)
})

test('what is left of several edits still comes after what it was made after', () => {
  const edits = [
    rate('o1', 'TE1', 1),
    rate('o2', 'TE1', 1),
    { ...rate('o3', 'TE1', 1), after: 1 },
    { ...rate('o4', 'TE1', 1), after: 0 },
  ]
  const left = remaining({ id: 'u', space: SPACE, edits }, [rate('o1', 'TE1', 2)])
  assert.deepEqual(
    left.edits.map(({ id, after }) => [id, after]),
    [
      ['o2', undefined],
      ['o3', 0],
      ['o4', undefined],
    ],
  )
})

test('one that cannot be read holds up no other', async () => {
  const { state, open, store } = await nearlyFull()
  await store.write(SPACE, [begin('o1')])
  state.isFull = true
  await assert.rejects(store.write(SPACE, [rate('o1', 'TE1', 1)]))
  state.isFull = false
  const key = 'walkapp:rescued:ms-okoye'
  globalThis.sessionStorage.setItem(key, JSON.stringify(['{', ...JSON.parse(globalThis.sessionStorage.getItem(key))]))
  const later = await open()
  assert.equal(await later.recover(), 1)
  assert.deepEqual((await later.read('o1')).body.ratings, { TE1: { value: 1 } })
})

test('what is on its way into the storage when the page goes is there when it comes back', async () => {
  const { state, open, store } = await nearlyFull()
  await store.write(SPACE, [begin('o1')])
  state.isGone = true
  store.write(SPACE, [rate('o1', 'TE1', 3)])
  store.leaving.go()
  store.write(SPACE, [rate('o1', 'TE2', 4)])
  await settled()
  const later = await open()
  assert.equal(await later.recover(), 2)
  assert.deepEqual((await later.read('o1')).body.ratings, { TE1: { value: 3 }, TE2: { value: 4 } })
  assert.equal(state.kept.size, 0)
})

test('what was written before the page went is not written again when it comes back', async () => {
  const { state, open, store } = await nearlyFull()
  await store.write(SPACE, [begin('o1')])
  store.leaving.go()
  const [first, second] = [store.write(SPACE, [rate('o1', 'TE1', 3)]), store.write(SPACE, [rate('o1', 'TE1', 4)])]
  await settled()
  const asThePageWent = new Map(state.kept)
  assert.equal(asThePageWent.size, 1)
  await Promise.all([first, second])
  assert.equal(state.kept.size, 0)
  for (const [key, value] of asThePageWent) state.kept.set(key, value)
  const before = await changesOf(store)
  const later = await open()
  assert.equal(await later.recover(), 0)
  assert.deepEqual(await changesOf(later), before)
  assert.equal(state.kept.size, 0)
})

test('a page that was only hidden goes on without putting anything aside', async () => {
  const { state, store } = await nearlyFull()
  store.leaving.go()
  store.leaving.stay()
  await store.write(SPACE, [begin('o1')])
  assert.equal(state.most, 0)
})

/** All that can be done without the storage is done. */
const settled = () => new Promise((done) => setTimeout(done))
