// @ts-check
/**
 * What changed between two versions of a rubric, in the words of those who use it. Twin of `walkapp/rubric_diff.py`; both read
 * `tests/vectors/rubric-diff.json`.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {import("./rubric.js").Content} Content
 * @typedef {{what: "added"|"removed"|"changed", place: string, was: string, now: string}} Difference
 */

const LABELLED = { context_fields: 'Context', counts: 'Count', open_fields: 'Open question' }

/**
 * Every text that is gone or another, in the old one's order; then what is new.
 * @param {Content} old @param {Content} next @returns {Difference[]}
 */
export function differences(old, next) {
  const before = new Map(texts(old))
  const after = new Map(texts(next))
  /** @type {Difference[]} */
  const found = []
  for (const [place, was] of before) {
    const now = after.get(place)
    if (now === undefined) found.push({ what: 'removed', place, was, now: '' })
    else if (now !== was) found.push({ what: 'changed', place, was, now })
  }
  for (const [place, now] of after) if (!before.has(place)) found.push({ what: 'added', place, was: '', now })
  return found
}

/** @param {Content} content @returns {Generator<[string, string]>} */
function* texts(content) {
  yield ['Title', content.title]
  yield ['Purpose', content.purpose]
  yield* scale('Scale', content.scale)
  for (const { id, question, options } of content.gates ?? []) {
    yield [`Question ${id}`, question]
    yield [`Question ${id}, answers`, options.join(', ')]
  }
  for (const domain of content.domains ?? []) {
    yield [`Domain ${domain.id}`, domain.title]
    yield* scale(`Domain ${domain.id}, scale`, domain.scale)
    for (const one of domain.indicators) yield* indicator(one)
  }
  for (const [part, word] of Object.entries(LABELLED))
    for (const { id, label } of content[part] ?? []) yield [`${word} ${id}`, label]
  for (const [at, question] of (content.student_questions ?? []).entries()) yield [`Question for students ${at + 1}`, question]
  for (const { id, title, items } of content.sections ?? []) {
    yield [`Section ${id}`, title]
    for (const one of items) yield* item(one)
  }
}

/** @param {Body} one @returns {Generator<[string, string]>} */
function* indicator(one) {
  const place = `Indicator ${one.id}`
  yield [place, one.title]
  yield [`${place}, kind`, one.type]
  if (one.core) yield [`${place}, core`, 'yes']
  for (const { value, text } of one.levels) yield [`${place}, level ${value}`, text]
  for (const { id, question } of one.fields) yield [`${place}, ${id}`, question]
}

/** @param {Body} one @returns {Generator<[string, string]>} */
function* item(one) {
  const place = `Answer ${one.id}`
  yield [place, one.label]
  yield [`${place}, kind`, one.type]
  if (one.options?.length) yield [`${place}, options`, one.options.join(', ')]
  for (const { value, text } of one.levels ?? []) yield [`${place}, level ${value}`, text]
}

/** @param {string} place @param {Body|null|undefined} found @returns {Generator<[string, string]>} */
function* scale(place, found) {
  for (const { value, label } of found?.values ?? []) yield [`${place}, ${value}`, label]
}
