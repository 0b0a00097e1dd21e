/** A walk as a file for a calendar; what a real parser makes of it is looked at in `tests/browser/test_plan.py`. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { calendarFile } from '../../static/js/core/calendar.js'

const NOW = Date.UTC(2026, 10, 20, 12)
const NINE = Date.UTC(2026, 10, 23, 9)
const MINUTE_MS = 60_000
const WALK = {
  id: 'w-1',
  title: 'November walk',
  date: '2026-11-23',
  place: 'Oak Hill',
  about: ['Who does the thinking?'],
  minutes: 12,
}
const lines = (event, stops = []) => calendarFile({ ...WALK, ...event }, stops, NOW).split('\r\n')

test('every line ends as the standard wants it and none is longer than 75 octets', () => {
  const title = 'Über «qué» 数学 '.repeat(12)
  const made = calendarFile({ ...WALK, title }, [], NOW)
  assert.equal(made.replaceAll('\r\n', '').includes('\n'), false)
  for (const line of made.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
  const unfolded = made.replaceAll('\r\n ', '')
  assert.ok(unfolded.includes(`SUMMARY:${title}\r\n`))
})

test('what means something to a calendar is written as plain text', () => {
  const [summary] = lines({ title: 'Ask, look; wait \\ go\r\nBEGIN:VALARM' }).filter((line) => line.startsWith('SUMMARY'))
  assert.equal(summary, 'SUMMARY:Ask\\, look\\; wait \\\\ go\\nBEGIN:VALARM')
  assert.equal(lines().filter((line) => line.startsWith('BEGIN:')).length, 2)
})

test('it lasts from the first stop to the end of the last', () => {
  const made = lines({}, [
    { number: 1, at: NINE },
    { number: 2, at: NINE + 17 * MINUTE_MS },
  ])
  assert.ok(made.includes('DTSTART:20261123T090000Z'))
  assert.ok(made.includes('DTEND:20261123T092900Z'))
})

test('without times it is the whole day', () => {
  assert.ok(lines({}, [{ number: 1 }]).includes('DTSTART;VALUE=DATE:20261123'))
  assert.equal(
    lines().some((line) => line.startsWith('DTEND')),
    false,
  )
})

test('made again it is the same event in a later version', () => {
  const [first, later] = [NOW, NOW + 3 * MINUTE_MS].map((now) => calendarFile(WALK, [], now))
  const of = (made, name) => new RegExp(`^${name}:(.*)\r$`, 'm').exec(made)[1]
  assert.equal(of(first, 'UID'), of(later, 'UID'))
  assert.equal(of(later, 'SEQUENCE') - of(first, 'SEQUENCE'), 3)
  assert.equal(of(first, 'DTSTAMP'), '20261120T120000Z')
})

test('a stop is called by its number, and by its room only where that is handed in', () => {
  const description = (stop) =>
    calendarFile(WALK, [stop], NOW)
      .replaceAll('\r\n ', '')
      .match(/DESCRIPTION:(.*)\r/)[1]
  assert.equal(description({ number: 2 }), 'Who does the thinking?\\nVisit 2')
  assert.equal(description({ number: 2, room: 'Room 12' }), 'Who does the thinking?\\nVisit 2 · Room 12')
  assert.equal(description({ number: 0 }), 'Who does the thinking?\\nWhole school')
})
