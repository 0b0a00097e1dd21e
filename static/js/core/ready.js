// @ts-check
/**
 * Can this walk be walked on this tablet without a network? Each thing it takes, there or missing, and what to do about it.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {"there"|"know"|"missing"} Standing `know`: it goes without, and its person should know
 * @typedef {{is: Standing, text: string, todo?: string, at?: string}} Line `at` leads to where it is put right
 *
 * @typedef {object} Facts
 * @property {boolean} app are all of its files on this tablet?
 * @property {import("./types.js").Status} status
 * @property {{title: string, lang: string}|null} rubric
 * @property {string} language of the page
 * @property {boolean} isWhole a whole-school rubric has no rooms
 * @property {Array<{number: number, hasRoom: boolean}>} stops
 * @property {Array<string|null>} names of those who walk along; null where the tablet does not know one
 * @property {boolean} wantsPhotos
 * @property {boolean|null} hasRoom can a photo be written now? null while nobody has tried
 * @property {string} person who is signed in
 * @property {number} now
 */
import { listed, t, tn } from './gettext.js'
import { sayTime } from './time.js'

const FETCH = t('Keep the app open where there is a network, then check again.')

/** @param {Facts} facts @returns {{isReady: boolean, missing: number, lines: Line[]}} */
export function readiness(facts) {
  const parts = [appLine, fetchedLine, rubricLine, wordsLine, stopsLine, namesLine, photosLine, storageLine, oddLine, personLine]
  const lines = parts.map((part) => part(facts)).filter((line) => line !== null)
  const missing = lines.filter(({ is }) => is === 'missing').length
  return { isReady: missing === 0, missing, lines }
}

/** @param {string} text @returns {Line} */
const there = (text) => ({ is: 'there', text })
/** @param {string} text @param {string} [todo] @param {string} [at] @returns {Line} */
const missing = (text, todo = FETCH, at) => ({ is: 'missing', text, todo, at })
/** @param {string} text @param {string} [todo] @param {string} [at] @returns {Line} */
const know = (text, todo, at) => ({ is: 'know', text, todo, at })

/** @param {Facts} facts */
function appLine({ app }) {
  return app ? there(t('The app itself')) : missing(t('The app itself is not all on this tablet.'))
}

/** What was changed since then is not here, and nobody can know whether anything was. @param {Facts} facts */
function fetchedLine({ status: { lastContactAt }, now }) {
  if (lastContactAt === null) return missing(t('This tablet has not reached the server yet.'))
  return there(t('Fetched from the server, {time}', { time: sayTime(lastContactAt, now) }))
}

/** @param {Facts} facts */
function rubricLine({ rubric }) {
  return rubric ? there(t('The rubric: {title}', { title: rubric.title })) : missing(t('The rubric is not on this tablet.'))
}

/** @param {Facts} facts */
function wordsLine({ rubric, language }) {
  if (!rubric || language === 'en' || rubric.lang === language) return null
  return know(t('The rubric is here in English only.'), t('If your district has it in your language, fetch it with a network.'))
}

/** @param {Facts} facts */
function stopsLine({ stops, isWhole }) {
  if (!stops.length) return know(t('This walk has no stops on this tablet.'), t('Add them below, also on the day.'))
  const lost = isWhole ? [] : stops.filter(({ hasRoom }) => !hasRoom).map(({ number }) => String(number))
  const numbers = listed(lost)
  if (lost.length)
    return missing(
      tn(
        'The room of stop {numbers} is not on this tablet.',
        'The rooms of stops {numbers} are not on this tablet.',
        lost.length,
        {
          numbers,
        },
      ),
    )
  if (isWhole) return there(t('The whole-school visit'))
  return there(tn('{count} stop with its room', '{count} stops with their rooms', stops.length))
}

/** @param {Facts} facts */
function namesLine({ names }) {
  if (!names.length) return null
  const known = names.filter((name) => name !== null)
  if (known.length === names.length) return there(t('Who walks along: {names}', { names: listed(known) }))
  return missing(
    tn(
      'The name of {count} person who walks along is not on this tablet.',
      'The names of {count} people who walk along are not on this tablet.',
      names.length - known.length,
    ),
  )
}

/** @param {Facts} facts */
function photosLine({ wantsPhotos, hasRoom, status: { lowRoom } }) {
  if (!wantsPhotos) return null
  if (hasRoom === false)
    return missing(t('There is no room for a photo.'), t('Make room on this tablet, then check again.'), '#/tablet')
  if (lowRoom) return know(t('Little room is left for photos.'), t('Make room on this tablet, then check again.'), '#/tablet')
  return hasRoom ? there(t('Room for photos')) : null
}

/** @param {Facts} facts */
function storageLine({ status: { persisted, isPassing, storageTrouble, readOnly } }) {
  if (storageTrouble || readOnly)
    return missing(t('The storage of this tablet needs attention.'), t('See what is wrong.'), '#/tablet')
  if (isPassing)
    return missing(
      t('This is a private window: what is written here goes when it is closed.'),
      t('Open the app in a usual window.'),
    )
  if (persisted) return there(t('This browser keeps what you write.'))
  return know(
    t('This browser may clear what you write when room gets short.'),
    t('Add the app to the home screen, and send often.'),
    '#/tablet',
  )
}

/** @param {Facts} facts */
function oddLine({ status: { odd } }) {
  if (!odd) return null
  const words = tn(
    '{count} entry on this tablet cannot be read any more.',
    '{count} entries on this tablet cannot be read any more.',
    odd,
  )
  return know(words, t('See which.'), '#/needs')
}

/** @param {Facts} facts */
function personLine({ status: { signedOut }, person }) {
  if (!signedOut) return there(t('Signed in: {name}', { name: person }))
  return know(
    t('{name} is to sign in again: until then nothing is sent.', { name: person }),
    t('You can go on working, and sign in where there is a network.'),
    '#/tablet',
  )
}
