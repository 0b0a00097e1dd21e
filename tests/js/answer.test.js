import assert from 'node:assert/strict'
import test from 'node:test'
import { accepting, answer, begin, changesOf, draft, NOON, rate, SPACE, storeOn, tablet } from './support.js'

const LOST = { common: 0, accepted: new Set() }

async function withDraft() {
  const device = tablet()
  const store = await storeOn(device)
  await store.write(SPACE, [begin('o1')])
  return store
}

const take = (store, sent, told, at = NOON + 1) => store.outbox.applyAnswer(SPACE, sent, told, at)
const say = (sent, verdict, more = {}) => ({ [sent.cid]: { verdict, seq: null, hash: sent.hash, ...more } })

async function confirmed() {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  await take(store, sent, accepting(sent, 7))
  return store
}

test('a receipt empties the outbox, and only then is it on the server', async () => {
  const store = await withDraft()
  assert.deepEqual(await store.receiptOf('o1'), { at: null, waiting: true, refused: false, fetched: false })
  const sent = await store.outbox.batch(SPACE)
  await take(store, sent, accepting(sent, 7))
  assert.deepEqual(await store.receiptOf('o1'), { at: NOON + 1, waiting: false, refused: false, fetched: true })
  const { seq, waiting } = await store.read('o1')
  assert.deepEqual([seq, waiting, store.status().waiting, store.status().lastReceiptAt], [7, false, 0, NOON + 1])
})

test('a receipt for something else empties nothing and is flagged', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  const { doubts } = await take(
    store,
    sent,
    answer({ results: { [sent[0].cid]: { verdict: 'ok', seq: 7, hash: '0'.repeat(64) } } }),
  )
  assert.equal(doubts, 1)
  assert.deepEqual([store.status().waiting, store.status().needsYou, store.status().lastReceiptAt], [1, 1, null])
  assert.equal((await store.needsYou())[0].problem.code, 'receipt-differs')
  assert.deepEqual(await store.outbox.batch(SPACE), sent)
})

test('a verdict this app has never heard of empties nothing', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  await take(store, sent, answer({ results: say(sent[0], 'splendid') }))
  assert.equal(store.status().waiting, 1)
})

test('applying the same answer twice is the same as applying it once', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  await take(store, sent, accepting(sent, 7))
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await take(store, sent, accepting(sent, 7))
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 3 } })
  assert.equal(store.status().waiting, 1)
})

test('edits made while a change was under way stand on its row once it is accepted', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await take(store, sent, accepting(sent, 7))
  const [change] = await changesOf(store)
  assert.deepEqual([change.base, change.set], [7, { 'ratings/TE1': { value: 3 } }])
})

test('what was under way is not rebased: the server may have it already', async () => {
  const store = await withDraft()
  const first = await store.outbox.batch(SPACE)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const both = await store.outbox.batch(SPACE)
  await take(store, first, accepting(first, 7))
  assert.deepEqual(await changesOf(store), [both[1].change])
})

test("others' rows lie under own waiting edits", async () => {
  const store = await confirmed()
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await take(
    store,
    [],
    answer({ rows: [[9, 'o1', 'observation', draft({ focus: 'talk', ratings: { TE1: { value: 1 } } })]], cursor: '9.aa' }),
  )
  const { body } = await store.read('o1')
  assert.deepEqual([body.focus, body.ratings.TE1.value], ['talk', 3])
})

test('a row older than the one here says nothing new', async () => {
  const store = await confirmed()
  await take(store, [], answer({ rows: [[6, 'o1', 'observation', draft({ focus: 'old' })]] }))
  assert.equal((await store.read('o1')).body.focus, undefined)
})

test('a merged change stays visible until the merged row arrives', async () => {
  const store = await confirmed()
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const sent = await store.outbox.batch(SPACE)
  await take(store, sent, answer({ results: say(sent[0], 'merged', { seq: 12 }), cursor: '9.aa', more: true }))
  assert.equal((await store.read('o1')).body.ratings.TE1.value, 3)
  assert.equal(store.status().waiting, 0)
  await store.write(SPACE, [rate('o1', 'TE2', 2)])
  assert.deepEqual((await changesOf(store))[0].seen, [sent[0].cid])
  await take(store, [], answer({ rows: [[12, 'o1', 'observation', draft({ ratings: { TE1: { value: 2 } } })]], cursor: '12.aa' }))
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 2 }, TE2: { value: 2 } })
})

test('a row from before a merge does not hide the merged change', async () => {
  const store = await confirmed()
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const sent = await store.outbox.batch(SPACE)
  const row = [9, 'o1', 'observation', draft({ focus: 'talk' })]
  await take(store, sent, answer({ results: say(sent[0], 'merged', { seq: 12 }), rows: [row], cursor: '9.aa', more: true }))
  const { body } = await store.read('o1')
  assert.deepEqual([body.focus, body.ratings], ['talk', { TE1: { value: 3 } }])
})

test('a receipt older than the cursor brings nothing back', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  await take(store, [], answer({ rows: [[8, 'o1', 'observation', draft({ focus: 'later' })]], cursor: '8.aa' }))
  await take(store, [], answer({ gone: ['o1'], cursor: '9.aa' }))
  await take(store, sent, accepting(sent, 7, { cursor: '9.aa' }))
  assert.equal(await store.read('o1'), null)
  assert.equal(store.status().waiting, 0)
})

test('a refused edit is kept and shown, and the record says what the server says', async () => {
  const store = await confirmed()
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const sent = await store.outbox.batch(SPACE)
  await take(
    store,
    sent,
    answer({ results: say(sent[0], 'refused', { problem: { code: 'observation-given', title: 'Given.' } }), cursor: '8.aa' }),
  )
  assert.deepEqual((await store.read('o1')).body.ratings, {})
  const [item] = await store.needsYou()
  assert.deepEqual(
    [item.id, item.verdict, item.change.set, item.problem.code],
    ['o1', 'refused', { 'ratings/TE1': { value: 3 } }, 'observation-given'],
  )
  assert.deepEqual([store.status().needsYou, store.status().waiting], [1, 0])
})

test('one refused change does not hold up the others', async () => {
  const store = await withDraft()
  await store.write(SPACE, [begin('o2')])
  const sent = await store.outbox.batch(SPACE)
  const results = { ...say(sent[0], 'refused', { problem: { code: 'no-such-rubric' } }), ...say(sent[1], 'ok', { seq: 7 }) }
  await take(store, sent, answer({ results, cursor: '7.aa' }))
  assert.deepEqual([store.status().needsYou, store.status().waiting, (await store.read('o2')).seq], [1, 0, 7])
})

test('a record the server refused to begin stays readable, and going on with it offers it again whole', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await take(store, sent, answer({ results: say(sent[0], 'refused', { problem: { code: 'no-such-rubric' } }) }))
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 3 } })
  assert.equal((await store.receiptOf('o1')).refused, true)
  const alone = await store.outbox.batch(SPACE)
  await take(store, alone, answer({ results: say(alone[0], 'refused', { problem: { code: 'unknown-record' } }) }))
  await store.write(SPACE, [rate('o1', 'TE2', 1)])
  const [again, ...others] = await changesOf(store)
  assert.deepEqual(again.new.ratings, { TE1: { value: 3 }, TE2: { value: 1 } })
  assert.deepEqual([others.length, store.status().needsYou], [0, 0])
})

test('trying again by hand sends a refused change under a new id', async () => {
  const store = await withDraft()
  const [sent] = await store.outbox.batch(SPACE)
  await take(store, [sent], answer({ results: say(sent, 'refused', { problem: { code: 'no-such-rubric' } }) }))
  await store.tryAgain(sent.cid)
  const [again] = await changesOf(store)
  assert.deepEqual(again.new, sent.change.new)
  assert.notEqual(again.cid, sent.cid)
  assert.equal(store.status().needsYou, 0)
})

test('only the person puts a refused change away', async () => {
  const store = await withDraft()
  const [sent] = await store.outbox.batch(SPACE)
  await take(store, [sent], answer({ results: say(sent, 'refused', { problem: { code: 'x' } }) }))
  await store.dismiss(sent.cid)
  assert.deepEqual([await store.needsYou(), await store.read('o1')], [[], null])
})

test('held work is forgotten here, and the tablet says so', async () => {
  const store = await withDraft()
  const [sent] = await store.outbox.batch(SPACE)
  await take(store, [sent], answer({ results: say(sent, 'held') }))
  const [item] = await store.needsYou()
  assert.deepEqual([item.verdict, item.change.new, await store.read('o1')], ['held', undefined, null])
  assert.deepEqual([store.status().held, store.status().needsYou, store.status().waiting], [1, 0, 0])
})

test('what may no longer be seen is forgotten; own work on it waits for its verdict and then needs its person', async () => {
  const store = await confirmed()
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await take(store, [], answer({ gone: ['o1'], cursor: '9.aa' }))
  assert.equal(await store.read('o1'), null)
  assert.deepEqual([await store.list('observation'), store.status().waiting], [[], 1])
  const sent = await store.outbox.batch(SPACE)
  await take(store, sent, answer({ results: say(sent[0], 'refused', { problem: { code: 'unknown-record' } }), cursor: '9.aa' }))
  assert.deepEqual((await store.needsYou())[0].change.set, { 'ratings/TE1': { value: 3 } })
})

test('a removed record disappears', async () => {
  const store = await confirmed()
  await take(store, [], answer({ rows: [[9, 'o1', 'observation', null]], cursor: '9.aa' }))
  assert.equal(await store.read('o1'), null)
})

test('the place in the feed moves with the rows', async () => {
  const store = await confirmed()
  await take(store, [], answer({ cursor: '12.cc', at: '14.dd' }))
  assert.deepEqual(await store.outbox.cursorOf(SPACE), { cursor: '12.cc', known: '14.dd' })
  assert.deepEqual(await store.outbox.cursorOf('another'), { cursor: null, known: null })
})

test('a page of 500 rows is taken at once', async () => {
  const store = await withDraft()
  const rows = Array.from({ length: 500 }, (_, n) => [n + 1, `r${n}`, 'room', { code: `${n}` }])
  await take(store, [], answer({ rows, cursor: '500.aa' }))
  assert.equal((await store.all('room')).length, 500)
})

test('edits made while an answer is applied are not lost', async () => {
  const store = await withDraft()
  const sent = await store.outbox.batch(SPACE)
  const taps = Array.from({ length: 5 }, (_, n) => store.write(SPACE, [rate('o1', `TE${n}`, 2)]))
  await Promise.all([take(store, sent, accepting(sent, 7)), ...taps])
  const { body } = await store.read('o1')
  assert.equal(Object.keys(body.ratings).length, 5)
  const left = await changesOf(store)
  assert.deepEqual(left.flatMap((change) => Object.keys(change.set)).length, 5)
})

test('after a lost history everything the server once confirmed is offered again, before what waits', async () => {
  const store = await confirmed()
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await store.outbox.historyLost(SPACE)
  const [first, second] = await changesOf(store)
  assert.deepEqual([first.id, Boolean(first.new)], ['o1', true])
  assert.deepEqual([second.base, second.seen], [0, [first.cid]])
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 3 } })
})

test('when the server was last reached is known after a restart, also without a receipt', async () => {
  const device = tablet()
  const store = await storeOn(device)
  await store.outbox.applyAnswer(SPACE, [], answer({ cursor: '1.aa' }), NOON + 5)
  await store.close()
  const again = await storeOn(device)
  assert.deepEqual([again.status().lastContactAt, again.status().lastReceiptAt], [NOON + 5, null])
})

test("a restored server's older row is shown, and the newer one is kept beside", async () => {
  const store = await confirmed()
  const history = { common: 0, accepted: new Set() }
  await store.outbox.takeRows(SPACE, [[3, 'o1', 'observation', draft({ focus: 'older' })]], { history, at: '3.tt' })
  assert.equal((await store.read('o1')).body.focus, 'older')
  assert.equal((await store.read('o1')).seq, 3)
})

test('a walk forgets what was not listed, but nothing after a lost history and nothing that waits', async () => {
  const store = await confirmed()
  const rows = [
    [8, 'w1', 'walk', { date: '2026-11-20' }],
    [9, 'w2', 'walk', { date: '2026-11-20' }],
  ]
  await take(store, [], answer({ rows, cursor: '9.aa' }))
  await store.write(SPACE, [begin('o9')])
  await store.outbox.finishWalk(SPACE, { listed: new Set(['w1']), left: new Set(), cursor: '9.bb', at: '9.tt', history: LOST })
  assert.equal((await store.all('walk')).length, 2)
  await store.outbox.finishWalk(SPACE, { listed: new Set(['w1']), left: new Set(), cursor: '9.bb', at: '9.tt', history: null })
  assert.deepEqual(
    (await store.all('walk')).map((one) => one.id),
    ['w1'],
  )
  assert.deepEqual([await store.read('o1'), (await store.read('o9')).waiting], [null, true])
  assert.deepEqual(await store.outbox.cursorOf(SPACE), { cursor: '9.bb', known: '9.tt' })
})

test('what was removed here and is removed there stays removed, though the feed was past the receipt already', async () => {
  const store = await confirmed()
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { '': null } }])
  // The history was lost, and another copy of this tablet was quicker: the feed goes by without a row of it.
  await store.outbox.historyLost(SPACE)
  await take(store, [], answer({ cursor: '24.aa' }))
  const [begun] = await store.outbox.batch(SPACE, 1)
  await take(store, [begun], answer({ results: say(begun, 'ok', { seq: 23 }), cursor: '24.aa' }))
  const [removal] = await store.outbox.batch(SPACE, 1)
  await take(store, [removal], answer({ results: say(removal, 'merged', { seq: 24 }), cursor: '24.aa' }))
  assert.equal(await store.read('o1'), null)
  assert.deepEqual(await store.list('observation'), [])
})
