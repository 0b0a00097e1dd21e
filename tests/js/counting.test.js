import assert from 'node:assert/strict'
import test from 'node:test'
import {
  floorNow,
  floorOf,
  intervalsOf,
  nextAt,
  signalsOf,
  spreadOf,
  sumOf,
  sweepNow,
  turnsBySeat,
} from '../../static/js/core/counting.js'

const SWEEP = { id: 's1', at: 1_000_000, interval_s: 60, n: 10 }
const ASKS = [
  { id: 'engaged', type: 'count' },
  { id: 'students', type: 'codes' },
  { id: 'voice', type: 'choice' },
]
const after = (minutes) => SWEEP.at + minutes * 60_000
const interval = (n, more) => ({ sweep: 's1', n, at: after(n), ...more })

test('an interval of which nothing was recorded counts as missed, and not as nobody engaged', () => {
  const body = { intervals: { a: interval(1, { engaged: 8 }), b: interval(3, { engaged: 6 }) } }
  const found = intervalsOf(body, SWEEP, after(4.5))
  assert.deepEqual(
    found.map(({ n, missed = false }) => [n, missed]),
    [[1, false], [2, true], [3, false], [4, true]],
  ) // biome-ignore format: rows
  const { rate, intervals, missed } = sumOf(found, 10, ASKS)
  assert.deepEqual([rate, intervals, missed], [14 / 20, 4, 2])
})

test('nobody engaged is a count of nought', () => {
  const body = { intervals: { a: interval(1, { engaged: 0 }) } }
  assert.equal(sumOf(intervalsOf(body, SWEEP, after(1)), 10, ASKS).rate, 0)
  assert.equal(sumOf([], 10, ASKS).rate, null)
})

test('a sweep that was ended has no signals afterwards', () => {
  assert.equal(signalsOf({ ...SWEEP, ended_at: after(2.2) }, after(9)), 2)
})

test('the first record of an interval stands where two tablets made one', () => {
  const body = { intervals: { b: interval(1, { engaged: 3, at: after(1) + 9 }), a: interval(1, { engaged: 8 }) } }
  assert.equal(sumOf(intervalsOf(body, SWEEP, after(1)), 10, ASKS).engaged, 8)
})

test('codes are counted over the intervals that were looked at', () => {
  const body = {
    intervals: {
      a: interval(1, { students: ['TT', 'EX'], voice: 'student' }),
      b: interval(2, { students: ['TT'], voice: 'quiet' }),
      c: interval(3, { missed: true, students: ['WA'] }),
    },
  }
  const { codes } = sumOf(intervalsOf(body, SWEEP, after(3)), 10, ASKS)
  assert.deepEqual(codes, { students: { TT: 2, EX: 1 }, voice: { student: 1, quiet: 1 } })
})

test('the spread of turns is nought when all have as many, and near one when one seat has them all', () => {
  assert.equal(spreadOf([2, 2, 2, 2]), 0)
  assert.equal(spreadOf([0, 0, 0, 8]), 0.75)
  assert.equal(spreadOf([0, 0]), null)
  assert.deepEqual(turnsBySeat({ turns: { a: { at: 1, seat: 'A1' }, b: { at: 2, seat: 'A1' }, c: { at: 3, seat: 'B2' } } }), {
    A1: 2,
    B2: 1,
  })
})

test('a stretch of talk ends where the next begins, with the visit, or now', () => {
  const talk = { a: { at: 0, until: 5_000, who: 'teacher' }, b: { at: 5_000, who: 'students' }, c: { at: 9_000, who: 'teacher' } }
  assert.deepEqual(floorOf({ talk }, 10_000), { teacher: 6_000, students: 4_000 })
  assert.deepEqual(floorOf({ talk, ended_at: 12_000 }, 99_000), { teacher: 8_000, students: 4_000 })
})

test('a sweep that nobody looked at for an hour was left: it ends with what was recorded, and no longer runs', () => {
  const sweeps = { s1: { at: SWEEP.at, interval_s: 60, n: 10 } }
  const body = { sweeps, intervals: { a: interval(2, { engaged: 8 }) } }
  assert.equal(sweepNow(body, after(61)).id, 's1')
  assert.equal(intervalsOf(body, SWEEP, after(61)).length, 61)
  assert.equal(sweepNow(body, after(60 * 24)), null)
  assert.equal(intervalsOf(body, SWEEP, after(60 * 24)).length, 2)
})

test('what is begun after the clock was set back comes after what is there, and nothing lasts less than nothing', () => {
  const talk = { a: { at: 1000, until: 2000, who: 'teacher' }, b: { at: 2000, who: 'students' } }
  assert.deepEqual([nextAt(talk, 500), nextAt(talk, 9000), nextAt(undefined, 500)], [2001, 9000, 500])
  const turned = { ...talk, b: { ...talk.b, until: 2001 }, c: { at: 2001, who: 'quiet' } }
  assert.equal(floorNow({ talk: turned }).who, 'quiet')
  assert.deepEqual(floorOf({ talk: turned }, 500), { teacher: 1000, students: 1, quiet: 0 })
})

test('whoever goes on after finishing is timed on', () => {
  const talk = { a: { at: 0, until: 4000, who: 'teacher' }, b: { at: 6000, who: 'students' } }
  assert.deepEqual(floorOf({ talk, ended_at: 5000 }, 7000), { teacher: 4000, students: 1000 })
})
