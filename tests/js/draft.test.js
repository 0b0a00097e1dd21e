/** A draft under somebody's hand while its storage is full: what is tapped is kept once there is room, the newest of each. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { Draft } from '../../static/js/ui/draft.js'
import { begin, realmOf, SPACE, storeOn, tablet } from './support.js'

/** A visit that is open on a tablet whose storage can be filled. */
async function visit() {
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const state = { isFull: false }
  const tx = (stores, mode, work, more) => {
    if (state.isFull && mode === 'readwrite') return Promise.reject(new DOMException('full', 'QuotaExceededError'))
    return db.tx(stores, mode, work, more)
  }
  const store = await storeOn(device, { db: { ...db, tx } })
  await store.write(SPACE, [begin('o1')])
  const app = Object.assign(new EventTarget(), { store, save: (edits) => store.write(SPACE, edits) })
  const draft = new Draft({ id: 'o1', app, shown: () => {}, again: () => draft.read() })
  await draft.read()
  return { state, store, draft, kept: async () => (await store.read('o1')).body.ratings }
}
const rated = (indicator, value) => ({ [`ratings/${indicator}`]: { value } })

test('what could not be kept stays on the screen, and goes with the next tap for which there is room', async () => {
  const { state, draft, kept } = await visit()
  state.isFull = true
  await draft.write(rated('TE1', 3))
  await draft.write(rated('TE2', 2))
  assert.deepEqual([draft.hasUnsaved, draft.body.ratings], [true, { TE1: { value: 3 }, TE2: { value: 2 } }])
  assert.deepEqual(await kept(), {})
  state.isFull = false
  await draft.write(rated('TE3', 4))
  assert.equal(draft.hasUnsaved, false)
  assert.deepEqual(await kept(), { TE1: { value: 3 }, TE2: { value: 2 }, TE3: { value: 4 } })
})

test('an answer that could not be kept does not come back over a newer one', async () => {
  const { state, draft, kept } = await visit()
  state.isFull = true
  await draft.write(rated('TE1', 1))
  state.isFull = false
  await draft.write(rated('TE1', 4))
  await draft.saveAgain()
  assert.deepEqual(await kept(), { TE1: { value: 4 } })
  assert.deepEqual(draft.body.ratings, { TE1: { value: 4 } })
})

test('of two that could not be kept the newer one is', async () => {
  const { state, draft, kept } = await visit()
  state.isFull = true
  await Promise.all([draft.write(rated('TE1', 1)), draft.write(rated('TE1', 2))])
  state.isFull = false
  await draft.saveAgain()
  assert.deepEqual([await kept(), draft.hasUnsaved], [{ TE1: { value: 2 } }, false])
})

/** A draft that notes each time it is read again. */
async function readAgain() {
  const made = await visit()
  const reads = []
  made.draft.again = async () => reads.push(await made.draft.read())
  made.store.addEventListener('changed', ({ detail: { here, fromServer } }) => made.draft.changed(here && !fromServer))
  return { ...made, reads }
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

test('what this hand wrote is read back once, when it rests', async () => {
  const { draft, reads } = await readAgain()
  await draft.write(rated('TE1', 1))
  await draft.write(rated('TE2', 2))
  assert.deepEqual(reads, [])
  await pause(500)
  assert.deepEqual(reads, [true])
  assert.deepEqual(draft.body.ratings, { TE1: { value: 1 }, TE2: { value: 2 } })
})

test('what came from elsewhere while this hand wrote is read as soon as its words are kept', async () => {
  const { store, draft, reads } = await readAgain()
  const mine = draft.write(rated('TE1', 1))
  draft.changed(false)
  await mine
  await pause(50)
  assert.deepEqual([reads, draft.body.ratings], [[true], (await store.read('o1')).body.ratings])
})
