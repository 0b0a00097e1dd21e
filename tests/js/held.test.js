import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer, begin, changesOf, rate, SPACE, storeOn, tablet } from './support.js'

const PROBLEM = { code: 'held', title: 'Kept for the lead' }

async function heldOnServer(store) {
  const sent = await store.outbox.batch(SPACE)
  const results = Object.fromEntries(sent.map(({ cid, hash }) => [cid, { verdict: 'held', seq: null, hash, problem: PROBLEM }]))
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
  const sent = await store.outbox.batch(SPACE)
  const results = { [sent[0].cid]: { verdict: 'refused', seq: null, hash: sent[0].hash, problem: { code: 'observation-given' } } }
  await store.outbox.applyAnswer(SPACE, sent, answer({ results }), 2)
  const [needs] = await store.needsYou()
  assert.deepEqual([needs.verdict, needs.change.new.state], ['refused', 'draft'])
})
