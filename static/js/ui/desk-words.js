import { t, tc, tn } from '../core/gettext.js'
import { dateOf, sayDay, sayLength, sayTime } from '../core/time.js'
import { CHIPS, findIndicator } from './rubric-view.js'
import { versionText, whatOf } from './conflict-words.js'

export const STATE_WORDS = {
  waiting: tc('a list of observations', 'Waiting'),
  'sent-back': tc('a list of observations', 'Sent back'),
  released: tc('a list of observations', 'Released'),
  reopened: tc('a list of observations', 'Reopened'),
}
export const SAID_WORDS = { comment: t('Comment'), return: t('Sent back'), reopen: t('Reopened') }
export const RULE_WORDS = {
  'same-day': t('Feedback is due on the same day.'),
  'two-work-days': t('Feedback is due within two work days.'),
  'one-week': t('Feedback is due within one week.'),
}
/** What stays at the desk when staff look. */
export const KEPT_BACK_WORDS = {
  room: t('facts of the room'),
  counted: t('what was counted'),
  answers: t('longer answers'),
  photos: t('photos'),
  drawings: t('drawings'),
}

const HOUR_MS = 3_600_000
const HINTS = {
  bare: (what) => t('{title} is rated at either end, and no note is tied to it.', { title: what }),
  judges: (word) => t('“{word}” judges.', { word }),
  advises: (word) => t('“{word}” gives advice.', { word }),
  guesses: (word) => t('“{word}” is a guess.', { word }),
  name: (word) => t('“{word}” looks like a name. This walk keeps none.', { word }),
}

/** A hint as its reader meets it. */
export function hintWords({ kind, what }) {
  return HINTS[kind](what)
}

/** Plain, and never a reproach. */
export function dueWords(due, now) {
  const day = sayDay(due, now)
  if (due < dateOf(now)) return t('feedback was due {day}', { day })
  return t('feedback due {day}', { day })
}

/** When it came, or what is known of that. */
export function cameWords({ state, at, isKnown }, now) {
  const time = sayTime(at, now)
  if (state === 'sent-back') return t('sent back {time}', { time })
  if (state === 'reopened') return t('reopened {time}', { time })
  if (!isKnown) return t('visit of {time}', { time })
  return state === 'released' ? t('released {time}', { time }) : t('given {time}', { time })
}

/** "5 hours", "3 days": rounded, because nobody acts by the minute. */
export function sayWait(ms) {
  const hours = Math.round(ms / HOUR_MS)
  if (hours < 1) return t('less than an hour')
  return hours < 48 ? sayLength(hours, 'hour') : sayLength(Math.round(hours / 24), 'day')
}

/** The first line of a desk. */
export function medianWords({ n, median }) {
  if (median !== null) return tn('Median of {count} answer, last 30 days', 'Median of {count} answers, last 30 days', n)
  return tn(
    'Time to feedback: {count} answer in the last 30 days. From 5 on, its median stands here.',
    'Time to feedback: {count} answers in the last 30 days. From 5 on, its median stands here.',
    n,
  )
}

/** What one difference is about, and both sides of it in words. */
export function differenceWords({ path, was, now }, content) {
  const [field] = path.split('/')
  const what = field === 'photos' ? t('A photo') : whatOf({ path, stands: was, beside: now }, content)
  return { what, was: textOf(path, was, now, content), now: textOf(path, now, was, content) }
}

function textOf(path, value, other, content) {
  const [field] = path.split('/')
  if (field === 'photos') return value ? value.alt || t('a photo without words') : t('Nothing')
  if (field !== 'evidence' || !value) return versionText(path, value, content)
  const isSameText = other && other.text === value.text && other.chip === value.chip
  return isSameText ? tiedWords(value, content) : `${value.text} (${CHIPS[value.chip] ?? t('Note')})`
}

/** Where only the ties of a note changed, they are what is told. */
function tiedWords({ text, indicators }, content) {
  const titles = (indicators ?? []).map((id) => findIndicator(content, id)?.title ?? id)
  return titles.length
    ? t('{note}, tied to: {titles}', { note: text, titles: titles.join(', ') })
    : t('{note}, tied to nothing', { note: text })
}
