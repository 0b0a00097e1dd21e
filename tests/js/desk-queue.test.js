import assert from 'node:assert/strict'
import test from 'node:test'
import { counted, filtered, newestBack, queueOf } from '../../static/js/core/desk-queue.js'

const at = (day, hour = 9) => new Date(2026, 10, day, hour).getTime()
const row = (id, given, more = {}) => ({
  id,
  summary: { state: 'submitted', walk: 'w1', rubric: 'deeper', school: 'oak', started_at: given, given_at: given, ...more },
})
const back = (observation, more = {}) => ({
  observation,
  verb: 'return',
  at: at(17),
  version: { walk: 'w1', rubric: 'five', school: 'oak' },
  ...more,
})
const desk = (rows, wentBack = [], rule = 'two-work-days') => queueOf({ rows, wentBack, rule, walks: new Set(['w1']) })
const ids = (items) => items.map(({ id }) => id)

test('what is due first stands first, and of one day what was given first', () => {
  // Thursday and Friday are due on Monday and Tuesday; Wednesday before them.
  const rows = [row('friday', at(20)), row('late', at(18, 16)), row('early', at(18, 8)), row('thursday', at(19))]
  assert.deepEqual(ids(desk(rows)), ['early', 'late', 'thursday', 'friday'])
  assert.deepEqual(desk([row('a', at(19))])[0].due, '2026-11-23')
})

test('each observation is in one of four states, and a draft in none', () => {
  const rows = [
    row('a', at(18)),
    row('b', at(17), { state: 'released', released: { at: at(18) } }),
    row('c', at(18), { state: 'draft' }),
  ]
  const items = desk(rows, [back('d'), back('e', { verb: 'reopen' })])
  assert.deepEqual(items.map(({ id, state }) => `${id} ${state}`), ['a waiting', 'd sent-back', 'b released', 'e reopened']) // biome-ignore format: one row
  assert.deepEqual(counted(items), { waiting: 1, 'sent-back': 1, released: 1, reopened: 1 })
})

test('what came again waits, and is not among what was sent back', () => {
  const items = desk([row('a', at(19), { returned: { at: at(17) } })], [back('a')])
  assert.deepEqual(items.map(({ id, state }) => [id, state]), [['a', 'waiting']]) // biome-ignore format: one row
})

test('given by an older app, it is due from the end of the visit on, and that says so', () => {
  const [item] = desk([row('a', undefined, { started_at: at(18), ended_at: at(18, 10) })])
  assert.deepEqual([item.isKnown, item.at, item.due], [false, at(18, 10), '2026-11-20'])
})

test('walks and quick visits, a rubric, a school are looked at alone', () => {
  const items = desk([
    row('a', at(18)),
    row('b', at(18), { walk: 'quick' }),
    row('c', at(18), { rubric: 'five', school: 'pine' }),
  ])
  assert.deepEqual(ids(filtered(items, { from: 'quick' })), ['b'])
  assert.deepEqual(ids(filtered(items, { from: 'walk', rubric: 'five' })), ['c'])
  assert.deepEqual(ids(filtered(items, { school: 'oak' })), ['a', 'b'])
  assert.equal(filtered(items, {}).length, 3)
})

test('of what went back twice the newest is known, whatever was said beside', () => {
  const said = (verb, when) => ({ id: verb + when, body: { observation: 'a', verb, at: when } })
  assert.deepEqual(ids(newestBack([said('return', 1), said('reopen', 3), said('return', 2), said('comment', 9)])), ['reopen3'])
})
