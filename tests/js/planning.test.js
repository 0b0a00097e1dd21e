/** A walk is planned: when it is where, which rooms it could go to, and what each visit takes over from it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { lastSeen, noVisitsOn, proposedRooms } from '../../static/js/core/proposal.js'
import { inOrder, nextTime, timesOf } from '../../static/js/core/timetable.js'
import { plannedVisit, stopRecords } from '../../static/js/ui/starting.js'

const DAY = '2026-11-23'
const at = (hour, minute) => new Date(2026, 10, 23, hour, minute).getTime()
const found = (id, body) => ({ id, body })

/** Oak Hill: six rooms, two of each grade band, four subjects. */
const ROOMS = [
  found('r1', { code: '1', grade_band: 'K-2', subject: 'Reading' }),
  found('r2', { code: '2', grade_band: 'K-2', subject: 'Math' }),
  found('r9', { code: '9', grade_band: '3-5', subject: 'Math' }),
  found('r10', { code: '10', grade_band: '3-5', subject: 'Science' }),
  found('r20', { code: '20', grade_band: '6-8', subject: 'Math' }),
  found('r21', { code: '21', grade_band: '6-8', subject: 'Art' }),
]
const proposed = (more) =>
  proposedRooms({ school: {}, date: DAY, rooms: ROOMS, chosen: [], count: 3, seen: new Map(), ...more }).map(({ room }) => room)

test('each stop is equally long, and as long after the one before it', () => {
  const plan = { date: DAY, time: '09:00', stay: 12, between: 5, count: 3 }
  assert.deepEqual(timesOf(plan), [at(9, 0), at(9, 17), at(9, 34)])
  assert.deepEqual(timesOf({ ...plan, count: 0 }), [])
})

test('where the day or the time is not said, no stop has a time', () => {
  for (const said of [{ time: '' }, { date: '' }, { time: '9' }])
    assert.deepEqual(timesOf({ date: DAY, time: '09:00', stay: 12, between: 5, count: 2, ...said }), [])
})

test('the places keep their times when two stops change places', () => {
  const [one, two, three] = [
    found('one', { planned_at: 10 }),
    found('two', { planned_at: 20 }),
    found('three', { planned_at: 30 }),
  ]
  assert.deepEqual(inOrder([two, one, three], [10, 20, 30]), [
    { id: 'two', kind: 'visit', set: { order: 0, planned_at: 10 } },
    { id: 'one', kind: 'visit', set: { order: 1, planned_at: 20 } },
    { id: 'three', kind: 'visit', set: { order: 2 } },
  ])
})

test('a stop without a time that changes places with one that has a time takes it over', () => {
  const sets = inOrder([found('late', {}), found('early', { planned_at: 10 })], [10, undefined]).map(({ set }) => set)
  assert.deepEqual(sets, [
    { order: 0, planned_at: 10 },
    { order: 1, planned_at: null },
  ])
})

test('a stop that is added goes on in the same step, and guesses none', () => {
  assert.equal(nextTime([10, 20, 35]), 50)
  for (const times of [[], [10], [10, undefined], [20, 10]]) assert.equal(nextTime(times), undefined)
})

// 1 by its door. Then 9, 10, 20 and 21 are of other grades and another subject, and 9 has the first door. Then 10 shares the
// grades with 9 and 20 the subject; 21 shares nothing.
test('rooms nobody has visited are spread over grades and subjects', () => {
  assert.deepEqual(proposed({ count: 1 }), ['r1'])
  assert.deepEqual(proposed({ count: 2 }), ['r1', 'r9'])
  assert.deepEqual(proposed({ count: 3 }), ['r1', 'r9', 'r21'])
})

// 9 and 10 were never visited. For one more, the two longest ago are looked at, 2 and 1: 2 shares its subject with 9, 1 nothing.
test('rooms nobody visited come first, then of the longest ago what is unlike them', () => {
  const seen = new Map([
    ['r2', 1],
    ['r1', 2],
    ['r20', 3],
    ['r21', 4],
  ])
  assert.deepEqual(proposed({ count: 2, seen }), ['r9', 'r10'])
  assert.deepEqual(proposed({ count: 3, seen }), ['r9', 'r10', 'r1'])
})

test('a room that was just visited is not brought in to have all grades', () => {
  const seen = new Map(['r1', 'r2', 'r20', 'r21'].map((id) => [id, 9]))
  assert.deepEqual(proposed({ count: 1, seen }), ['r9'])
  assert.equal(proposed({ count: 1, seen, chosen: ['r9'] })[0], 'r10')
})

test('what was chosen by hand counts when rooms are spread, and is not proposed again', () => {
  assert.deepEqual(proposed({ count: 2, chosen: ['r1', 'r9'] }), ['r21', 'r10'])
  assert.deepEqual(proposed({ count: 9, chosen: ['r1'] }).length, 5)
  assert.deepEqual(proposed({ count: 0 }), [])
})

test('a room that asks for no visits is never proposed, and no room is on a day without visits', () => {
  const rooms = ROOMS.map((room) => (room.id === 'r1' ? found('r1', { ...room.body, no_visits: true }) : room))
  assert.deepEqual(proposed({ rooms, count: 6 }).includes('r1'), false)
  const school = { no_visits: { [DAY]: 'State tests' } }
  assert.deepEqual(proposed({ school }), [])
  assert.deepEqual(proposed({ school, date: '2026-11-24' }).length, 3)
  assert.deepEqual([noVisitsOn(school, DAY), noVisitsOn({}, DAY), noVisitsOn(undefined, DAY)], ['State tests', null, null])
})

test('a room was last visited when somebody began there, or when its team read what was given', () => {
  const visits = [
    found('v1', { started_at: 10 }),
    found('v2', { started_at: 30 }),
    found('v3', { revealed: { at: 50 } }),
    found('v4', {}),
  ]
  const places = [
    ['v1', 'r1'],
    ['v2', 'r1'],
    ['v3', 'r2'],
    ['v4', 'r9'],
  ].map(([visit, room]) => found(`${visit} ${room}`, { visit, room }))
  assert.deepEqual(
    [...lastSeen(places, visits)],
    [
      ['r1', 30],
      ['r2', 50],
    ],
  )
})

test('a visit begins with the form and the minutes of its walk, and an older walk says neither', () => {
  const visit = found('v1', { number: 1, school: 'oak', rubric: 'deeper', by: 'okoye' })
  const begin = (body) =>
    plannedVisit({ me: 'okoye', visit, walk: { id: 'w1', body }, now: at(9, 0), newId: () => 'o1' }).edits[0].new.body
  const { form, minutes } = begin({ lead: 'okoye', form: 'short', visit_minutes: 12 })
  assert.deepEqual([form, minutes], ['short', 12])
  const older = begin({ lead: 'okoye' })
  assert.deepEqual([older.form, 'minutes' in older], ['full', false])
})

test('a stop has its time, or none', () => {
  const stop = (more) => stopRecords({ walk: 'w1', room: 'r1', number: 1, order: 0, newId: () => 'v1', ...more })[0].new.body
  assert.equal(stop({ at: 10 }).planned_at, 10)
  assert.equal('planned_at' in stop({}), false)
})
