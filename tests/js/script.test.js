import assert from 'node:assert/strict'
import test from 'node:test'
import { evidenceOf } from '../../static/js/core/observation.js'
import { begunLast, joined, moved, split } from '../../static/js/core/script.js'

const line = (id, at, more = {}) => ({ id, at, text: `line ${id}`, chip: 'saw', indicators: [], ...more })
const LINES = [line('a', 10), line('b', 20, { indicators: ['TE1'] }), line('c', 30, { indicators: ['TE1', 'SA2'] })]

/** The script after the edits, as it is shown. */
function after(lines, edits) {
  const evidence = Object.fromEntries(lines.map(({ id, ...one }) => [id, one]))
  for (const [id, one] of Object.entries(edits)) one === null ? delete evidence[id] : (evidence[id] = one)
  return evidenceOf({ evidence })
}
const ids = (lines) => lines.map(({ id }) => id).join('')

test('a line moves one place up or down and keeps its time', () => {
  const up = after(LINES, moved(LINES, 'c', -1))
  assert.equal(ids(up), 'acb')
  assert.equal(up.find(({ id }) => id === 'c').at, 30)
  assert.equal(ids(after(up, moved(up, 'a', 1))), 'cab')
})

test('at either end nothing happens', () => {
  assert.deepEqual([moved(LINES, 'a', -1), moved(LINES, 'c', 1), moved(LINES, 'x', 1)], [{}, {}, {}])
})

test('lines of the same moment can be moved too', () => {
  const same = [line('a', 10), line('b', 10), line('c', 10)]
  const once = after(same, moved(same, 'c', -1))
  assert.equal(ids(once), 'acb')
  assert.equal(ids(after(once, moved(once, 'c', -1))), 'cab')
})

test('a line is split where the pen stands, and the second part follows the first', () => {
  const shown = after(LINES, split({ ...LINES[1], text: 'Two teams talk. One waits.' }, 15, 'n'))
  assert.deepEqual(
    shown.map(({ id, text }) => [id, text]),
    [['a', 'line a'], ['b', 'Two teams talk.'], ['n', 'One waits.'], ['c', 'line c']],
  ) // biome-ignore format: rows
  assert.deepEqual(shown[2].indicators, ['TE1'])
})

test('nothing is split off at either end of a line', () => {
  assert.deepEqual([split(LINES[0], 0, 'n'), split(LINES[0], 99, 'n')], [{}, {}])
})

test('joined lines keep both texts and all ties', () => {
  const shown = after(LINES, joined(LINES, 'c'))
  assert.equal(ids(shown), 'ab')
  assert.deepEqual([shown[1].text, shown[1].indicators, shown[1].at], ['line b\nline c', ['TE1', 'SA2'], 20])
  assert.deepEqual(joined(LINES, 'a'), {})
})

test('a line begun after the clock was set back stands last, with the time the clock said', () => {
  const { id: _id, ...begun } = line('n', 5)
  const shown = after(LINES, { n: begunLast(LINES, begun) })
  assert.equal(ids(shown), 'abcn')
  assert.equal(shown[3].at, 5)
  const { id: _other, ...later } = line('m', 6)
  assert.equal(ids(after(shown, { m: begunLast(shown, later) })), 'abcnm')
})

test('a line begun in its time needs no other place', () => {
  assert.equal(begunLast(LINES, line('n', 40)).order, undefined)
  assert.equal(begunLast([], line('n', 40)).order, undefined)
})
