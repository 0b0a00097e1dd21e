// @ts-check
/**
 * A practice visit: what it begins with, what a new coach does in it, and what shows that it was done. Nothing of it is a record.
 * @typedef {import("./types.js").Body} Body
 * @typedef {import("./types.js").LocalRecord} LocalRecord
 * @typedef {{name: string, title: string, text: string, moment?: string}} Step
 */
import { t } from './gettext.js'
import { judgements } from './low-inference.js'
import { evidenceOf, newObservation } from './observation.js'
import { dateOf } from './time.js'

/** The one observation, as the address names it. */
export const PRACTICE = 'practice'
/** The line that the guide puts into the notes, to be written anew. */
export const JUDGING_LINE = 'practice-line'
export const JUDGING_WORDS = t('Good discussion')

const USUAL = 'deeper-learning-walk'
const HEARD = ['heard', 'said']
const FEWEST_WORDS_OF_EVIDENCE = 4

/** In any order; each is done by doing it. @type {Step[]} */
export const STEPS = [
  {
    name: 'heard',
    title: t('Write what a student says'),
    text: t('Choose “Heard” or “Said” and write the words as they were said: whoever reads them can judge for themselves.'),
    moment: t(
      'A moment in a room: a student points at a graph. “It goes up here because she runs faster.” The teacher asks: “How do you know?”',
    ),
  },
  {
    name: 'tied',
    title: t('Tie a note to an indicator'),
    text: t(
      'Open an indicator and choose “Tie a note” below its levels, or “Edit” on the note itself: a rating with a note can be talked about.',
    ),
  },
  {
    name: 'rated',
    title: t('Rate an indicator'),
    text: t(
      'Open one under “Indicators”, read its levels and tap the one that says what you saw: the words decide, not the number.',
    ),
  },
  {
    name: 'unseen',
    title: t('Mark one as not observed'),
    text: t('“Not observed”: it could have happened, and you did not see it. “Does not apply”: it has no place in this lesson.'),
  },
  {
    name: 'reworded',
    title: t('Turn a judgement into evidence'),
    text: t(
      '“{words}” judges. Put it into your notes and write what was there to see instead, for example: in 3 of 5 teams, students answered each other.',
      { words: JUDGING_WORDS },
    ),
  },
  {
    name: 'undone',
    title: t('Undo something'),
    text: t('Tap “Undo” at the top: your last step is taken back, so a wrong tap costs nothing.'),
  },
  {
    name: 'given',
    title: t('Finish, and give it'),
    text: t('Open “Finish”, look at the hints, then give the visit. A real one goes to the principal; this one goes nowhere.'),
  },
]

/**
 * Which steps the observation shows to be done.
 * @param {Body} body
 * @param {{writing?: string|null, undone?: boolean}} [seen] the note still under the pen; was anything taken back?
 * @returns {string[]} their names, in the order of the steps
 */
export function doneSteps(body, { writing = null, undone = false } = {}) {
  const notes = evidenceOf(body).filter(({ id }) => id !== writing)
  const rated = Object.values(body.ratings ?? {}).map((rating) => rating.value)
  /** @type {Record<string, boolean>} */
  const done = {
    heard: notes.some(({ chip }) => HEARD.includes(chip)),
    tied: notes.some(({ indicators }) => indicators?.length > 0),
    rated: rated.some((value) => typeof value === 'number'),
    unseen: rated.includes('not_observed'),
    reworded: isEvidence(body.evidence?.[JUDGING_LINE]?.text),
    undone,
    given: body.state === 'submitted',
  }
  return STEPS.map(({ name }) => name).filter((name) => done[name])
}

/** The judging word crossed out is no evidence yet. @param {string} [text] */
function isEvidence(text = '') {
  return text.trim().split(/\s+/).length >= FEWEST_WORDS_OF_EVIDENCE && judgements(text).length === 0
}

/**
 * What to practise with: the newest version of the walk that most begin with, else of whatever is rated in levels.
 * @param {LocalRecord[]} rubrics
 * @returns {LocalRecord|null}
 */
export function practiceRubric(rubrics) {
  const fit = rubrics.filter(({ body }) => !body.archived && canPractise(body.content))
  const usual = fit.filter(({ body }) => body.rubric === USUAL)
  const newestFirst = (usual.length ? usual : fit).sort((a, b) => b.body.version - a.body.version)
  return newestFirst[0] ?? null
}

/** Is there a level to tap, and a way to say that it was not seen? @param {Body} content */
function canPractise({ unit, scale, domains }) {
  return (
    unit === 'visit' &&
    domains.some(
      (/** @type {Body} */ domain) =>
        domain.indicators.some((/** @type {Body} */ one) => one.type === 'level') &&
        (domain.scale ?? scale)?.values.some((/** @type {Body} */ one) => one.value === 'not_observed'),
    )
  )
}

/**
 * The records of a visit that is none: an observation with its room, and no file can be added.
 * @param {{rubric: string, now: number}} begin
 * @returns {LocalRecord[]}
 */
export function practiceRecords({ rubric, now }) {
  const visit = 'practice-visit'
  const ids = { walk: 'practice-walk', visit, school: 'practice-school', observer: PRACTICE }
  const observation = newObservation({ ...ids, number: 1, rubric, date: dateOf(now), startedAt: now, media: 'none' })
  return [
    record(PRACTICE, 'observation', observation),
    record('practice-place', 'visit_room', { visit, room: 'practice-room' }),
    record('practice-room', 'room', { code: t('Practice room') }),
  ]
}

/** What the guide puts into the notes. @param {number} now @returns {Body} */
export function judgingLine(now) {
  return { text: JUDGING_WORDS, at: now, chip: 'saw', indicators: [] }
}

/** @param {string} id @param {string} kind @param {Body} body @returns {LocalRecord} */
function record(id, kind, body) {
  return { id, kind, space: PRACTICE, seq: 0, body, waiting: false }
}
