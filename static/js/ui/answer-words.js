import { inOrder } from '../core/counting.js'
import { t } from '../core/gettext.js'
import { linesFor } from '../core/observation.js'
import { optionWords } from '../core/rubric-words.js'
import { sayDay } from '../core/time.js'
import { clockOf } from './rubric-view.js'

export const SAID = { yes: t('Yes'), no: t('No') }

/** What stands for a question of a section, one text for each paragraph; none where nothing was answered. */
export function answerWords(item, body) {
  const chosen = choiceWords(item, body.choices?.[item.id])
  const written = body.answers?.[item.id]
  return [
    ...(chosen ? [chosen] : []),
    ...(written ? [written] : []),
    ...(item.columns ? rowWords(item, body) : []),
    ...(item.type === 'evidence_list' ? linesFor(body, item.id).map(({ at, text }) => `${clockOf(at)} ${text}`) : []),
  ]
}

/** A choice, a count, a level or a day in words; empty where there is none. */
export function choiceWords(item, given) {
  if (!given) return ''
  const { value, n, of } = given
  if (n != null || of != null) return t('{n} of {of}', { n: String(n ?? '?'), of: String(of ?? '?') })
  if (value == null) return ''
  if (Array.isArray(value)) return value.map((one) => optionWords(item, one)).join(', ')
  if (item.type === 'scale') return item.levels.find((one) => one.value === value)?.text ?? String(value)
  if (item.type === 'date') return sayDay(value, 0)
  return item.type === 'percent' ? t('{number} %', { number: String(value) }) : (SAID[value] ?? optionWords(item, value))
}

/** What a gate was answered with. */
export function gateWords(gate, value) {
  return SAID[value] ?? optionWords(gate, value)
}

/** Each row of a list as one line. */
export function rowWords({ id, columns }, body) {
  const rows = inOrder(body.rows).filter(({ of }) => of === id)
  const cell = (row, column) => choiceWords(column, row[column.id] == null ? null : { value: row[column.id] })
  return rows
    .map((row) =>
      columns
        .map((column) => cell(row, column))
        .filter(Boolean)
        .join(' · '),
    )
    .filter(Boolean)
}
