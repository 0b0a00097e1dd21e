import assert from 'node:assert/strict'
import test from 'node:test'
import { accepting, answer, begin, draft, rate, SPACE, storeOn, tablet } from './support.js'

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

/** Begun and rated, confirmed by a history that is lost, and refused by the one that came back. */
async function refusedByARestoredServer() {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const first = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, first, accepting(first, 5), 1)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await store.outbox.historyLost(SPACE, 0)
  const again = await store.outbox.batch(SPACE)
  const refused = ({ cid, hash }) => [cid, { verdict: 'refused', seq: null, hash, problem: { code: 'not-yours' } }]
  await store.outbox.applyAnswer(SPACE, again, answer({ results: Object.fromEntries(again.map(refused)) }), 2)
  return store
}

// Found by the simulation: the restored server did not know the right it was begun under, and the record stood here for ever.
test('a record that a restored server refuses to begin again is kept like any refused beginning', async () => {
  const store = await refusedByARestoredServer()
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 3 } })
  const [needs, ...others] = await store.needsYou()
  assert.equal(others.length, 0)
  await store.dismiss(needs.cid)
  assert.equal(await store.read('o1'), null)
})

// What was laid into a kept record stands nowhere else.
test('what was refused along with a kept record is not lost when another tablet brings the record back', async () => {
  const store = await refusedByARestoredServer()
  const row = [7, 'o1', 'observation', draft(), 'm']
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [row], cursor: '7.aa' }), 3)
  const [needs] = await store.needsYou()
  await store.tryAgain(needs.cid)
  const [offered] = await store.outbox.batch(SPACE)
  assert.deepEqual(offered?.change.set, { 'ratings/TE1': { value: 3 } })
})
