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

/**
 * A draft with nothing rated yet.
 * @param {{walk: string, visit: string, number: number, school: string, rubric: string, observer: string,
 *   date: string, startedAt: number, form?: "full"|"short", focus?: string, media?: "none"}} begin
 * @returns {Body}
 */
export function newObservation(begin) {
  const { walk, visit, number, school, rubric, observer, date, startedAt, form = 'full', focus, media } = begin
  const facts = { walk, visit, number, school, rubric, observer, state: 'draft', form, date, started_at: startedAt }
  const maps = { context: {}, gates: {}, ratings: {}, counts: {}, evidence: {}, answers: {} }
  return { ...facts, ...(focus ? { focus } : {}), ...(media ? { media } : {}), ...maps }
}

/**
 * @param {Body} body of an observation
 * @param {"walk"|"drop-in"} [walkKind] whose desk it goes to
 * @returns {string}
 */
export function stateWords(body, walkKind = 'walk') {
  if (body.state === 'submitted') return walkKind === 'walk' ? t('given to the principal') : t('given to the lead')
  if (body.state === 'released') return t('released')
  if (body.returned) return body.returned.verb === 'reopen' ? t('reopened') : t('sent back')
  return t('draft')
}

/**
 * Were the ratings given once and sent back? From then on words may change and ratings may not.
 * @param {Body} body
 */
export function areRatingsFrozen(body) {
  return Boolean(body.returned)
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

/**
 * The notes in the order they were written.
 * @param {Body} body
 * @returns {Array<Body & {id: string}>}
 */
export function evidenceOf(body) {
  const notes = Object.entries(body.evidence ?? {}).map(([id, note]) => ({ id, ...note }))
  return notes.sort((a, b) => (a.order ?? a.at) - (b.order ?? b.at) || (a.id < b.id ? -1 : 1))
}
