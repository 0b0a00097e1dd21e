// @ts-check
/**
 * One exchange with the server: what waits goes out, what is new comes in, until both are done.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("../store/outbox.js").Sending} Sending
 * @typedef {import("../core/types.js").Problem} Problem
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("./transport.js").Transport} Transport
 * @typedef {{store: Store, transport: Pick<Transport, "post">, spaces: () => string[], device: () => Promise<string>, build: string,
 *   now: () => number}} Means
 * @typedef {{spaces: Record<string, SpaceAnswer>}} Understood
 */
import { readAnswer } from './answer.js'
import { NetworkTrouble, Unreadable, Unserved } from './trouble.js'
import { walk } from './walk.js'

const ROWS = 500
const SCHEMA = 1
const PATH = '/api/v1/sync'
/** A feed that never ends would keep the tablet busy for ever; the next round goes on. */
const MOST_TURNS = 500
const MOST_WALKS = 2
const SPACE_CLOSED = 'unknown-space'

/**
 * Send and fetch for every space; one that may not be entered any more does not stop the others.
 * @param {Means} means
 * @param {{most: number, except: Set<string>, quiet: boolean}} how `quiet` sends nothing: is anybody there?
 * @returns {Promise<{doubts: number}>}
 */
export async function round(means, { most, except, quiet }) {
  let doubts = 0
  for (const space of means.spaces()) {
    doubts += await roundOf(means, space, { most, except, quiet })
  }
  return { doubts }
}

/**
 * @param {Means} means @param {string} space @param {{most: number, except: Set<string>, quiet: boolean}} how
 * @returns {Promise<number>} receipts that did not fit
 */
async function roundOf(means, space, { most, except, quiet }) {
  const { store } = means
  let walks = 0
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const sent = quiet ? [] : await store.outbox.batch(space, most, except)
    const answer = await post(means, space, sent, await store.outbox.cursorOf(space))
    if (answer.problem) return closed(answer.problem, space, sent)
    const { doubts } = await store.outbox.applyAnswer(space, sent, answer, means.now())
    if (doubts) return doubts
    if (answer.reset) {
      if (++walks > MOST_WALKS) return 0
      await walk(store, space, answer, (more) => post(means, space, [], more))
    } else if (isDone(answer, sent, store)) return 0
  }
  return 0
}

/** @param {SpaceAnswer} answer @param {Sending[]} sent @param {Store} store */
function isDone(answer, sent, store) {
  // Asked and not answered for: going on would ask the same for ever.
  if (sent.length && !sent.some(({ cid }) => answer.results[cid])) throw new NetworkTrouble('garbled')
  return !answer.more && (sent.length === 0 || store.status().waiting === 0)
}

/**
 * @param {Means} means @param {string} space @param {Sending[]} sent @param {object} more
 * @returns {Promise<SpaceAnswer>}
 */
async function post({ store, transport, device, build }, space, sent, more) {
  const part = { changes: sent.map(({ change }) => change), limit: ROWS, thin: false, want: [], ...more }
  const request = { schema: SCHEMA, device: await device(), build, unsent: store.status().waiting, spaces: { [space]: part } }
  const { ok, status, json, retryAfter } = await transport.post(PATH, request)
  if (ok) return readAnswer(json, [space])[space]
  const unserved = new Unserved(status, retryAfter, json)
  throw sent.length ? new Unreadable(space, sent, unserved) : unserved
}

/** @param {Problem} problem @param {string} space @param {Sending[]} sent @returns {number} */
function closed(problem, space, sent) {
  // Not this person's space any more: what waits for it stays, and the others go on.
  if (problem.code === SPACE_CLOSED) return 0
  const unserved = new Unserved(400, null, problem)
  throw sent.length ? new Unreadable(space, sent, unserved) : unserved
}
