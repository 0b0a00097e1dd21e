import { textOf } from '../core/conflict.js'
import { choiceWords, rowWords } from './answer-words.js'
import { CHIPS, clockOf, findIndicator, itemsOf, labelOf } from './rubric-view.js'

const FIELDS = {
  focus: 'The focus question',
  title: 'The name of the walk',
  problem: 'The problem of practice',
  state: 'How far it is',
  form: 'Short or full form',
  date: 'The day',
}
/** What was counted: one entry has no name of its own. */
const COUNTED = {
  asked: 'Students asked',
  sweeps: 'An engagement sweep',
  intervals: 'A signal of a sweep',
  seats: 'How the seats are arranged',
  turns: 'A turn of talk',
  talk: 'Who held the floor',
  ink: 'A drawing',
}
const SAID = { yes: 'Yes', no: 'No', short: 'Short form', full: 'Full form', true: 'Yes', false: 'No' }

/** What two tablets wrote at once, as its person calls it. */
export function whatOf({ path, stands, beside }, content) {
  const [field, key] = path.split('/')
  if (field === 'evidence') return `The note of ${clockOf((stands ?? beside).at)}`
  if (field === 'ratings') return findIndicator(content, key)?.title ?? 'A rating'
  if (field === 'gates') return named(content?.gates, key, 'question') ?? 'An answer'
  if (COUNTED[field]) return COUNTED[field]
  if (field === 'rows') return listOf(content, (stands ?? beside).of)?.label ?? 'A row'
  if (field === 'choices' || (field === 'answers' && itemOf(content, key))) return itemOf(content, key)?.label ?? 'An answer'
  const shelf = { context: content?.context_fields, counts: content?.counts, answers: content?.open_fields }[field]
  return named(shelf, key, 'label') ?? FIELDS[field] ?? 'An answer'
}

/** One version, in words. */
export function versionText(path, value, content) {
  const [field, key] = path.split('/')
  if (value === null || value === undefined) return 'Nothing'
  if (field === 'evidence') return `${value.text} (${CHIPS[value.chip] ?? 'Note'})`
  if (textOf(value) !== null && field !== 'gates') return SAID[textOf(value)] ?? textOf(value)
  if (field === 'ratings') return ratingText(findIndicator(content, key), value, content)
  if (field === 'choices') return choiceWords(itemOf(content, key) ?? { type: '' }, value)
  if (field === 'rows') return rowText(listOf(content, value.of), value)
  if (COUNTED[field]) return countedText(field, value)
  if (Array.isArray(value)) return value.join(', ')
  const plain = value?.value ?? value
  return SAID[plain] ?? String(plain)
}

const itemOf = (content, id) => (content ? itemsOf(content).find((one) => one.id === id) : null)
const listOf = (content, id) => itemOf(content, id) ?? (content ? findIndicator(content, id) : null)

function rowText(list, row) {
  return (list && rowWords(list, { rows: { row } }).join(' ')) || 'An empty row'
}

function countedText(field, value) {
  if (field === 'asked') return `${value.could ?? 0} of ${value.asked ?? 0} could answer`
  if (field === 'seats') return `${value.rows} rows of ${value.columns}`
  if (field === 'ink') return value.alt || 'A drawing'
  const { at, until: _until, sweep: _sweep, by: _by, n, ...rest } = value
  const said = Object.values(rest)
    .flat()
    .map((one) => SAID[one] ?? String(one))
  return [clockOf(at), field === 'intervals' ? `signal ${n}` : '', ...said].filter(Boolean).join(', ')
}

function ratingText(indicator, value, content) {
  if (!indicator) return String(value.value ?? 'A rating')
  if (value.n != null || value.of != null) return choiceWords(indicator, value)
  if (value.value !== undefined && value.value !== null) return labelOf(content, indicator, value.value)
  return (indicator.fields ?? []).map(({ id, question }) => `${question} ${SAID[value[id]] ?? 'No answer'}`).join(' ')
}

function named(shelf, id, field) {
  return (shelf ?? []).find((one) => one.id === id)?.[field]
}
