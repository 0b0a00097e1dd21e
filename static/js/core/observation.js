// @ts-check
/**
 * An observation as a screen begins it, the paths it is edited by, and the words for its states.
 * @typedef {import("./types.js").Body} Body
 */
import { t } from './gettext.js'

/** The edits that are paths of an observation; a screen never spells a path itself. */
export const path = {
  /** @param {string} indicator */
  rating: (indicator) => `ratings/${indicator}`,
  /** @param {string} gate */
  gate: (gate) => `gates/${gate}`,
  /** @param {string} field */
  context: (field) => `context/${field}`,
  /** @param {string} count */
  count: (count) => `counts/${count}`,
  /** @param {string} note */
  evidence: (note) => `evidence/${note}`,
  /** @param {string} field */
  answer: (field) => `answers/${field}`,
  /** @param {string} sha */
  photo: (sha) => `photos/${sha}`,
  /** @param {string} item */
  choice: (item) => `choices/${item}`,
  /** @param {string} row */
  row: (row) => `rows/${row}`,
  /** @param {number} place of the question, from 1 */
  asked: (place) => `asked/q${place}`,
  /** @param {string} sweep */
  sweep: (sweep) => `sweeps/${sweep}`,
  /** @param {string} interval */
  interval: (interval) => `intervals/${interval}`,
  /** @param {string} turn */
  turn: (turn) => `turns/${turn}`,
  /** @param {string} stretch */
  talk: (stretch) => `talk/${stretch}`,
  /** @param {string} drawing */
  ink: (drawing) => `ink/${drawing}`,
}

/** What a walk says to each observation that begins in it, where it does. @type {['focus', 'media', 'minutes']} */
const FROM_THE_WALK = ['focus', 'media', 'minutes']

/**
 * A draft with nothing rated yet.
 * @param {{walk: string, visit: string, number: number, school: string, rubric: string, observer: string,
 *   date: string, startedAt: number, form?: "full"|"short", focus?: string, media?: "none", minutes?: number,
 *   together?: boolean}} begin
 * @returns {Body}
 */
export function newObservation(begin) {
  const { walk, visit, number, school, rubric, observer, date, startedAt, form = 'full', together } = begin
  const facts = { walk, visit, number, school, rubric, observer, state: 'draft', form, date, started_at: startedAt }
  const asked = Object.fromEntries(FROM_THE_WALK.filter((name) => begin[name]).map((name) => [name, begin[name]]))
  const maps = { context: {}, gates: {}, ratings: {}, counts: {}, evidence: {}, answers: {} }
  return { ...facts, ...asked, ...(together ? { together: true } : {}), ...maps }
}

/**
 * @param {Body} body of an observation
 * @param {"walk"|"drop-in"} [walkKind] whose desk it goes to
 * @returns {string}
 */
export function stateWords(body, walkKind = 'walk') {
  if (isHidden(body)) return t('given, not revealed yet')
  if (body.state === 'submitted') return walkKind === 'walk' ? t('given to the principal') : t('given to the lead')
  if (body.state === 'released') return t('released')
  if (body.returned) return body.returned.verb === 'reopen' ? t('reopened') : t('sent back')
  return t('draft')
}

/**
 * Was it given in a team's walk whose visit nobody has revealed? Then its observer alone reads it.
 * @param {Body} body
 */
export function isHidden(body) {
  return body.state === 'submitted' && Boolean(body.together) && !body.revealed
}

/**
 * Were the ratings given once and sent back, or seen by the team? From then on words may change and ratings may not.
 * @param {Body} body
 */
export function areRatingsFrozen(body) {
  return Boolean(body.returned || body.revealed)
}

/**
 * The photos in the order they were taken.
 * @param {Body} body
 * @returns {Array<Body & {sha: string}>}
 */
export function photosOf(body) {
  const photos = Object.entries(body.photos ?? {}).map(([sha, photo]) => ({ sha, ...photo }))
  return photos.sort((a, b) => a.at - b.at || (a.sha < b.sha ? -1 : 1))
}

/** @typedef {Readonly<Body & {id: string}>} Line a note with its id */

/**
 * The notes in the order they were written. Asked again of notes that did not move, it gives the same list, and of one that did
 * the same lines for all the others.
 * @param {Body} body
 * @returns {readonly Line[]}
 */
export function evidenceOf(body) {
  const notes = body.evidence ?? NONE
  const known = linesOf.get(notes)
  if (known) return known
  const lines = Object.entries(notes).map(([id, note]) => lineOf(id, note))
  lines.sort((a, b) => (a.order ?? a.at) - (b.order ?? b.at) || (a.id < b.id ? -1 : 1))
  linesOf.set(notes, lines)
  return lines
}

/**
 * The notes that are tied to an indicator, or to a question that asks for evidence.
 * @param {Body} body @param {string} indicator
 * @returns {readonly Line[]}
 */
export function linesFor(body, indicator) {
  const lines = evidenceOf(body)
  let ties = tied.get(lines)
  if (!ties) tied.set(lines, (ties = byTie(lines)))
  return ties.get(indicator) ?? []
}

const NONE = {}
/** @type {WeakMap<Body, readonly Line[]>} */
const linesOf = new WeakMap()
/** @type {WeakMap<Body, Line>} */
const lineOfNote = new WeakMap()
/** @type {WeakMap<readonly Line[], Map<string, Line[]>>} */
const tied = new WeakMap()

/** @param {string} id @param {Body} note @returns {Line} */
function lineOf(id, note) {
  const known = lineOfNote.get(note)
  if (known?.id === id) return known
  const line = { id, ...note }
  lineOfNote.set(note, line)
  return line
}

/** @param {readonly Line[]} lines */
function byTie(lines) {
  /** @type {Map<string, Line[]>} */
  const ties = new Map()
  for (const line of lines) for (const one of new Set(line.indicators ?? [])) add(ties, one, line)
  return ties
}

/** @param {Map<string, Line[]>} ties @param {string} tie @param {Line} line */
function add(ties, tie, line) {
  const known = ties.get(tie)
  if (known) known.push(line)
  else ties.set(tie, [line])
}
