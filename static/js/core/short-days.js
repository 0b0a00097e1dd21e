// @ts-check
/**
 * "Nov 3" as the language of the page writes it. The browser's own format takes long to make the first time, so that what it
 * says of each month can be kept from one start of the app to the next.
 *
 * @typedef {{locale: string, plain: string[], dated: string[]}} Patterns twelve each, with `{day}` and, in `dated`, `{year}`
 */
import { locales } from './gettext.js'

/** Neither is also a month or a day. */
const [A_YEAR, A_DAY] = [2026, 22]
/** @type {Patterns|null} */
let kept = null
/** Making one takes far longer than asking it. @type {Map<string, Intl.DateTimeFormat>} */
const FORMATS = new Map()

/**
 * @param {[number, number, number]} day year, month from 1, and day, which are a day
 * @param {boolean} hasYear
 */
export function sayShortDay([year, month, day], hasYear) {
  if (kept?.locale !== `${locales()}`) return formatOf(hasYear).format(Date.UTC(year, month - 1, day))
  const pattern = (hasYear ? kept.dated : kept.plain)[month - 1]
  return pattern.replace('{day}', String(day)).replace('{year}', String(year))
}

/** What the browser says of every month; null where its numbers are not written 0 to 9. @returns {Patterns|null} */
export function learnPatterns() {
  const [plain, dated] = [false, true].map((hasYear) => Array.from({ length: 12 }, (_, month) => patternOf(hasYear, month)))
  const isWhole = [...plain, ...dated].every((one) => one.includes('{day}')) && dated.every((one) => one.includes('{year}'))
  return isWhole ? { locale: `${locales()}`, plain, dated } : null
}

/** What was learned at an earlier start, if it is whole. @param {any} patterns */
export function usePatterns(patterns) {
  const isWhole = [patterns?.plain, patterns?.dated].every(
    (list) => Array.isArray(list) && list.length === 12 && list.every((one) => typeof one === 'string'),
  )
  kept = isWhole && typeof patterns.locale === 'string' ? patterns : null
}

/** Is there a pattern for the language of the page? */
export function hasPatterns() {
  return kept?.locale === `${locales()}`
}

/** @param {boolean} hasYear @param {number} month from 0 */
function patternOf(hasYear, month) {
  const parts = formatOf(hasYear).formatToParts(Date.UTC(A_YEAR, month, A_DAY))
  return parts.map(({ type, value }) => named(type, value)).join('')
}

/** @param {string} type @param {string} value */
function named(type, value) {
  if (type === 'day' && value === String(A_DAY)) return '{day}'
  return type === 'year' && value === String(A_YEAR) ? '{year}' : value
}

/** The calendar day is fixed already: in UTC no change of the tablet's time zone moves it. @param {boolean} hasYear */
function formatOf(hasYear) {
  const key = `${locales()} ${hasYear}`
  const known = FORMATS.get(key)
  if (known) return known
  const year = hasYear ? { year: /** @type {const} */ ('numeric') } : {}
  const made = new Intl.DateTimeFormat(locales(), { month: 'short', day: 'numeric', timeZone: 'UTC', ...year })
  FORMATS.set(key, made)
  return made
}
