// @ts-check
/**
 * Moving a draft up to a newer version of its rubric: what fits goes along as it is, and what has no place any more becomes a
 * note in words, so that nothing of it is lost.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {import("./rubric.js").Content} Content
 * @typedef {{path: string, value: any}} Entry
 */
import { sameValue } from './conflict.js'
import { APART, indicatorsOf } from './rubric.js'

const CHECKED = ['context', 'gates', 'ratings', 'counts', 'answers', 'choices', 'rows', 'asked']

/**
 * What of the draft has no place in the newer version.
 * @param {Body} body @param {Content} old @param {Content} next @returns {Entry[]}
 */
export function misfits(body, old, next) {
  const entries = CHECKED.flatMap((field) => Object.entries(body[field] ?? {}).map(([key, value]) => ({ field, key, value })))
  return entries
    .filter(({ field, key, value }) => !fits(field, key, value, old, next))
    .map(({ field, key, value }) => ({ path: `${field}/${key}`, value }))
}

/**
 * The edits of the move, as one step.
 * @param {Body} body @param {Content} old @param {Content} next
 * @param {{rubric: string, newId: () => string, now: number, words: (entry: Entry) => string}} given `words` says what an entry said
 * @returns {Record<string, any>}
 */
export function movingUp(body, old, next, { rubric, newId, now, words }) {
  /** @type {Record<string, any>} */
  const set = { rubric }
  misfits(body, old, next).forEach((entry, at) => {
    set[entry.path] = null
    set[`evidence/${newId()}`] = { text: words(entry), at: now + at, chip: 'note', indicators: [] }
  })
  for (const field of ['evidence', 'photos', 'ink'])
    for (const [key, entry] of Object.entries(body[field] ?? {})) retied(set, `${field}/${key}`, entry, next)
  return set
}

/** What it was tied to and is gone is let go of; the words stay. @param {Record<string, any>} set @param {string} path @param {any} entry @param {Content} next */
function retied(set, path, entry, next) {
  const known = new Set([...indicatorsOf(next).map(({ id }) => id), ...items(next).map(({ id }) => id)])
  const kept = (entry.indicators ?? []).filter((/** @type {string} */ id) => known.has(id))
  if (entry.indicators && kept.length < entry.indicators.length) set[path] = { ...entry, indicators: kept }
}

/** @param {string} field @param {string} key @param {any} value @param {Content} old @param {Content} next @returns {boolean} */
function fits(field, key, value, old, next) {
  if (field === 'asked') return questionOf(old, key) === questionOf(next, key)
  if (field === 'ratings') return ratingFits(key, value, old, next)
  if (field === 'rows') return sameShape(listOf(old, value.of), listOf(next, value.of))
  if (field === 'choices') return sameShape(itemOf(old, key), itemOf(next, key)) && optionFits(itemOf(next, key), value.value)
  if (field === 'answers') return Boolean(named(next.open_fields, key) ?? itemOf(next, key))
  const asked = named({ context: next.context_fields, gates: next.gates, counts: next.counts }[field], key)
  return Boolean(asked) && (field === 'counts' || optionFits(asked, field === 'gates' ? value.value : value))
}

/** @param {string} key @param {any} value @param {Content} old @param {Content} next */
function ratingFits(key, value, old, next) {
  const [was, is] = [ratedIn(old, key), ratedIn(next, key)]
  if (!is || was?.type !== is.type) return false
  if (is.type === 'paired_yes_no')
    return sameValue(
      was.fields.map(({ id }) => id),
      is.fields.map(({ id }) => id),
    )
  if (is.type !== 'level') return true
  return [...is.levels.map((level) => level.value), ...apartIn(next, key)].includes(value.value)
}

/** Of the same kind, with the same columns. @param {Body|null|undefined} was @param {Body|null|undefined} is */
function sameShape(was, is) {
  return Boolean(was && is) && was?.type === is?.type && sameValue(was?.columns ?? null, is?.columns ?? null)
}

/** @param {Body|null|undefined} asked @param {any} value */
function optionFits(asked, value) {
  if (!asked?.options?.length) return true
  return (Array.isArray(value) ? value : [value]).every((one) => asked.options.includes(one))
}

/** @param {Content} content @param {string} id */
const ratedIn = (content, id) => indicatorsOf(content).find((one) => one.id === id)

/** @param {Content} content @param {string} id @returns {any[]} */
function apartIn(content, id) {
  const domain = content.domains.find(({ indicators }) => indicators.some((one) => one.id === id))
  const values = (domain?.scale ?? content.scale)?.values ?? []
  const apart = values.filter((/** @type {Body} */ one) => one.scored === false).map((/** @type {Body} */ one) => one.value)
  return apart.length ? apart : APART
}

/** @param {Content} content @param {string} key "q2" */
const questionOf = (content, key) => (content.student_questions ?? [])[Number(key.slice(1)) - 1]
/** @param {Content} content */
const items = (content) => (content.sections ?? []).flatMap((section) => section.items)
/** @param {Content} content @param {string} id */
const itemOf = (content, id) => items(content).find((one) => one.id === id)
/** @param {Content} content @param {string} id @returns {Body|undefined} */
const listOf = (content, id) => itemOf(content, id) ?? ratedIn(content, id)
/** @param {Body[]|undefined} shelf @param {string} id */
const named = (shelf, id) => (shelf ?? []).find((one) => one.id === id)
