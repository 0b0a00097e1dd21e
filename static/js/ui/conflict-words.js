import { textOf } from '../core/conflict.js'
import { CHIPS, clockOf, findIndicator, labelOf } from './rubric-view.js'

const FIELDS = {
  focus: 'The focus question',
  title: 'The name of the walk',
  problem: 'The problem of practice',
  state: 'How far it is',
  form: 'Short or full form',
  date: 'The day',
}
const SAID = { yes: 'Yes', no: 'No', short: 'Short form', full: 'Full form', true: 'Yes', false: 'No' }

/** What two tablets wrote at once, as its person calls it. */
export function whatOf({ path, stands, beside }, content) {
  const [field, key] = path.split('/')
  if (field === 'evidence') return `The note of ${clockOf((stands ?? beside).at)}`
  if (field === 'ratings') return findIndicator(content, key)?.title ?? 'A rating'
  if (field === 'gates') return named(content?.gates, key, 'question') ?? 'An answer'
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
  if (Array.isArray(value)) return value.join(', ')
  const plain = value?.value ?? value
  return SAID[plain] ?? String(plain)
}

function ratingText(indicator, value, content) {
  if (!indicator) return String(value.value ?? 'A rating')
  if (value.value !== undefined && value.value !== null) return labelOf(content, indicator, value.value)
  return (indicator.fields ?? []).map(({ id, question }) => `${question} ${SAID[value[id]] ?? 'No answer'}`).join(' ')
}

function named(shelf, id, field) {
  return (shelf ?? []).find((one) => one.id === id)?.[field]
}
