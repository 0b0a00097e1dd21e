import assert from 'node:assert/strict'
import test from 'node:test'
import { keptBack, staffView } from '../../static/js/core/staff-view.js'
import { changesBetween } from '../../static/js/core/version-diff.js'

const note = (text, more = {}) => ({ text, at: 10, chip: 'saw', indicators: ['TE1', 'TE2'], order: 1, ...more })
const GIVEN = {
  state: 'submitted',
  given_at: 5,
  focus: 'Who thinks?',
  ratings: { TE1: { value: 3 } },
  context: { subject: 'Math' },
  evidence: { n1: note('Teams wait'), n2: note('Two teams talk') },
}

test('what was changed, added and taken away between two versions is said with both', () => {
  const again = { ...GIVEN, evidence: { n1: note('Four teams wait'), n3: note('New') }, context: { subject: 'Science' } }
  assert.deepEqual(
    changesBetween(GIVEN, again).map(({ path, was, now }) => [path, was?.text ?? was, now?.text ?? now]),
    [
      ['evidence/n1', 'Teams wait', 'Four teams wait'],
      ['evidence/n2', 'Two teams talk', null],
      ['evidence/n3', null, 'New'],
      ['context/subject', 'Math', 'Science'],
    ],
  )
})

test('a step, a time and another order are no change of what was said', () => {
  const moved = {
    n2: note('Two teams talk', { order: 0, at: 99, indicators: ['TE2', 'TE1'] }),
    n1: note('Teams wait', { order: 7 }),
  }
  assert.deepEqual(changesBetween(GIVEN, { ...GIVEN, state: 'draft', given_at: 9, last: 'TE1', evidence: moved }), [])
})

test('a note that is tied to something else has changed', () => {
  const tied = { ...GIVEN, evidence: { ...GIVEN.evidence, n1: note('Teams wait', { indicators: [] }) } }
  assert.deepEqual(changesBetween(GIVEN, tied).map(({ path }) => path), ['evidence/n1']) // biome-ignore format: one row
})

test('staff see the number, the ratings and the notes in their order, and nothing that tells whose room it was', () => {
  const body = {
    ...GIVEN,
    number: 4,
    rubric: 'deeper',
    form: 'full',
    observer: 'ortega',
    school: 'oak',
    date: '2026-11-20',
    started_at: 3,
    evidence: { n2: note('Second', { order: 2, at: 77 }), n1: note('First', { order: 1, at: 99 }) },
    photos: { sha: { at: 1 } },
    returned: { reason: 'Which team?' },
    also: { 'focus~0123abcd': 'x' },
  }
  const shown = staffView(body)
  assert.deepEqual(Object.keys(shown).sort(), ['evidence', 'focus', 'form', 'number', 'ratings', 'rubric', 'state'])
  assert.deepEqual(Object.values(shown.evidence), [
    { text: 'First', chip: 'saw', indicators: ['TE1', 'TE2'], order: 0 },
    { text: 'Second', chip: 'saw', indicators: ['TE1', 'TE2'], order: 1 },
  ])
  assert.deepEqual(keptBack(body), ['room', 'photos'])
})
