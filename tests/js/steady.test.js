import assert from 'node:assert/strict'
import test from 'node:test'
import { steadyClock } from '../../static/js/core/steady.js'

/** A tablet's clock that can be set, and an even one that stands still while the tablet sleeps. */
function clocks() {
  const at = { now: 1_000_000, even: 500 }
  const pass = (ms, { asleep = false } = {}) => {
    at.now += ms
    if (!asleep) at.even += ms
  }
  return { at, pass, clock: steadyClock({ now: () => at.now, even: () => at.even }) }
}

test('a clock that is set during a visit moves nothing that is timed in the room', () => {
  const { at, pass, clock } = clocks()
  const began = clock.now()
  pass(30_000)
  at.now += 3_600_000
  assert.equal(clock.now() - began, 30_000)
  at.now -= 7_200_000
  pass(30_000)
  assert.equal(clock.now() - began, 60_000)
})

test('over a sleep the tablet is believed, for the even clock may have stood still', () => {
  const { pass, clock } = clocks()
  const began = clock.now()
  pass(10_000)
  clock.hidden()
  pass(600_000, { asleep: true })
  assert.equal(clock.now() - began, 610_000)
})

test('a page that was put aside and an even clock that went on agree', () => {
  const { pass, clock } = clocks()
  const began = clock.now()
  clock.hidden()
  pass(45_000)
  assert.equal(clock.now() - began, 45_000)
})

test('a clock that was set back while the page was put aside moves nothing either: no sleep goes back', () => {
  const { at, pass, clock } = clocks()
  const began = clock.now()
  clock.hidden()
  pass(20_000)
  at.now -= 3_600_000
  assert.equal(clock.now() - began, 20_000)
  assert.equal(clock.setBy(), -3_600_000)
})

test('a clock that was days ahead is believed when it is put right', () => {
  const { at, clock } = clocks()
  clock.hidden()
  at.now += 3 * 86_400_000
  const ahead = clock.now()
  clock.hidden()
  at.now -= 3 * 86_400_000
  assert.equal(clock.now() - ahead, -3 * 86_400_000)
  assert.equal(clock.setBy(), 0)
})
