import { textOf } from '../core/conflict.js'
import { t, tc } from '../core/gettext.js'
import { optionWords } from '../core/rubric-words.js'
import { choiceWords, rowWords } from './answer-words.js'
import { CHIPS, clockOf, findIndicator, itemsOf, labelOf } from './rubric-view.js'

const FIELDS = {
  focus: t('The focus question'),
  title: t('The name of the walk'),
  problem: t('The problem of practice'),
  norms: t('Norms'),
  look_fors: t('Look for'),
  state: t('How far it is'),
  form: t('Short or full form'),
  date: t('The day'),
  strength: t('One strength'),
  question: t('One question'),
  step: t('One small step'),
  look_for: t('Look for this next time'),
}
/** What was counted: one entry has no name of its own. */
const COUNTED = {
  asked: t('Students asked'),
  sweeps: t('An engagement sweep'),
  intervals: t('A signal of a sweep'),
  seats: t('How the seats are arranged'),
  turns: t('A turn of talk'),
  talk: t('Who held the floor'),
  ink: t('A drawing'),
}
const SAID = { yes: t('Yes'), no: t('No'), short: t('Short form'), full: t('Full form'), true: t('Yes'), false: t('No') }
const FLOOR = {
  teacher: tc('held the floor', 'teacher'),
  students: tc('held the floor', 'students'),
  both: tc('held the floor', 'both'),
  quiet: tc('held the floor', 'quiet'),
}

/** What two tablets wrote at once, as its person calls it. */
export function whatOf({ path, stands, beside }, content) {
  const [field, key] = path.split('/')
  if (field === 'evidence') return t('The note of {time}', { time: clockOf((stands ?? beside).at) })
  if (field === 'ratings') return findIndicator(content, key)?.title ?? t('A rating')
  if (field === 'gates') return named(content?.gates, key, 'question') ?? t('An answer')
  if (COUNTED[field]) return COUNTED[field]
  if (field === 'rows') return listOf(content, (stands ?? beside).of)?.label ?? t('A row')
  if (field === 'choices' || (field === 'answers' && itemOf(content, key))) return itemOf(content, key)?.label ?? t('An answer')
  const shelf = { context: content?.context_fields, counts: content?.counts, answers: content?.open_fields }[field]
  return named(shelf, key, 'label') ?? FIELDS[field] ?? t('An answer')
}

/** One version, in words. */
export function versionText(path, value, content) {
  const [field, key] = path.split('/')
  if (value === null || value === undefined) return t('Nothing')
  if (field === 'evidence') return `${value.text} (${CHIPS[value.chip] ?? t('Note')})`
  if (field === 'context' || field === 'gates') return optionText(field, key, value, content)
  if (textOf(value) !== null) return SAID[textOf(value)] ?? textOf(value)
  if (field === 'ratings') return ratingText(findIndicator(content, key), value, content)
  if (field === 'choices') return choiceWords(itemOf(content, key) ?? { type: '' }, value)
  if (field === 'rows') return rowText(listOf(content, value.of), value)
  if (COUNTED[field]) return countedText(field, value, content)
  if (Array.isArray(value)) return value.join(', ')
  const plain = value?.value ?? value
  return SAID[plain] ?? String(plain)
}

const itemOf = (content, id) => (content ? itemsOf(content).find((one) => one.id === id) : null)
const listOf = (content, id) => itemOf(content, id) ?? (content ? findIndicator(content, id) : null)

function rowText(list, row) {
  return (list && rowWords(list, { rows: { row } }).join(' ')) || t('An empty row')
}

/** What was chosen in one of a few words, of the room or of the whole visit. */
function optionText(field, key, value, content) {
  const shelf = field === 'gates' ? content?.gates : content?.context_fields
  const plain = value.value ?? value
  return SAID[plain] ?? optionWords(byId(shelf, key), plain)
}

function countedText(field, value, content) {
  if (field === 'asked') return t('{n} of {all} could answer', { n: value.could ?? 0, all: value.asked ?? 0 })
  if (field === 'seats') return t('{rows} rows of {columns}', { rows: value.rows, columns: value.columns })
  if (field === 'ink') return value.alt || t('A drawing')
  const { at, until: _until, sweep: _sweep, by: _by, n, ...rest } = value
  const asks = { intervals: content?.sweep, turns: content?.turns }[field]?.asks
  const said = Object.entries(rest).flatMap(([ask, given]) =>
    [given].flat().map((one) => (field === 'talk' && FLOOR[one]) || (SAID[one] ?? optionWords(byId(asks, ask), one))),
  )
  return [clockOf(at), field === 'intervals' ? t('signal {number}', { number: String(n) }) : '', ...said]
    .filter(Boolean)
    .join(', ')
}

function ratingText(indicator, value, content) {
  if (!indicator) return String(value.value ?? t('A rating'))
  if (value.n != null || value.of != null) return choiceWords(indicator, value)
  if (value.value !== undefined && value.value !== null) return labelOf(content, indicator, value.value)
  return (indicator.fields ?? []).map(({ id, question }) => `${question} ${SAID[value[id]] ?? t('No answer')}`).join(' ')
}

function named(shelf, id, field) {
  return byId(shelf, id)?.[field]
}

function byId(shelf, id) {
  return (shelf ?? []).find((one) => one.id === id)
}
