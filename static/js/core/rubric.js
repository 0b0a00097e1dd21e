// @ts-check
/**
 * What a rubric's own rules make of an observation. Twin of `walkapp/rubric.py`; both read `tests/vectors/rubric-*.json`.
 * `content` is the rubric record's normalised content, `body` an observation's body.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{id: string, title: string, core: boolean, ask_students: boolean, look_fors: string[],
 *   type: "level"|"paired_yes_no"|"yes_no"|"integer"|"percent"|"fraction"|"list", levels: Array<{value: number, text: string}>,
 *   fields: Array<{id: string, question: string}>, derive: Record<string, string>|null,
 *   columns?: Body[], hints?: Body[], note?: string, min?: number, max?: number, suggest_n?: number,
 *   only_if?: {gate: string, answers: string[]}}} Indicator
 * @typedef {{id: string, title: string, about?: string, optional?: boolean, scale?: Body|null, indicators: Indicator[]}} Domain
 * @typedef {Body & {id: string, label: string, type: string, options?: string[], levels?: Array<{value: number, text: string}>,
 *   columns?: Body[], hint?: string}} Item a question of a section: answered, not rated
 * @typedef {Body & {domains: Domain[], gates: Body[], sections?: Array<{id: string, title: string, about: string, items: Item[]}>}} Content
 * @typedef {Record<string, any>} Rating
 */

const LEVEL = 'level'
const PAIRED = 'paired_yes_no'
const FRACTION_PARTS = ['n', 'of']
/**
 * Where a number, a yes or a list is asked for and the scale has no such words: it was not seen, or it cannot be here.
 * Neither is "no", and neither is nought.
 */
export const APART = ['not_observed', 'not_applicable']
const SHORT = 'short'

/**
 * The indicators the form asks for, each with its domain: the core ones in the short form, else all.
 * @param {Content} content
 * @param {string} [form]
 * @returns {Array<Indicator & {domain: string, optional?: boolean}>}
 */
export function indicatorsOf(content, form = 'full') {
  const every = [...everyOf(content).values()]
  if (form !== SHORT || !content.short_form) return every
  return every.filter((one) => one.core)
}

/**
 * The value a gate answered "no" gives an indicator nobody rated, marked as derived.
 * Nothing of it is stored: it is worked out on reading, and a rating the observer chose wins.
 * @param {Content} content
 * @param {Body} body
 * @param {string} indicatorId
 * @returns {{value: number|string, derived: true}|null}
 */
export function gateDefault(content, body, indicatorId) {
  const asked = everyOf(content).get(indicatorId)
  if (!asked || asked.type !== LEVEL || isChosen(body.ratings?.[indicatorId])) return null
  const gate = content.gates.find((one) => settles(one, asked.domain, body))
  return gate ? { value: gate.when_no.default_value, derived: true } : null
}

/**
 * What a paired yes/no comes to: met, not_met or not_observed (or the answer that is no level).
 * @param {Pick<Indicator, "fields" | "derive">} indicator
 * @param {Rating|null|undefined} rating
 * @returns {string}
 */
export function pairedResult(indicator, rating) {
  const answers = rating ?? {}
  if (answers.value !== undefined && answers.value !== null) return String(answers.value)
  const derive = indicator.derive ?? {}
  const given = indicator.fields.map((field) => answers[field.id])
  if (given.includes('no')) return derive.any_no
  return given.every((one) => one === 'yes') ? derive.both_yes : derive.otherwise
}

/**
 * How far the observation is, counted over the indicators of its own form.
 * @param {Content} content
 * @param {Body} body
 * @returns {{answered: number, derived: number, total: number}}
 */
export function progress(content, body) {
  const asked = indicatorsOf(content, body.form).filter((one) => isAsked(one, body))
  const answered = asked.filter((one) => isAnsweredIn(body, one))
  const derived = asked.filter((one) => gateDefault(content, body, one.id) !== null)
  return { answered: answered.length, derived: derived.length, total: asked.length }
}

/**
 * Does the observation ask for it at all? What is optional counts once it is answered.
 * @param {Indicator & {optional?: boolean}} indicator
 * @param {Body} body
 */
export function isAsked(indicator, body) {
  return isOpen(indicator, body) && (!indicator.optional || isAnsweredIn(body, indicator))
}

/**
 * Is it shown? An indicator can wait for a gate to be answered so.
 * @param {Indicator} indicator
 * @param {Body} body
 */
export function isOpen({ only_if: wanted }, body) {
  return !wanted || wanted.answers.includes(body.gates?.[wanted.gate]?.value)
}

/**
 * Did the observer touch the indicator at all?
 * @param {Rating|null|undefined} rating
 */
export function isChosen(rating) {
  return Object.values(rating ?? {}).some((value) => value !== null && value !== undefined)
}

/**
 * Is it answered? As a rating, or a list by its rows.
 * @param {Body} body
 * @param {Indicator} indicator
 */
export function isAnsweredIn(body, indicator) {
  if (isAnswered(indicator, body.ratings?.[indicator.id])) return true
  return indicator.type === 'list' && Object.values(body.rows ?? {}).some(({ of }) => of === indicator.id)
}

/**
 * Is the rating whole? A paired indicator needs every one of its questions, a fraction both of its numbers.
 * @param {Pick<Indicator, "type" | "fields">} indicator
 * @param {Rating|null|undefined} rating
 */
export function isAnswered(indicator, rating) {
  if (!rating || !isChosen(rating)) return false
  if (rating.value !== undefined && rating.value !== null) return true
  if (indicator.type === 'fraction') return FRACTION_PARTS.every((part) => rating[part] != null)
  return indicator.type === PAIRED && indicator.fields.every((field) => rating[field.id] != null)
}

/** @typedef {Indicator & {domain: string, optional?: boolean}} Asked */

/** A rubric's content never changes, and is asked for each of its indicators. @type {WeakMap<Content, Map<string, Asked>>} */
const known = new WeakMap()

/** @param {Content} content @returns {Map<string, Asked>} by id, in their order */
function everyOf(content) {
  const found = known.get(content)
  if (found) return found
  const every = content.domains.flatMap(({ id, optional, indicators }) =>
    indicators.map((one) => ({ ...one, domain: id, ...(optional ? { optional } : {}) })),
  )
  const byId = new Map(every.map((one) => [one.id, one]))
  known.set(content, byId)
  return byId
}

/** @param {Body} gate @param {string} domain @param {Body} body */
function settles(gate, domain, body) {
  return Boolean(gate.when_no?.domains.includes(domain)) && body.gates?.[gate.id]?.value === 'no'
}
