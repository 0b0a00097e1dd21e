// @ts-check
/**
 * What a rubric's own rules make of an observation. Twin of `walkapp/rubric.py`; both read `tests/vectors/rubric-*.json`.
 * `content` is the rubric record's normalised content, `body` an observation's body.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{id: string, title: string, core: boolean, ask_students: boolean, look_fors: string[],
 *   type: "level"|"paired_yes_no", levels: Array<{value: number, text: string}>,
 *   fields: Array<{id: string, question: string}>, derive: Record<string, string>|null}} Indicator
 * @typedef {{id: string, title: string, about?: string, scale?: Body|null, indicators: Indicator[]}} Domain
 * @typedef {Body & {domains: Domain[], gates: Body[]}} Content
 * @typedef {Record<string, any>} Rating
 */

const PAIRED = 'paired_yes_no'
const SHORT = 'short'

/**
 * The indicators the form asks for, each with its domain: the core ones in the short form, else all.
 * @param {Content} content
 * @param {string} [form]
 * @returns {Array<Indicator & {domain: string}>}
 */
export function indicatorsOf(content, form = 'full') {
  const every = content.domains.flatMap((domain) => domain.indicators.map((one) => ({ ...one, domain: domain.id })))
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
  const asked = indicatorsOf(content).find((one) => one.id === indicatorId)
  if (!asked || asked.type === PAIRED || isChosen(body.ratings?.[indicatorId])) return null
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
  const asked = indicatorsOf(content, body.form)
  const answered = asked.filter((one) => isAnswered(one, body.ratings?.[one.id]))
  const derived = asked.filter((one) => gateDefault(content, body, one.id) !== null)
  return { answered: answered.length, derived: derived.length, total: asked.length }
}

/**
 * Did the observer touch the indicator at all?
 * @param {Rating|null|undefined} rating
 */
export function isChosen(rating) {
  return Object.values(rating ?? {}).some((value) => value !== null && value !== undefined)
}

/**
 * Is the rating whole? A paired indicator needs every one of its questions.
 * @param {Pick<Indicator, "type" | "fields">} indicator
 * @param {Rating|null|undefined} rating
 */
export function isAnswered(indicator, rating) {
  if (!rating || !isChosen(rating)) return false
  if (rating.value !== undefined && rating.value !== null) return true
  return indicator.type === PAIRED && indicator.fields.every((field) => rating[field.id] != null)
}

/** @param {Body} gate @param {string} domain @param {Body} body */
function settles(gate, domain, body) {
  return Boolean(gate.when_no?.domains.includes(domain)) && body.gates?.[gate.id]?.value === 'no'
}
