import assert from 'node:assert/strict'
import test from 'node:test'
import { canKeepBoth, choice, conflictsOf, needsChoice } from '../../static/js/core/conflict.js'
import { heard, MOST_MARKS, upTo } from '../../static/js/core/trail.js'
import { clockWords, statusWords, triesWords, versionWords } from '../../static/js/core/words.js'
import { answer, begin, changesOf, draft, NOON, rate, SPACE, storeOn, tablet } from './support.js'

const NOTE = { at: NOON, chip: 'saw', text: 'Two teams talk', indicators: ['TE1'] }
const OTHER = { at: NOON, chip: 'saw', text: 'Three teams talk', indicators: ['TE2'] }
const BODY = draft({
  evidence: { e1: NOTE },
  also: { 'evidence:e1~0a1b2c3d': OTHER, 'ratings:TE1~99887766': { value: 4 } },
  ratings: { TE1: { value: 2 } },
})

test('a conflict names its path, what stands and what stands beside', () => {
  assert.deepEqual(conflictsOf(BODY), [
    { key: 'evidence:e1~0a1b2c3d', path: 'evidence/e1', short: '0a1b2c3d', stands: NOTE, beside: OTHER },
    { key: 'ratings:TE1~99887766', path: 'ratings/TE1', short: '99887766', stands: { value: 2 }, beside: { value: 4 } },
  ])
  assert.deepEqual(conflictsOf(draft()), [])
})

test('a path that was cut off to fit is found by how it begins', () => {
  const key = `${'k'.repeat(70)}-the-end`
  const cut = `answers:${key}`.slice(0, 71)
  assert.equal(conflictsOf({ answers: { [key]: 'a' }, also: { [`${cut}~12345678`]: 'b' } })[0].path, `answers/${key}`)
})

test('every choice is one edit that also puts the other version away', () => {
  const [note, rating] = conflictsOf(BODY)
  assert.deepEqual(choice(note, 'stands'), { 'also/evidence:e1~0a1b2c3d': null })
  assert.deepEqual(choice(rating, 'beside'), { 'ratings/TE1': { value: 4 }, 'also/ratings:TE1~99887766': null })
  const both = choice(note, 'both')['evidence/e1']
  assert.deepEqual([both.text, both.indicators], ['Two teams talk\nThree teams talk', ['TE1', 'TE2']])
  assert.deepEqual([canKeepBoth(note), canKeepBoth(rating)], [true, false])
})

test('a conflict needs its person until it is settled, or the visit was given away', () => {
  assert.deepEqual(
    [needsChoice(BODY), needsChoice({ ...BODY, state: 'submitted' }), needsChoice({ ...BODY, also: {} })],
    [true, false, false],
  )
})

async function withConflict() {
  const store = await storeOn(tablet('0a1b2c3d'))
  await store.write(SPACE, [begin('o1', draft({ evidence: { e1: OTHER } }))])
  const [sent] = await store.outbox.batch(SPACE)
  const verdict = { verdict: 'merged', seq: 9, hash: sent.hash }
  const key = `evidence:e1~${sent.cid.slice(0, 8)}`
  const row = [9, 'o1', 'observation', draft({ evidence: { e1: NOTE }, also: { [key]: OTHER } }), '9.t.1.ours']
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results: { [sent.cid]: verdict }, rows: [row], cursor: '9.aa' }), NOON)
  return { store, key }
}

test('who wrote which version is known from own changes, and nothing is guessed', async () => {
  const { store } = await withConflict()
  const [one] = await store.conflictsIn('o1')
  assert.deepEqual(
    [one.besideBy, one.standsBy],
    [
      { here: true, at: NOON },
      { here: false, at: null },
    ],
  )
  assert.equal(versionWords(one.besideBy, true, NOON + 60_000).startsWith('You, on this tablet, '), true)
  assert.equal(versionWords(one.standsBy, false, NOON), 'Somebody, on another tablet')
})

test('a conflict counts as needing its person until the choice is made, which is sent like any edit', async () => {
  const { store, key } = await withConflict()
  assert.deepEqual([store.status().conflicts, store.status().needsYou], [1, 0])
  assert.deepEqual(await store.recordsInConflict(), [{ id: 'o1', kind: 'observation', space: SPACE }])
  const [one] = await store.conflictsIn('o1')
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: choice(one, 'beside') }])
  assert.deepEqual([store.status().conflicts, await store.conflictsIn('o1')], [0, []])
  assert.deepEqual((await changesOf(store))[0].set, { 'evidence/e1': OTHER, [`also/${key}`]: null })
  assert.deepEqual(
    (await store.list('observation')).map(({ id }) => id),
    ['o1'],
  )
})

async function withNoteRemoved(verdict) {
  const store = await storeOn(tablet())
  const rows = [[3, 'o1', 'observation', draft({ evidence: { e1: NOTE } }), '3.t.1.ours']]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '3.aa' }), NOON)
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { 'evidence/e1': null } }])
  const [sent] = await store.outbox.batch(SPACE)
  const results = { [sent.cid]: { verdict, seq: 5, hash: sent.hash } }
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results, cursor: '4.aa', more: true }), NOON)
  return store
}

for (const verdict of ['ok', 'merged']) {
  test(`a note removed here and brought back by an edit elsewhere says so (${verdict})`, async () => {
    const store = await withNoteRemoved(verdict)
    assert.equal((await store.read('o1')).body.evidence.e1, undefined)
    const rows = [[6, 'o1', 'observation', draft({ evidence: { e1: OTHER } }), '6.t.1.ours']]
    await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '6.aa' }), NOON)
    const { body, revived } = await store.read('o1')
    assert.deepEqual([body.evidence.e1, revived], [OTHER, { 'evidence/e1': true }])
  })
}

test('a note its own person brings back is not called revived', async () => {
  const store = await withNoteRemoved('ok')
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { 'evidence/e1': NOTE } }])
  const [sent] = await store.outbox.batch(SPACE)
  const results = { [sent.cid]: { verdict: 'ok', seq: 7, hash: sent.hash } }
  const rows = [[8, 'o1', 'observation', draft({ evidence: { e1: NOTE }, focus: 'x' }), '8.t.1.ours']]
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results, cursor: '6.aa' }), NOON)
  await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '8.aa' }), NOON)
  assert.equal((await store.read('o1')).revived, undefined)
})

test('a whole record removed here and revived elsewhere comes back and says so', async () => {
  const store = await storeOn(tablet())
  const row = (seq, body) => [seq, 'o1', 'observation', body, body ? `${seq}.t.1.ours` : '']
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [row(3, draft())], cursor: '3.aa' }), NOON)
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { '': null } }])
  const [sent] = await store.outbox.batch(SPACE)
  const results = { [sent.cid]: { verdict: 'ok', seq: 5, hash: sent.hash } }
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results, rows: [row(5, null)], cursor: '5.aa' }), NOON)
  assert.deepEqual([await store.read('o1'), await store.list('observation')], [null, []])
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [row(8, draft({ focus: 'kept' }))], cursor: '8.aa' }), NOON)
  const { body, revived } = await store.read('o1')
  assert.deepEqual([body.focus, revived], ['kept', { '': true }])
})

test('a trail keeps the last marks whole, older ones ever more seldom, and never more than fit', () => {
  let trail = []
  for (let seq = 1; seq <= 5_000; seq += 1) trail = heard(trail, `${seq}.t`)
  const seqs = trail.map(([, mark]) => Number(mark.split('.')[0]))
  assert.deepEqual(seqs.slice(0, 8), [5000, 4999, 4998, 4997, 4996, 4995, 4994, 4993])
  assert.ok(trail.length <= MOST_MARKS && seqs.at(-1) < 2_500)
  const gaps = seqs.slice(1).map((seq, index) => (seqs[index] - seq) / (5_001 - seq))
  assert.ok(Math.max(...gaps) <= 0.55, 'the common commit is missed by half its age at most')
  assert.equal(heard(trail, '5000.t'), trail)
  assert.deepEqual(heard([], '0.0'), [])
  assert.deepEqual(upTo(trail, 4_995).at(0)[1], '4995.t')
})

const STILL = { waiting: 0, needsYou: 0, held: 0, lastReceiptAt: null, storageTrouble: null, signedOut: false, offline: false }

test('what holds up sending is said in words', () => {
  const words = (more) => statusWords({ ...STILL, ...more }, NOON).text
  assert.equal(
    words({ waiting: 5, signedOut: true, toSend: 3 }),
    'saved on this tablet · waiting (5) · sign in to send 3 observations',
  )
  assert.equal(words({ waiting: 2, serverSlow: true }), 'saved on this tablet · waiting (2) · waiting for the server')
  assert.equal(words({ serverSlow: true }), 'waiting for the server')
  assert.match(words({ waiting: 2, stalled: true }), /although there is a network/)
  assert.equal(words({ conflicts: 1 }), 'needs you (1)')
  assert.match(triesWords({ tries: 3, nextTryAt: NOON + 60_000 }, NOON), /^3 tries in vain; next try at /)
  assert.match(clockWords(12 * 60_000), /12 minutes behind/)
  assert.match(clockWords(-400 * 24 * 3_600_000), /400 days ahead/)
  assert.equal(clockWords(0), '')
})

test('what a mark vouches for is kept while own changes go beyond it, and offered as it was', async () => {
  const store = await storeOn(tablet())
  const rows = [[3, 'o1', 'observation', draft({ focus: 'theirs' }), '3.t.1.ours']]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '3.aa' }), NOON)
  await store.write(SPACE, [rate('o1', 'TE1', 2)])
  const [sent] = await store.outbox.batch(SPACE)
  const results = { [sent.cid]: { verdict: 'ok', seq: 5, hash: sent.hash } }
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results, cursor: '4.aa' }), NOON)
  const offers = []
  for await (const some of store.outbox.offersBeyond(SPACE, 1)) offers.push(...some)
  assert.deepEqual(offers, [[3, 'o1', 'observation', draft({ focus: 'theirs' }), '3.t.1.ours']])
  for await (const some of store.outbox.offersBeyond(SPACE, 3)) assert.deepEqual(some, [])
})
