// @ts-check
/**
 * The way back from anything unusual: a changed right, a server restored from a backup, a tablet away for a year. Ids and seqs
 * of all that may be seen are listed, what differs is fetched, and the rest is forgotten at the very end.
 *
 * @typedef {import("./ask.js").Means} Means
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("../store/walk.js").WholeRow} WholeRow
 * @typedef {import("../store/walk.js").Lost} Lost
 */
import { ask } from './ask.js'
import { offerBack } from './history.js'
import { Unserved } from './trouble.js'

const LISTED_AT_ONCE = 500
const WANTED_AT_ONCE = 200
const MOST_STARTS = 3

/**
 * Walk until the tablet holds exactly what it may see. Cut short, it changes no cursor, and the next round begins it again.
 * @param {Means} means @param {string} space @param {SpaceAnswer} reset
 */
export async function walk(means, space, reset) {
  let why = reset
  let isHistory = false
  for (let start = 0; start < MOST_STARTS; start += 1) {
    isHistory ||= why.reset === 'history'
    const again = await walkOnce(means, space, why, isHistory)
    if (!again) return
    why = again
  }
}

/**
 * @param {Means} means @param {string} space @param {SpaceAnswer} reset @param {boolean} isHistory
 * @returns {Promise<SpaceAnswer|null>} a new reset that came in the middle
 */
async function walkOnce(means, space, { at }, isHistory) {
  if (!isHistory) return fetchAll(means, space, at, null)
  const offered = await offerBack(means, space, at)
  return 'lost' in offered ? fetchAll(means, space, offered.at, offered.lost) : offered.again
}

/**
 * @param {Means} means @param {string} space @param {string} at @param {Lost|null} history
 * @returns {Promise<SpaceAnswer|null>} a new reset that came in the middle
 */
async function fetchAll(means, space, at, history) {
  const { store } = means
  const here = await store.outbox.knownSeqs(space)
  /** @type {Set<string>} */
  const listed = new Set()
  /** @type {Set<string>} what left one's sight while the walk went on */
  const left = new Set()
  /** @type {string[]} */
  const missing = []
  /** @type {SpaceAnswer|null} */
  let answer = null
  let began = ''
  do {
    const want = missing.splice(0, WANTED_AT_ONCE)
    const cursor = answer ? answer.cursor : null
    const more = { known: answer?.at ?? at, cursor, limit: LISTED_AT_ONCE, thin: true, want }
    /** @type {SpaceAnswer} */
    const next = await ask(means, space, [], more)
    if (next.problem) throw new Unserved(400, null, next.problem)
    if (next.reset) return next
    answer = next
    began ||= answer.at
    for (const id of answer.gone ?? []) left.add(id) && listed.delete(id)
    for (const [seq, id] of answer.rows.filter((row) => row.length === 2)) {
      listed.add(id)
      left.delete(id)
      if (here.get(id) !== seq || isDoubtful(seq, history)) missing.push(id)
    }
    const whole = /** @type {WholeRow[]} */ (answer.rows.filter((row) => row.length > 2))
    missing.unshift(...unanswered(want, whole))
    if (whole.length) await store.outbox.takeRows(space, whole, { history, at: answer.at })
    means.onMoved?.()
  } while (answer.more || missing.length)
  await store.outbox.finishWalk(space, { listed, left, cursor: placed(began, answer.cursor), at: answer.at, history })
  return null
}

/**
 * Where the walk began, in the view it ended in: what was removed behind it is listed nowhere, and the feed tells it from there.
 * @param {string} began "seq.tag" @param {string} cursor "seq.view"
 */
function placed(began, cursor) {
  return `${began.split('.')[0]}.${cursor.split('.')[1]}`
}

/** After a lost history the same number says the same only before the newest common commit. @param {number} seq @param {Lost|null} history */
function isDoubtful(seq, history) {
  return history !== null && seq >= history.common
}

/**
 * What did not fit into the answer is asked for again; when none came at all, none may be seen any more.
 * @param {string[]} want @param {WholeRow[]} whole
 */
function unanswered(want, whole) {
  const came = new Set(whole.map((row) => row[1]))
  const rest = want.filter((id) => !came.has(id))
  return rest.length < want.length ? rest : []
}
