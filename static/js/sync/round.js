// @ts-check
/**
 * One exchange with the server: what waits goes out, what is new comes in, until both are done.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("../store/outbox.js").Sending} Sending
 * @typedef {import("../core/types.js").Problem} Problem
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("./ask.js").Means} Means
 * @typedef {{doubts: number, failed: Set<string>, trouble: Unserved|null}} Rounded `failed`: spaces that could not be asked
 */
import { ask } from './ask.js'
import { NetworkTrouble, Unreadable, Unserved } from './trouble.js'
import { walk } from './walk.js'

/** A feed that never ends would keep the tablet busy for ever; the next round goes on. */
const MOST_TURNS = 500
const MOST_WALKS = 2
const SPACE_CLOSED = 'unknown-space'
/** What one space's part may be answered with, and says nothing about the others. */
const OF_ITS_SPACE = [400, 413, 422, 500]

/**
 * Send and fetch for every space; one that cannot take what it is sent, cannot even be asked, or may not be entered any more,
 * does not stop the others. When every one of them is in trouble, that is thrown.
 * @param {Means} means
 * @param {{most: number, quiet: boolean, except?: Set<string>}} how `quiet` sends nothing: is anybody there?
 * @returns {Promise<Rounded>}
 */
export async function round(means, { except = new Set(), ...how }) {
  const spaces = [...(await spacesOf(means))].filter((space) => !except.has(space))
  let doubts = 0
  /** @type {Set<string>} */
  const failed = new Set()
  /** @type {Unserved|null} */
  let trouble = null
  for (const space of spaces) {
    try {
      doubts += await roundOf(means, space, how)
    } catch (error) {
      if (!(error instanceof Unserved && OF_ITS_SPACE.includes(error.status))) throw error
      trouble ??= error
      failed.add(space)
    }
  }
  if (trouble && (!how.quiet || failed.size === spaces.length)) throw trouble
  return { doubts, failed, trouble }
}

/** Also a space that was taken away: work that waits for it is the server's to judge. @param {Means} means @returns {Promise<Set<string>>} */
async function spacesOf({ spaces, store }) {
  const { due } = store.status().waiting ? await store.outbox.countDue() : { due: [] }
  return new Set([...spaces(), ...due])
}

/**
 * @param {Means} means @param {string} space @param {{most: number, quiet: boolean}} how
 * @returns {Promise<number>} receipts that did not fit
 */
async function roundOf(means, space, { most, quiet }) {
  const { store } = means
  let walks = 0
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const sent = quiet ? [] : await store.outbox.batch(space, most)
    const answer = await ask(means, space, sent, await store.outbox.cursorOf(space))
    if (answer.problem) return closed(means, answer.problem, space, sent)
    const { doubts } = await store.outbox.applyAnswer(space, sent, answer, means.now())
    if (hasMoved(answer, doubts)) means.onMoved?.()
    if (doubts) return doubts
    if (answer.reset) {
      if (++walks > MOST_WALKS) return 0
      await walk(means, space, answer)
    } else if (isDone(answer, sent, store)) return 0
  }
  return 0
}

/** @param {SpaceAnswer} answer @param {number} doubts */
function hasMoved({ results, rows = [], gone = [] }, doubts) {
  return Object.keys(results).length > doubts || rows.length > 0 || gone.length > 0
}

/** @param {SpaceAnswer} answer @param {Sending[]} sent @param {Store} store */
function isDone(answer, sent, store) {
  // Asked and not answered for: going on would ask the same for ever.
  if (sent.length && !sent.some(({ cid }) => answer.results[cid])) throw new NetworkTrouble('garbled')
  return !answer.more && (sent.length === 0 || store.status().waiting === 0)
}

/** @param {Means} means @param {Problem} problem @param {string} space @param {Sending[]} sent @returns {number} */
function closed(means, problem, space, sent) {
  // Not this person's space any more: what waits for it stays, and the others go on.
  if (problem.code !== SPACE_CLOSED) throw new Unreadable(space, sent, new Unserved(400, null, problem))
  means.onClosed?.(space)
  return 0
}
