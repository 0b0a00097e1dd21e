// @ts-check
/**
 * What changed between two versions of a rubric, in the words of those who use it. Twin of `walkapp/rubric_diff.py`; both read
 * `tests/vectors/rubric-diff.json`.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {import("./rubric.js").Content} Content
 * @typedef {{what: "added"|"removed"|"changed", place: string, was: string, now: string}} Difference
 * @typedef {[string, string, string]} Said by what it is known again in any language, its place in words, and what it says
 */
import { t } from './gettext.js'

/** @type {Record<string, (id: string) => string>} */
const LABELLED = {
  context_fields: (id) => t('Context {id}', { id }),
  counts: (id) => t('Count {id}', { id }),
  open_fields: (id) => t('Open question {id}', { id }),
}

/**
 * Every text that is gone or another, in the old one's order; then what is new.
 * @param {Content} old @param {Content} next @returns {Difference[]}
 */
export function differences(old, next) {
  const before = textsOf(old)
  const after = textsOf(next)
  /** @type {Difference[]} */
  const found = []
  for (const [key, { place, text: was }] of before) {
    const now = after.get(key)?.text
    if (now === undefined) found.push({ what: 'removed', place, was, now: '' })
    else if (now !== was) found.push({ what: 'changed', place, was, now })
  }
  for (const [key, { place, text: now }] of after) if (!before.has(key)) found.push({ what: 'added', place, was: '', now })
  return found
}

/** @param {Content} content */
function textsOf(content) {
  return new Map([...texts(content)].map(([key, place, text]) => [key, { place, text }]))
}

/** @param {Content} content @returns {Generator<Said>} */
function* texts(content) {
  yield ['title', t('Title'), content.title]
  yield ['purpose', t('Purpose'), content.purpose]
  for (const [value, label] of scale(content.scale)) yield [`scale/${value}`, t('Scale, {value}', { value }), label]
  for (const one of content.gates ?? []) yield* gate(one)
  for (const domain of content.domains ?? []) {
    const { id } = domain
    yield [`domain/${id}`, t('Domain {id}', { id }), domain.title]
    for (const [value, label] of scale(domain.scale))
      yield [`domain/${id}/${value}`, t('Domain {id}, scale, {value}', { id, value }), label]
    for (const one of domain.indicators) yield* indicator(one)
  }
  for (const [part, words] of Object.entries(LABELLED))
    for (const { id, label } of content[part] ?? []) yield [`${part}/${id}`, words(id), label]
  for (const [at, question] of (content.student_questions ?? []).entries())
    yield [`asked/${at}`, t('Question for students {number}', { number: String(at + 1) }), question]
  for (const { id, title, items } of content.sections ?? []) {
    yield [`section/${id}`, t('Section {id}', { id }), title]
    for (const one of items) yield* item(one)
  }
}

/** @param {Body} one @returns {Generator<Said>} */
function* gate({ id, question, options }) {
  yield [`gate/${id}`, t('Question {id}', { id }), question]
  yield [`gate/${id}/answers`, t('Question {id}, answers', { id }), options.join(', ')]
}

/** @param {Body} one @returns {Generator<Said>} */
function* indicator(one) {
  const key = `indicator/${one.id}`
  const { id } = one
  yield [key, t('Indicator {id}', { id }), one.title]
  yield [`${key}/kind`, t('Indicator {id}, kind', { id }), one.type]
  if (one.core) yield [`${key}/core`, t('Indicator {id}, core', { id }), t('yes')]
  for (const { value, text } of one.levels)
    yield [`${key}/level/${value}`, t('Indicator {id}, level {value}', { id, value: String(value) }), text]
  for (const { id: field, question } of one.fields)
    yield [`${key}/field/${field}`, t('Indicator {id}, {field}', { id, field }), question]
}

/** @param {Body} one @returns {Generator<Said>} */
function* item(one) {
  const key = `item/${one.id}`
  const { id } = one
  yield [key, t('Answer {id}', { id }), one.label]
  yield [`${key}/kind`, t('Answer {id}, kind', { id }), one.type]
  if (one.options?.length) yield [`${key}/options`, t('Answer {id}, options', { id }), one.options.join(', ')]
  for (const { value, text } of one.levels ?? [])
    yield [`${key}/level/${value}`, t('Answer {id}, level {value}', { id, value: String(value) }), text]
}

/** @param {Body|null|undefined} found @returns {Array<[string, string]>} */
function scale(found) {
  return (found?.values ?? []).map((/** @type {Body} */ { value, label }) => [String(value), label])
}
