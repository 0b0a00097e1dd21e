import assert from 'node:assert/strict'
import test from 'node:test'
import { answer, begin, SPACE, storeOn, tablet } from './support.js'

/** A tablet with one record that the server refused to begin: it lives on here and needs its person. */
async function refusedBeginning() {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const sent = await store.outbox.batch(SPACE)
  const results = Object.fromEntries(
    sent.map(({ cid, hash }) => [cid, { verdict: 'refused', seq: null, hash, problem: { code: 'not-yours' } }]),
  )
  await store.outbox.applyAnswer(SPACE, sent, answer({ results }), 1)
  return store
}

// Found by the simulation: it was offered again as nothing at all, and what waited behind it never left the tablet.
test('a record the server refused to begin can be thrown away, and holds up nothing', async () => {
  const store = await refusedBeginning()
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { '': null } }])
  const waiting = (await store.outbox.batch(SPACE)).map(({ change }) => change)
  assert.ok(waiting.every((change) => change.new || change.set))
  assert.equal(await store.read('o1'), null)
})

test('a new record that was not sent yet can be thrown away', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { '': null } }])
  const waiting = (await store.outbox.batch(SPACE)).map(({ change }) => change)
  assert.ok(waiting.every((change) => !change.new || change.new.state === 'draft'))
  assert.equal(await store.read('o1'), null)
})
