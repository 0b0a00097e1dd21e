import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepting, answer, begin, changesOf, rate, SPACE, storeOn, tablet } from './support.js'

const PROBLEM = { code: 'held', title: 'Kept for the lead' }

const heldOnServer = (store) => judged(store, 'held', PROBLEM)
const refusedByServer = (store, code, most) => judged(store, 'refused', { code }, most)

/** Send what waits, and hear one word on all of it. */
async function judged(store, verdict, problem, most) {
  const sent = await store.outbox.batch(SPACE, most)
  const results = Object.fromEntries(sent.map(({ cid, hash }) => [cid, { verdict, seq: null, hash, problem }]))
  await store.outbox.applyAnswer(SPACE, sent, answer({ results }), 1)
  return sent.map(({ change }) => change)
}

test('what the lead keeps is not shown here any more, and is named', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await heldOnServer(store)
  assert.equal(await store.read('o1'), null)
  assert.deepEqual([store.status().waiting, store.status().held], [0, 1])
})

test('what the lead kept is brought again to a server that was restored to a day before, and stays unread', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const [change] = await heldOnServer(store)
  await store.outbox.historyLost(SPACE, 0)
  assert.equal(await store.read('o1'), null)
  assert.deepEqual(await store.list('observation'), [])
  assert.deepEqual(await changesOf(store), [change])
  await heldOnServer(store)
  assert.equal(await store.read('o1'), null)
  assert.deepEqual([store.status().waiting, store.status().held], [0, 1])
})

test('what was kept once and is refused by a restored server is shown to its person again', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  await heldOnServer(store)
  await store.outbox.historyLost(SPACE, 0)
  await refusedByServer(store, 'observation-given')
  const [needs] = await store.needsYou()
  assert.deepEqual([needs.verdict, needs.change.new.state], ['refused', 'draft'])
})

/** Twice the same field, the second time without the first on the screen; then the server is replaced by an empty one. */
async function heldTwiceThenReplaced(store) {
  await store.write(SPACE, [begin('o1')])
  const first = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, first, accepting(first, 5), 1)
  for (const value of [3, 4]) {
    await store.write(SPACE, [rate('o1', 'TE1', value)])
    await heldOnServer(store)
  }
  await store.outbox.historyLost(SPACE, 0)
}

const setsIn = (needs) => needs.filter(({ change }) => change.set)
const toldOf = (needs) => setsIn(needs).map(({ verdict, change }) => `${verdict} ${change.set['ratings/TE1'].value}`)

// Found by the simulation: both were laid into the record kept here, where the second wiped out the first, and both were still
// said to be kept for the lead.
test('what was kept for the lead, one piece over another, is shown piece by piece when a replaced server takes none of it', async () => {
  const store = await storeOn(tablet())
  await heldTwiceThenReplaced(store)
  await refusedByServer(store, 'not-yours')
  assert.deepEqual((await store.read('o1')).body.ratings, {})
  assert.deepEqual(toldOf(await store.needsYou()).sort(), ['refused 3', 'refused 4'])
  assert.deepEqual([store.status().held, store.status().needsYou], [0, 3])
})

test('what was kept for the lead is not in a record its person offers again meanwhile, and is shown by itself', async () => {
  const store = await storeOn(tablet())
  await heldTwiceThenReplaced(store)
  await refusedByServer(store, 'not-yours', 1)
  const [begun] = await store.needsYou()
  await store.tryAgain(begun.cid)
  await refusedByServer(store, 'unknown-record', 2)
  assert.deepEqual(toldOf(await store.needsYou()).sort(), ['refused 3', 'refused 4'])
})
