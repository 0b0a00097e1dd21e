import assert from 'node:assert/strict'
import test from 'node:test'
import {
  isFollowUpDue,
  lacking,
  lastGiven,
  quietDays,
  roomsWithSteps,
  standingOf,
  stepsInRoom,
  stepsUnder,
} from '../../static/js/core/coaching.js'

const DAY_MS = 86_400_000
const NOW = new Date(2026, 10, 22, 9).getTime()
const fact = { at: NOW - 20 * DAY_MS, by: 'novak' }
const agreement = (more = {}, id = 'a1') => ({
  id,
  body: { coach: 'okoye', teacher: 'novak', agreed: fact, rooms: { 'room-12': true }, ...more },
})
const step = (id, seen, more = {}) => ({ id, body: { agreement: 'a1', state: 'given', seen, step: `step ${id}`, ...more } })
const shown = (more) =>
  stepsInRoom({
    kind: 'drop-in',
    room: 'room-12',
    me: 'okoye',
    agreements: [agreement()],
    steps: [step('s1', '2026-11-20')],
    ...more,
  }).map((one) => one.step.id)

test('an agreement is asked for, agreed, over, and never comes back', () => {
  const said = [{}, { agreed: fact }, { over: fact }, { agreed: fact, over: fact }]
  assert.deepEqual(said.map(standingOf), ['asked', 'agreed', 'over', 'over'])
})

test('the last step is the last that was seen, and a draft is none', () => {
  const steps = [step('s1', '2026-11-02'), step('s2', '2026-11-20'), step('s3', '2026-11-21', { state: 'draft' })]
  assert.equal(lastGiven(steps).id, 's2')
  assert.equal(lastGiven([steps[2]]), null)
  assert.deepEqual(
    stepsUnder([...steps, { id: 'x', body: { agreement: 'a2' } }], 'a1').map(({ id }) => id),
    ['s3', 's2', 's1'],
  )
})

test('after fourteen days without feedback it is said, counted in days of the calendar', () => {
  const after = (seen) => quietDays(agreement().body, [step('s1', seen)], NOW)
  assert.deepEqual([after('2026-11-09'), after('2026-11-08'), after('2026-11-01')], [0, 14, 21])
})

test('who never had feedback is counted from the day of the agreement, and who did not agree is not counted', () => {
  assert.equal(quietDays(agreement().body, [], NOW), 20)
  assert.equal(quietDays(agreement({ agreed: undefined }).body, [], NOW), 0)
  assert.equal(quietDays(agreement({ over: fact }).body, [], NOW), 0)
})

test('a follow-up is due on its day and after it, until the step is closed', () => {
  const due = (more) => isFollowUpDue(step('s1', '2026-11-20', more).body, NOW)
  assert.deepEqual([due({ follow_up: '2026-11-22' }), due({ follow_up: '2026-11-23' }), due({})], [true, false, false])
  assert.equal(due({ follow_up: '2026-11-20', closed: { uptake: 2 } }), false)
})

test('the last open step stands first in the room its teacher named', () => {
  assert.deepEqual(shown({}), ['s1'])
  assert.deepEqual(shown({ steps: [step('s1', '2026-11-20'), step('s2', '2026-11-21')] }), ['s2'])
})

test('in a nameless walk, in another room, to another coach and after the end nothing stands there', () => {
  for (const more of [
    { kind: 'walk' },
    { kind: undefined },
    { room: 'room-14' },
    { room: undefined },
    { me: 'bell' },
    { agreements: [agreement({ over: fact })] },
    { agreements: [agreement({ agreed: undefined })] },
    { agreements: [agreement({ rooms: undefined })] },
    { steps: [step('s1', '2026-11-20', { closed: { uptake: 3 } })] },
    { steps: [step('s1', '2026-11-20', { state: 'draft' })] },
  ])
    assert.deepEqual(shown(more), [], JSON.stringify(more))
})

test('the rooms in which a step is open are known beforehand, and nothing of its teacher', () => {
  const known = { me: 'okoye', agreements: [agreement({ rooms: { 'room-12': true, 'room-14': true } })] }
  assert.deepEqual([...roomsWithSteps({ ...known, steps: [step('s1', '2026-11-20')] })], ['room-12', 'room-14'])
  assert.equal(roomsWithSteps({ ...known, steps: [] }).size, 0)
})

test('a step that was closed is not followed by an older one', () => {
  assert.deepEqual(shown({ steps: [step('s1', '2026-11-02'), step('s2', '2026-11-20', { closed: { uptake: 4 } })] }), [])
})

test('a step is whole with a strength, a question and a step', () => {
  assert.deepEqual(lacking({ strength: 'x', question: ' ' }), ['question', 'step'])
  assert.deepEqual(lacking({ strength: 'x', question: 'y', step: 'z' }), [])
})
