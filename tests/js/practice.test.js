import assert from 'node:assert/strict'
import test from 'node:test'
import {
  doneSteps,
  JUDGING_LINE,
  JUDGING_WORDS,
  judgingLine,
  PRACTICE,
  practiceRecords,
  practiceRubric,
  STEPS,
} from '../../static/js/core/practice.js'
import { judgements } from '../../static/js/core/low-inference.js'
import { applyChange } from '../../static/js/core/merge.js'
import { PracticeApp } from '../../static/js/ui/practice-app.js'
import { NOON, vectors } from './support.js'

const DEEPER = vectors('rubrics/deeper-learning-walk.json')
const SWEEP = vectors('rubrics/engagement-sweep.json')
const rubric = (id, content, version = 1, more = {}) => ({
  id,
  kind: 'rubric',
  space: 'oak-hill',
  body: { rubric: content.id, version, title: content.title, content, ...more },
})
const begun = () => practiceRecords({ rubric: 'r', now: NOON }).find(({ id }) => id === PRACTICE).body
const after = (set) => applyChange(begun(), { set })
const heard = { text: 'It goes up here', at: NOON, chip: 'heard', indicators: [] }

test('an observation just begun has nothing done, and takes no photos', () => {
  assert.deepEqual(doneSteps(begun()), [])
  assert.equal(begun().media, 'none')
})

test('each step is done by doing it, in whatever order', () => {
  assert.deepEqual(doneSteps(after({ 'evidence/n': heard })), ['heard'])
  assert.deepEqual(doneSteps(after({ 'evidence/n': { ...heard, chip: 'saw', indicators: ['TE1'] } })), ['tied'])
  assert.deepEqual(doneSteps(after({ 'ratings/TE1': { value: 3 } })), ['rated'])
  assert.deepEqual(doneSteps(after({ 'ratings/TE1': { value: 'not_observed' } })), ['unseen'])
  assert.deepEqual(doneSteps(begun(), { undone: true }), ['undone'])
  assert.deepEqual(doneSteps(after({ state: 'submitted' })), ['given'])
})

test('what does not apply was not rated, and is not what was not observed', () => {
  assert.deepEqual(doneSteps(after({ 'ratings/TE1': { value: 'not_applicable' } })), [])
})

test('a note still under the pen is not written yet', () => {
  assert.deepEqual(doneSteps(after({ 'evidence/n': heard }), { writing: 'n' }), [])
})

test('the line of the guide judges, and counts once it says what was seen', () => {
  const saying = (text) => doneSteps(after({ [`evidence/${JUDGING_LINE}`]: { ...judgingLine(NOON), text } }))
  assert.equal(judgements(JUDGING_WORDS).length, 1)
  assert.deepEqual(saying(JUDGING_WORDS), [])
  assert.deepEqual(saying('Very good discussion in all the teams'), [])
  assert.deepEqual(saying('discussion'), [])
  assert.deepEqual(saying('In 3 of 5 teams, students answered each other'), ['reworded'])
})

test('every step has a name of its own, a title and a sentence', () => {
  assert.equal(new Set(STEPS.map(({ name }) => name)).size, 7)
  assert.ok(STEPS.every(({ title, text }) => title && text))
})

test('the newest Deeper Learning walk is practised with, else what is rated in levels, else nothing', () => {
  const [old, newer] = [rubric('d1', DEEPER), rubric('d2', DEEPER, 2)]
  const own = rubric('own', { ...DEEPER, id: 'lakeview-walk' }, 7)
  assert.equal(practiceRubric([own, old, newer]).id, 'd2')
  assert.equal(practiceRubric([own, { ...newer, body: { ...newer.body, archived: true } }, old]).id, 'd1')
  assert.equal(practiceRubric([rubric('s', SWEEP), own]).id, 'own')
  assert.equal(practiceRubric([rubric('s', SWEEP)]), null)
})

function practising() {
  const went = []
  const practice = new PracticeApp({
    records: [rubric('r', DEEPER), ...practiceRecords({ rubric: 'r', now: NOON })],
    lines: [],
    now: () => NOON,
    newId: () => 'an-id',
    go: (hash) => went.push(hash),
    announce: () => {},
    setting: (name) => `chosen ${name}`,
  })
  return { practice, went }
}

test('an edit is laid over the record in memory by the rules of the real store, and is told', async () => {
  const { practice } = practising()
  const told = []
  practice.store.addEventListener('changed', ({ detail }) => told.push(detail.ids))
  await practice.save([{ id: PRACTICE, kind: 'observation', set: { 'ratings/TE1': { value: 2 } } }])
  await practice.save([{ id: PRACTICE, kind: 'observation', set: { 'ratings/TE1': null } }])
  assert.deepEqual((await practice.store.read(PRACTICE)).body.ratings, {})
  assert.deepEqual(told, [[PRACTICE], [PRACTICE]])
})

test('what is remembered in a practice is its own; only how the tablet lies in the hand is asked for', () => {
  const { practice } = practising()
  assert.equal(practice.recall('phrases'), null)
  assert.equal(practice.recall('awake'), 'chosen awake')
  practice.remember('phrases', '["a"]')
  assert.equal(practice.recall('phrases'), '["a"]')
  assert.equal(practising().practice.recall('phrases'), null)
})
