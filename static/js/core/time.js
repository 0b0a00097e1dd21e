// @ts-check
/** Times as a person says them, in the tablet's own time zone and on a 24-hour clock. */
import { t, tn } from './gettext.js'
import { sayShortDay } from './short-days.js'

const MINUTE_MS = 60_000
/** @type {Record<'minute'|'hour'|'day', (count: number) => string>} */
const LENGTHS = {
  minute: (count) => tn('{count} minute', '{count} minutes', count),
  hour: (count) => tn('{count} hour', '{count} hours', count),
  day: (count) => tn('{count} day', '{count} days', count),
}

/**
 * "14:02" today, "yesterday, 14:02", else "Nov 3, 14:02", with the year when it is another one.
 * @param {number} ms
 * @param {number} now
 */
export function sayTime(ms, now) {
  const then = new Date(ms)
  const clock = `${two(then.getHours())}:${two(then.getMinutes())}`
  if (dateOf(ms) === dateOf(now)) return clock
  return t('{day}, {time}', { day: sayDay(dateOf(ms), now), time: clock })
}

/**
 * "today", "yesterday", else "Nov 3" or "Nov 3, 2025".
 * @param {string} date YYYY-MM-DD
 * @param {number} now
 */
export function sayDay(date, now) {
  if (date === dateOf(now)) return t('today')
  if (date === dayBefore(now)) return t('yesterday')
  const [year, month, day] = date.split('-').map(Number)
  // What is no day is said as it stands: formats throw at it.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return date
  return sayShortDay([year, month, day], year !== new Date(now).getFullYear())
}

/**
 * The local calendar day, "YYYY-MM-DD".
 * @param {number} ms
 */
export function dateOf(ms) {
  const then = new Date(ms)
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`
}

/**
 * "3 minutes", "2 hours", "5 days": how long ago, rounded down.
 * @param {number} ms
 * @param {number} now
 */
export function sayAge(ms, now) {
  const minutes = Math.max(0, Math.floor((now - ms) / MINUTE_MS))
  if (minutes < 1) return t('less than a minute')
  if (minutes < 60) return sayLength(minutes, 'minute')
  if (minutes < 48 * 60) return sayLength(Math.floor(minutes / 60), 'hour')
  return sayLength(Math.floor(minutes / (24 * 60)), 'day')
}

/** "1 minute", "3 hours". @param {number} count @param {'minute'|'hour'|'day'} unit */
export function sayLength(count, unit) {
  return LENGTHS[unit](count)
}

/** @param {number} now */
function dayBefore(now) {
  const day = new Date(now)
  // Noon, because a day that changes to summer time has 23 hours.
  day.setHours(12)
  day.setDate(day.getDate() - 1)
  return dateOf(day.getTime())
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, '0')
}
