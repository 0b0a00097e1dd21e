/** What this page wrote last is not read back before the next tap, and is never believed against the database. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { begin, changesOf, quickStoreOn, rate, realmOf, SPACE, storeOn, tablet } from './support.js'

/** A store, and what it asks of its database. */
async function watched(open = storeOn, device = tablet()) {
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const asked = []
  const state = { isFull: false }
  const tx = (stores, mode, work, options) => {
    asked.push(`${mode} ${[stores].flat().includes('docs') ? 'records' : 'else'}`)
    if (state.isFull && mode === 'readwrite') return Promise.reject(new DOMException('full', 'QuotaExceededError'))
    return db.tx(stores, mode, work, options)
  }
  const store = await open(device, {
    db: { ...db, tx, get: (name, key) => tx(name, 'readonly', (t) => t.objectStore(name).get(key)) },
  })
  return { device, store, state, asked }
}

test('between one tap and the next nothing is read: each is one transaction', async () => {
  const { store, asked } = await watched()
  await store.write(SPACE, [begin('o1')])
  await store.write(SPACE, [rate('o1', 'TE1', 2)])
  asked.length = 0
  const saved = store.write(SPACE, [rate('o1', 'TE2', 3)])
  await saved
  assert.deepEqual(
    asked.filter((one) => one.endsWith('records')),
    ['readwrite records'],
  )
  assert.equal(asked[0], 'readwrite records', 'something was read before it')
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 2 }, TE2: { value: 3 } })
})

test('a tap is saved before it is counted, is never said to be sent, and is counted soon afterwards', async () => {
  const { store } = await watched(quickStoreOn)
  const said = []
  store.addEventListener('changed', () => said.push(store.status().waiting))
  await store.write(SPACE, [begin('o1')])
  assert.deepEqual([said, store.status().waiting], [[1], 1])
  await store.counted()
  await store.write(SPACE, [begin('o2')])
  assert.equal(store.status().waiting, 1)
  await store.counted()
  assert.equal(store.status().waiting, 2)
})

test('what another tab wrote meanwhile is found, and both stay', async () => {
  const device = tablet()
  const [here, there] = [await storeOn(device), await storeOn(device)]
  await here.write(SPACE, [begin('o1')])
  await here.write(SPACE, [rate('o1', 'TE1', 1)])
  await there.write(SPACE, [rate('o1', 'TE2', 2)])
  await here.write(SPACE, [rate('o1', 'TE3', 3)])
  const all = { TE1: { value: 1 }, TE2: { value: 2 }, TE3: { value: 3 } }
  assert.deepEqual((await here.read('o1')).body.ratings, all)
  assert.deepEqual((await there.read('o1')).body.ratings, all)
})

test('a change that another tab handed to the network stays as it is', async () => {
  const device = tablet()
  const [here, there] = [await storeOn(device), await storeOn(device)]
  await here.write(SPACE, [begin('o1')])
  await here.write(SPACE, [rate('o1', 'TE1', 1)])
  const [sent] = await changesOf(there)
  await here.write(SPACE, [rate('o1', 'TE2', 2)])
  const [first, second] = await changesOf(there)
  assert.deepEqual(first, sent)
  assert.deepEqual(second.set, { 'ratings/TE2': { value: 2 } })
})

test('two tabs that write by turns give no order number twice', async () => {
  const device = tablet()
  const tabs = [await storeOn(device), await storeOn(device)]
  for (let n = 0; n < 8; n += 1) await tabs[n % 2].write(SPACE, [begin(`o${n}`)])
  const numbers = (await tabs[0].outbox.batch(SPACE)).map(({ change }) => change.id)
  assert.deepEqual(
    numbers,
    Array.from({ length: 8 }, (_, n) => `o${n}`),
  )
})

test('what could not be written is nothing the next tap builds on', async () => {
  const { store, state } = await watched()
  await store.write(SPACE, [begin('o1')])
  await store.write(SPACE, [rate('o1', 'TE1', 1)])
  state.isFull = true
  await assert.rejects(store.write(SPACE, [rate('o1', 'TE2', 2)]), { name: 'QuotaExceededError' })
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 1 } })
  state.isFull = false
  await store.write(SPACE, [rate('o1', 'TE3', 3)])
  const [change] = await changesOf(store)
  assert.deepEqual(change.new.ratings, { TE1: { value: 1 }, TE3: { value: 3 } })
})
