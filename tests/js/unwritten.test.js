/** Edits the database did not take: what becomes of them later, and in which order. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { begin, changesOf, rate, realmOf, SPACE, storeOn, tablet } from './support.js'

/** A tablet whose storage can be filled, and a tab that remembers over a reload. */
async function nearlyFull() {
  const kept = new Map()
  globalThis.sessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const state = { isFull: false }
  const tx = (stores, mode, work, more) => {
    if (state.isFull && mode === 'readwrite') return Promise.reject(new DOMException('full', 'QuotaExceededError'))
    return db.tx(stores, mode, work, more)
  }
  const open = () => storeOn(device, { db: { ...db, tx } })
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
