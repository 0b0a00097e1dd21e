import assert from 'node:assert/strict'
import test from 'node:test'
import { extended, pathOf, read, written } from '../../static/js/core/ink.js'

const STROKES = [
  [
    { x: 1, y: 2, ms: 0 },
    { x: 30, y: 4, ms: 16 },
  ],
  [{ x: 7, y: 7, ms: 900 }],
]

test('a drawing is read as it was written', () => {
  assert.equal(written(STROKES), '1,2,0 30,4,16\n7,7,900')
  assert.deepEqual(read(written(STROKES)), STROKES)
  assert.deepEqual(read(''), [])
})

test('points that cannot be told apart are not kept', () => {
  const [stroke] = STROKES
  assert.equal(extended(stroke, { x: 31, y: 4, ms: 20 }), stroke)
  assert.equal(extended(stroke, { x: 33, y: 4, ms: 20 }).length, 3)
  assert.equal(extended([], { x: 0, y: 0, ms: 0 }).length, 1)
})

test('a stroke is a line, and a tap is a dot', () => {
  assert.deepEqual(STROKES.map(pathOf), ['M1 2L30 4', 'M7 7h.1'])
})
