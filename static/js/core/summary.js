// @ts-check
/**
 * What a list line needs of a record, and the time by which lists are ordered.
 * @typedef {import("./types.js").Body} Body
 */

const OBSERVATION_LINE = [
  'walk',
  'visit',
  'number',
  'school',
  'rubric',
  'observer',
  'state',
  'form',
  'date',
  'focus',
  'started_at',
  'ended_at',
  'given_at',
  'released',
  'together',
  'revealed',
  'last',
  'same_as',
  'not_same',
]
const REVIEW_LINE = ['observation', 'observer', 'school', 'by', 'verb', 'at', 'text']
const RUBRIC_LINE = ['rubric', 'version', 'title']
const WORDS_LINE = ['rubric', 'language']

/** @type {Record<string, (body: Body) => Body>} */
const SUMMARIES = {
  observation: (body) => ({
    ...picked(body, OBSERVATION_LINE),
    rated: Object.keys(body.ratings ?? {}).length,
    notes: Object.keys(body.evidence ?? {}).length,
    ...(Object.keys(body.photos ?? {}).length ? { photos: Object.keys(body.photos) } : {}),
    ...(body.returned ? { returned: body.returned } : {}),
  }),
  review: (body) => picked(body, REVIEW_LINE),
  rubric: (body) => picked(body, RUBRIC_LINE),
  rubric_words: (body) => picked(body, WORDS_LINE),
}

/** @type {Record<string, (body: Body) => unknown>} */
const TIMES = {
  observation: (body) => body.started_at,
  walk: (body) => Date.parse(body.date),
  visit: (body) => body.started_at ?? body.planned_at,
  review: (body) => body.at,
  thank_you: (body) => body.at,
  reply: (body) => body.at,
  card: (body) => body.at,
  next_step: (body) => body.at,
}

/**
 * What stands in a record's list line: of small kinds everything.
 * @param {string} kind @param {Body} body @returns {Body}
 */
export function summaryOf(kind, body) {
  return SUMMARIES[kind]?.(body) ?? body
}

/**
 * The moment a record belongs to, in ms; 0 for what belongs to none.
 * @param {string} kind @param {Body} body @returns {number}
 */
export function momentOf(kind, body) {
  const at = TIMES[kind]?.(body)
  return typeof at === 'number' && Number.isFinite(at) ? at : 0
}

/** @param {Body} body @param {string[]} fields @returns {Body} */
function picked(body, fields) {
  return Object.fromEntries(fields.filter((field) => body[field] !== undefined).map((field) => [field, body[field]]))
}
