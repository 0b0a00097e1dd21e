import assert from 'node:assert/strict'
import test from 'node:test'
import { applyChange } from '../../static/js/core/merge.js'
import { evidenceOf, linesFor } from '../../static/js/core/observation.js'
import { keepSame, sameList } from '../../static/js/core/same.js'

const note = (text, at, indicators = []) => ({ text, at, chip: 'saw', indicators })
const body = () => ({
  state: 'draft',
  ratings: { TE1: { value: 2 } },
  evidence: { n1: note('One', 1, ['TE1']), n2: note('Two', 2), n3: note('Three', 3, ['TE1', 'TE2']) },
})

test('a change leaves everything it does not speak of as the very same object, and what it was laid over as it was', () => {
  const before = body()
  const after = applyChange(before, { set: { 'evidence/n2': note('Two more', 2) } })
  assert.deepEqual(before, body())
  assert.equal(after.ratings, before.ratings)
  assert.deepEqual(
    Object.keys(after.evidence).filter((id) => after.evidence[id] === before.evidence[id]),
    ['n1', 'n3'],
  )
  assert.equal(after.evidence.n2.text, 'Two more')
})

test('a body read again is the one that was there, where it says the same', () => {
  const before = body()
  assert.equal(keepSame(before, body()), before)
  const now = { ...body(), state: 'submitted', evidence: { ...body().evidence, n2: note('Changed', 2) } }
  const kept = keepSame(before, now)
  assert.deepEqual(kept, now)
  assert.equal(kept.ratings, before.ratings)
  assert.deepEqual([kept.evidence.n1 === before.evidence.n1, kept.evidence.n2 === before.evidence.n2], [true, false])
})

test('what is gone is gone, what is new is new, and nothing before is nothing to keep', () => {
  const { n2: _gone, ...others } = body().evidence
  const kept = keepSame(body(), { ...body(), evidence: others, focus: 'Talk' })
  assert.deepEqual(kept, { ...body(), evidence: others, focus: 'Talk' })
  const now = body()
  assert.equal(keepSame(undefined, now), now)
  assert.equal(keepSame(null, now), now)
})

test('a list of the same things in the same order is the same list', () => {
  const [one, two] = [{}, {}]
  const list = [one, two]
  assert.equal(sameList(list, [one, two]), list)
  assert.notEqual(sameList(list, [two, one]), list)
  assert.notEqual(sameList(list, [one]), list)
})

test('of notes of which one was changed the others are the same lines, in the order of their time', () => {
  const before = body()
  const lines = evidenceOf(before)
  assert.equal(evidenceOf(before), lines)
  const after = evidenceOf(applyChange(before, { set: { 'evidence/n2': note('Two more', 9) } }))
  assert.deepEqual(
    after.map(({ id }) => id),
    ['n1', 'n3', 'n2'],
  )
  assert.deepEqual([after[0] === lines[0], after[1] === lines[2]], [true, true])
})

test('notes are found by what they are tied to, each once', () => {
  const twice = { evidence: { n1: note('One', 1, ['TE1', 'TE1']), n2: note('Two', 2, ['TE2']) } }
  assert.deepEqual(
    linesFor(twice, 'TE1').map(({ id }) => id),
    ['n1'],
  )
  assert.deepEqual(linesFor(twice, 'TE9'), [])
  assert.deepEqual(linesFor({}, 'TE1'), [])
})
