// @ts-check
/**
 * A walk as a file for a calendar (RFC 5545): one event, its stops in the description. It names no person, and a room only
 * where its code is handed in.
 *
 * @typedef {{number: number, at?: number, room?: string}} Stop
 * @typedef {{id: string, title: string, date: string, place: string, about: string[], minutes?: number}} Event `about` are the
 *   lines before the stops
 */
import { t } from './gettext.js'
import { sayTime } from './time.js'

const LINE_OCTETS = 75
const MINUTE_MS = 60_000
/** Between the beginning of the last stop and the end, where the walk does not say how long a visit is. */
const LAST_STOP_MINUTES = 15

/**
 * The file, word for word. Made again later it takes the place of the earlier one in the same calendar.
 * @param {Event} event @param {Stop[]} stops in their order @param {number} now
 * @returns {string}
 */
export function calendarFile(event, stops, now) {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//walkapp//walk//EN',
    'BEGIN:VEVENT',
    `UID:${event.id}`,
    `DTSTAMP:${utc(now)}`,
    `SEQUENCE:${Math.floor(now / MINUTE_MS)}`,
    ...when(event, stops),
    `SUMMARY:${escaped(event.title)}`,
    ...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
    `DESCRIPTION:${escaped([...event.about, ...stops.map(stopLine)].join('\n'))}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** From the first stop to the end of the last; the whole day where the stops have no times. @param {Event} event @param {Stop[]} stops */
function when({ date, minutes = LAST_STOP_MINUTES }, stops) {
  const times = stops.flatMap(({ at }) => (at === undefined ? [] : [at]))
  if (!times.length) return [`DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`]
  return [`DTSTART:${utc(Math.min(...times))}`, `DTEND:${utc(Math.max(...times) + minutes * MINUTE_MS)}`]
}

/** @param {Stop} stop */
function stopLine({ number, at, room }) {
  const visit = number ? t('Visit {number}', { number: String(number) }) : t('Whole school')
  return [at === undefined ? '' : sayTime(at, at), visit, room ?? ''].filter(Boolean).join(' · ')
}

/** @param {number} ms */
function utc(ms) {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** @param {string} text */
function escaped(text) {
  const plain = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\x00-\x09\x0b-\x1f\x7f]/g, ' ')
  return plain.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
}

/** No line is longer than 75 octets; what goes on begins with a blank, and no letter is cut in two. @param {string} line */
function folded(line) {
  let [text, octets] = ['', 0]
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length
    if (octets + size > LINE_OCTETS) [text, octets] = [`${text}\r\n `, 1]
    ;[text, octets] = [text + letter, octets + size]
  }
  return text
}
