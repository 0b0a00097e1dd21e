import assert from 'node:assert/strict'
import test from 'node:test'
import {
  answersOf,
  dueDay,
  givenAt,
  givenAtLeast,
  momentOfStep,
  releasedAt,
  timeToFeedback,
} from '../../static/js/core/feedback.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const local = (...parts) => new Date(...parts).getTime()
const NOW = local(2026, 10, 20, 12)
/** An answer that was given `ago` before now and took so long. */
const took = (hours, ago = DAY) => ({ given: NOW - ago - hours * HOUR, decided: NOW - ago })

test('an answer is due on the same day, after two work days or after a week', () => {
  const friday = local(2026, 10, 20, 15, 30)
  assert.equal(dueDay('same-day', friday), '2026-11-20')
  assert.equal(dueDay('two-work-days', friday), '2026-11-24')
  assert.equal(dueDay('one-week', friday), '2026-11-27')
})

test('two work days leave out the weekend, whichever day it was given', () => {
  const due = [16, 17, 18, 19, 20, 21, 22].map((day) => dueDay('two-work-days', local(2026, 10, day, 23, 59)))
  assert.deepEqual(due.map((day) => day.slice(-2)), ['18', '19', '20', '23', '24', '24', '24']) // biome-ignore format: one row
})

test('a rule this app has never heard of is the usual one', () => {
  assert.equal(dueDay('three-moons', local(2026, 10, 16, 9)), dueDay('two-work-days', local(2026, 10, 16, 9)))
})

test('when it was given is said only of the round it belongs to', () => {
  assert.equal(givenAt({ given_at: 5 }), 5)
  // Of a team's walk the desk has it from the reveal on, and no sooner.
  assert.equal(givenAt({ given_at: 5, together: true, revealed: { at: 9 } }), 9)
  assert.equal(givenAt({ given_at: 5, returned: { at: 4 } }), 5)
  // An older app gave it again and said no time.
  assert.equal(givenAt({ given_at: 5, returned: { at: 6 } }), null)
  assert.equal(givenAtLeast({ given_at: 5, ended_at: 4, returned: { at: 6 } }), 6)
  assert.equal(givenAtLeast({ started_at: 3 }), 3)
})

test('a tablet whose clock is behind still says a moment of its own round', () => {
  const body = { returned: { at: 1_000 } }
  const at = momentOfStep(body, 400)
  assert.equal(givenAt({ ...body, given_at: at }), 1_001)
})

test('released by an app that says no time is released, and nobody knows when', () => {
  assert.equal(releasedAt({ state: 'released' }), null)
  assert.equal(releasedAt({ state: 'released', released: { at: 9 } }), 9)
  assert.equal(releasedAt({ state: 'submitted', released: { at: 9 } }), null)
})

test('the median is counted by hand: 1, 2, 4, 30 and 100 hours make 4', () => {
  assert.deepEqual(timeToFeedback([100, 1, 4, 30, 2].map((hours) => took(hours)), NOW), { n: 5, median: 4 * HOUR }) // biome-ignore format: one row
})

test('of an even number it lies between the two in the middle', () => {
  assert.deepEqual(timeToFeedback([1, 2, 4, 8, 30, 100].map((hours) => took(hours)), NOW), { n: 6, median: 6 * HOUR }) // biome-ignore format: one row
})

test('of fewer than five there is a number of them and no median', () => {
  assert.deepEqual(timeToFeedback([1, 2, 4, 8].map((hours) => took(hours)), NOW), { n: 4, median: null }) // biome-ignore format: one row
})

test('what is older than 30 days, or was given nobody knows when, does not count', () => {
  const others = [took(1, 30 * DAY), took(1, 31 * DAY), { given: null, decided: NOW - 1 }]
  assert.equal(timeToFeedback([...others, took(1, 30 * DAY - 1)], NOW).n, 1)
})

test('two clocks that differ make no answer before its question', () => {
  const answers = [1, 2, 3, 4, 5].map(() => ({ given: NOW - DAY, decided: NOW - DAY - HOUR }))
  assert.equal(timeToFeedback(answers, NOW).median, 0)
})

test('answers are releases and what was sent back; a reopening and a comment answer nothing anew', () => {
  const given = { observer: 'ortega', state: 'released', given_at: 1, released: { at: 3, by: 'abara' } }
  const review = (verb, version) => ({ verb, by: 'abara', observer: 'ortega', at: 8, version })
  const back = review('return', { given_at: 5, state: 'submitted' })
  const reopened = review('reopen', { ...given, given_at: 2 })
  assert.deepEqual(
    answersOf([given, { observer: 'ortega', state: 'submitted', given_at: 1 }], [back, reopened, review('comment')]),
    [
      { given: 5, decided: 8 },
      { given: 1, decided: 3 },
      { given: 2, decided: 3 },
    ],
  )
})

test('a principal who observed herself answers nobody', () => {
  const own = { observer: 'abara', state: 'released', given_at: 1, released: { at: 3, by: 'abara' } }
  const back = { verb: 'return', by: 'abara', observer: 'abara', at: 8, version: { given_at: 5 } }
  assert.deepEqual(answersOf([own], [back]), [])
})
