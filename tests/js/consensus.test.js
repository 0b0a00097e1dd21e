/** What a team agrees on: each says it for themselves, and it is read together. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { agreedOn, momentOfSaying } from '../../static/js/core/consensus.js'

const TEAM = ['okoye', 'bell', 'ruiz']
const says = (by, at, value, why) => ({ by, says: { TE1: { value, at, ...(why ? { why } : {}) } } })
const of = (...records) => agreedOn(records, TEAM).get('TE1')

test('the last value is before the team, and those agree who said the same', () => {
  const found = of(says('okoye', 1, 3), says('bell', 2, 3))
  assert.deepEqual([found.value, found.yes, found.silent, found.whole], [3, ['bell', 'okoye'], ['ruiz'], false])
})

test('when all said the same, the team agrees', () => {
  assert.equal(of(says('okoye', 1, 3), says('bell', 2, 3), says('ruiz', 3, 3)).whole, true)
})

test('another value takes every yes away and nobody’s words', () => {
  const found = of(says('okoye', 1, 3, 'Two of four teams.'), says('bell', 2, 3), says('ruiz', 5, 2))
  assert.deepEqual([found.value, found.yes, found.whole], [2, ['ruiz'], false])
  assert.deepEqual(
    found.others.map(({ by, value }) => [by, value]),
    [
      ['bell', 3],
      ['okoye', 3],
    ],
  )
})

test('who began on two tablets is one person, and the later word counts', () => {
  const found = of(says('bell', 1, 2), says('bell', 4, 3), says('okoye', 3, 3))
  assert.deepEqual([found.value, found.yes, found.others], [3, ['bell', 'okoye'], []])
})

test('why is told by each who agrees', () => {
  assert.deepEqual(of(says('okoye', 1, 3, 'Two of four.'), says('bell', 2, 3)).whys, [{ by: 'okoye', why: 'Two of four.' }])
})

test('what is said now lies behind all that was said, though this clock is slow', () => {
  assert.equal(momentOfSaying(of(says('okoye', 90, 3), says('bell', 100, 2)), 50), 101)
  assert.equal(momentOfSaying(undefined, 50), 50)
})

test('of an indicator nobody spoke of there is nothing', () => {
  assert.equal(agreedOn([{ by: 'okoye' }], TEAM).size, 0)
})
