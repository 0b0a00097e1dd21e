import assert from 'node:assert/strict'
import test from 'node:test'
import { LONGEST_WAIT_MS, waitAfter } from '../../static/js/core/backoff.js'
import { canonical, exchangeable, hashOf, NotCanonical } from '../../static/js/core/canonical.js'
import { newId } from '../../static/js/core/ids.js'
import { applyChange, joinSets } from '../../static/js/core/merge.js'
import { evidenceOf, newObservation, stateWords } from '../../static/js/core/observation.js'
import { problemWords } from '../../static/js/core/problems.js'
import { sayAge, sayDay, sayTime } from '../../static/js/core/time.js'
import { keptWords, receiptWords, statusWords } from '../../static/js/core/words.js'
import { vectors } from './support.js'

const canonicals = vectors('canonical.json')
for (const { name, value, canonical: text, sha256 } of canonicals.cases) {
  test(`canonical twin: ${name}`, async () => {
    assert.equal(canonical(value), text)
    assert.equal(await hashOf(value), sha256)
  })
}
for (const { name, json } of canonicals.refused) {
  test(`canonical twin refuses ${name}`, () => {
    assert.throws(() => canonical(JSON.parse(json)), NotCanonical)
  })
}

for (const { name, body, change, result } of vectors('merge.json').cases) {
  test(`merge twin: ${name}`, () => {
    const before = structuredClone(body)
    assert.deepEqual(applyChange(body, change), result)
    assert.deepEqual(body, before)
  })
}

test('joined sets do what both did, one after the other', () => {
  const earlier = { 'ratings/TE1': { value: 2 }, title: 'a' }
  const later = { ratings: { SA1: { value: 1 } }, title: null }
  const body = { ratings: { X: 1 }, title: 'z' }
  const apart = applyChange(applyChange(body, { set: earlier }), { set: later })
  assert.deepEqual(applyChange(body, { set: joinSets(earlier, later) }), apart)
})

test('half an emoji becomes a replacement character and the rest of the text stays', () => {
  assert.deepEqual(exchangeable({ text: 'hi \ud83d', gone: undefined }), { text: 'hi \ufffd' })
  assert.throws(() => exchangeable({ value: 2.5 }), NotCanonical)
})

test('an id is a random uuid in lower case', () => {
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.notEqual(newId(), newId())
})

test('waits double, are bounded, and are not the same for everybody', () => {
  assert.ok(waitAfter(1, 0) >= 1_000 && waitAfter(1, 0.99) <= 2_000)
  assert.ok(waitAfter(99, 0.99) <= LONGEST_WAIT_MS)
  assert.notEqual(waitAfter(4, 0.1), waitAfter(4, 0.9))
})

const now = new Date(2026, 10, 22, 14, 30).getTime()

test('times are said as a person says them', () => {
  assert.equal(sayTime(new Date(2026, 10, 22, 9, 5).getTime(), now), '09:05')
  assert.equal(sayTime(new Date(2026, 10, 21, 14, 2).getTime(), now), 'yesterday, 14:02')
  assert.equal(sayTime(new Date(2025, 2, 3, 14, 2).getTime(), now), 'Mar 3, 2025, 14:02')
  assert.equal(sayDay('2026-11-03', now), 'Nov 3')
  assert.equal(sayAge(now - 3 * 3_600_000, now), '3 hours')
})

const quiet = {
  waiting: 0,
  oldestWaitingAt: null,
  needsYou: 0,
  held: 0,
  lastReceiptAt: null,
  lastContactAt: null,
  persisted: null,
  heals: 0,
  signedOut: false,
  syncing: false,
  storageTrouble: null,
  offline: null,
  mustUpdate: false,
}

test("'on the server' is said from a receipt only", () => {
  assert.equal(statusWords(quiet, now).text, 'saved on this tablet')
  assert.equal(receiptWords({ at: now, waiting: true }, now), 'saved on this tablet')
  assert.equal(receiptWords({ at: now, waiting: false }, now), 'on the server, 14:30')
})

test('what was given away waits, was not taken, has a receipt or came from the server: one is said, and never another', () => {
  const now = new Date(2026, 10, 20, 14, 30).getTime()
  const said = (receipt) => keptWords({ at: null, waiting: false, refused: false, fetched: false, ...receipt }, now)
  assert.equal(said({ waiting: true }), 'saved on this tablet, waiting to be sent')
  assert.equal(said({ at: now, waiting: true }), 'saved on this tablet, waiting to be sent')
  assert.equal(said({ refused: true }), 'saved on this tablet, not taken by the server')
  assert.equal(said({ at: now }), 'on the server, 14:30')
  assert.equal(said({ fetched: true }), 'on the server')
  assert.equal(said({}), 'saved on this tablet')
})

test('the status line says the most pressing thing first', () => {
  assert.equal(statusWords({ ...quiet, waiting: 3 }, now).text, 'saved on this tablet · waiting (3)')
  assert.equal(statusWords({ ...quiet, waiting: 3, needsYou: 1 }, now).text, 'needs you (1)')
  assert.equal(statusWords({ ...quiet, needsYou: 1, storageTrouble: 'full' }, now).tone, 'attention')
  // What is on the server is no comfort while something may be missing here.
  const damaged = statusWords({ ...quiet, lastReceiptAt: now, damage: {} }, now)
  assert.deepEqual(damaged, { text: 'storage was damaged · on the server, 14:30', tone: 'attention' })
})

test("a problem keeps the server's own words and gets ours where it has none", () => {
  assert.equal(problemWords({ code: 'x', title: 'Server says.', next: 'Do this.' }).title, 'Server says.')
  assert.match(problemWords({ code: 'captive-portal' }).title, /Wi-Fi/)
})

test('an observation begins as a draft and is called what the house calls it', () => {
  const body = newObservation({
    walk: 'w',
    visit: 'v',
    number: 1,
    school: 's',
    rubric: 'r',
    observer: 'p',
    date: '2026-11-22',
    startedAt: now,
  })
  assert.equal(stateWords(body), 'draft')
  assert.equal(stateWords({ ...body, state: 'submitted' }), 'given to the principal')
  assert.equal(stateWords({ ...body, returned: { verb: 'return' } }), 'sent back')
})

test('notes come in the order they were written', () => {
  const notes = evidenceOf({ evidence: { b: { text: 'two', at: 2 }, a: { text: 'one', at: 1 } } })
  assert.deepEqual(
    notes.map((note) => note.text),
    ['one', 'two'],
  )
})
