// @ts-check
/**
 * What would strengthen an observation before it is given. Hints only: each names its place, each can be left, none blocks.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {import("./rubric.js").Content} Content
 * @typedef {{key: string, kind: "gate"|"bare"|"core"|"judges"|"advises"|"guesses"|"name", what: string, part: string, line?: string}} Hint
 */
import { judgements, nameIn } from './low-inference.js'
import { evidenceOf } from './observation.js'
import { gateDefault, indicatorsOf, isAnsweredIn, isOpen } from './rubric.js'

/**
 * @param {Content} content @param {Body} body
 * @returns {Hint[]} first what is missing, then the notes in their order
 */
export function hintsOf(content, body) {
  return [...gates(content, body), ...bare(content, body), ...core(content, body), ...inNotes(content, body)]
}

/** What the desk looks at when it reads: the words and what a rating stands on. What is missing is its observer's to see. @param {Content} content @param {Body} body */
export function readersHints(content, body) {
  return [...bare(content, body), ...inNotes(content, body)]
}

/** How many indicators nobody rated; what is optional or waits for an answer is not among them. @param {Content} content @param {Body} body */
export function unrated(content, body) {
  const asked = indicatorsOf(content, body.form).filter((one) => !one.optional && isOpen(one, body))
  return asked.filter((one) => !isAnsweredIn(body, one) && !gateDefault(content, body, one.id))
}

/** @param {Content} content @param {Body} body @returns {Hint[]} */
function gates(content, body) {
  const open = (content.gates ?? []).filter(({ id }) => !body.gates?.[id]?.value)
  return open.map(({ id, question }) => ({ key: `gate:${id}`, kind: 'gate', what: question, part: 'indicators' }))
}

/** A rating at either end stands on evidence. @param {Content} content @param {Body} body @returns {Hint[]} */
function bare(content, body) {
  const ends = content.evidence_rule?.required_for ?? []
  const tied = new Set(evidenceOf(body).flatMap(({ indicators }) => indicators ?? []))
  const without = indicatorsOf(content, body.form).filter(({ id }) => ends.includes(body.ratings?.[id]?.value) && !tied.has(id))
  return without.map(({ id, title }) => ({ key: `bare:${id}:${body.ratings?.[id]?.value}`, kind: 'bare', what: title, part: id }))
}

/** @param {Content} content @param {Body} body @returns {Hint[]} */
function core(content, body) {
  return unrated(content, body)
    .filter((one) => one.core)
    .map(({ id, title }) => ({ key: `core:${id}`, kind: 'core', what: title, part: id }))
}

/** @param {Content} content @param {Body} body @returns {Hint[]} */
function inNotes(content, body) {
  const known = wordsWithCapitals(content)
  return evidenceOf(body).flatMap(({ id, text, chip }) => [
    ...judgements(text, chip).map(({ word, why }) => ({
      key: `${why}:${id}:${word}`,
      kind: why,
      what: word,
      part: 'notes',
      line: id,
    })),
    ...named(content, id, text, known),
  ])
}

/** Names are looked for where a walk keeps none. @param {Content} content @param {string} id @param {string} text @param {Set<string>} known @returns {Hint[]} */
function named(content, id, text, known) {
  const name = content.zone === 'walk' ? nameIn(text, known) : null
  return name ? [{ key: `name:${id}:${name}`, kind: 'name', what: name, part: 'notes', line: id }] : []
}

/** What the rubric itself writes with a capital letter names nobody in the room. @param {Content} content */
function wordsWithCapitals(content) {
  return new Set(JSON.stringify(content).match(/\p{Lu}\p{Ll}+/gu) ?? [])
}
