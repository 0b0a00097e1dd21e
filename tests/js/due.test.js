import assert from 'node:assert/strict'
import test from 'node:test'
import { isDue } from '../../static/js/core/due.js'

const walk = { date: '2026-11-20' }
const stop = (id, body = {}) => ({ id, body })
const said = (stops, today, begun = []) => isDue(walk, stops, { today, hasBegun: (id) => begun.includes(id) })

test('a walk stands there to the end of its day, whatever was begun', () => {
  assert.equal(said([stop('s1', { started_at: 5 })], '2026-11-20'), true)
  assert.equal(said([], '2026-11-21'), false)
})

test('a stop nobody began keeps it there', () => {
  assert.equal(said([stop('s1', { started_at: 5 }), stop('s2')], '2026-11-21'), true)
  assert.equal(said([stop('s1', { started_at: 5 }), stop('s2')], '2026-11-21', ['s2']), false)
})

test('a walk of last year stays away, though what was observed in it is no longer looked through', () => {
  assert.equal(said([stop('s1', { started_at: 5 }), stop('s2', { started_at: 9 })], '2027-11-21'), false)
})
