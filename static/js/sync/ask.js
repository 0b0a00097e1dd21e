// @ts-check
/**
 * One question about one space, and the server's answer to it.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("../store/outbox.js").Sending} Sending
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("./transport.js").Transport} Transport
 * @typedef {import("./speech.js").Speech} Speech
 * @typedef {{database: string, highest: number, unsent: number|null, files: number|null, at: number, nonce?: string|null}} Remembered
 * @typedef {Store & {canary?: () => Promise<{database: string, highest: number}|null>,
 *   heardOfDevice?: (device: Remembered|null) => Promise<unknown>|unknown}} Guarded the store, as far as it guards itself
 * @typedef {object} Means
 * @property {Guarded} store
 * @property {Pick<Transport, "post">} transport
 * @property {() => string[]} spaces
 * @property {() => Promise<string>} device
 * @property {(old: string) => Promise<void>} [renewDevice] this tablet turned out to be a copy of another
 * @property {string} build
 * @property {() => number} now
 * @property {Speech} speech
 * @property {AbortSignal} [signal]
 * @property {() => void} [onMoved] something was taken over, on one side or the other
 * @property {(space: string) => void} [onClosed] the space is not this person's any more
 * @property {(now: number) => void} [onServerTime]
 */
import { readAnswer, serverNowIn } from './answer.js'
import { NEWEST_SCHEMA } from './speech.js'
import { Unreadable, Unserved } from './trouble.js'

const ROWS = 500
const PATH = '/api/v1/sync'

/**
 * @param {Means} means @param {string} space @param {Sending[]} sent @param {object} more
 * @returns {Promise<SpaceAnswer>}
 */
export async function ask(means, space, sent, more) {
  const part = { changes: sent.map(({ change }) => change), limit: ROWS, thin: false, want: [], ...more }
  const about = await aboutThisTablet(means)
  const post = (/** @type {number} */ schema) =>
    means.transport.post(PATH, written(schema, about, space, part), { signal: means.signal })
  const { ok, status, json, retryAfter } = await means.speech.said(post)
  if (ok) return heard(means, about.old.device, space, json)
  const unserved = new Unserved(status, retryAfter, json)
  throw sent.length ? new Unreadable(space, sent, unserved) : unserved
}

/** @param {Means} means */
async function aboutThisTablet({ store, device, build }) {
  const { waiting, files = 0, filesNeedYou = 0 } = store.status()
  const canary = await store.canary?.()
  const old = { device: await device(), build, unsent: waiting }
  const contact = await store.nextContact(old.device)
  return {
    old,
    more: { account: store.account, files: files + filesNeedYou, contact, ...(canary ? { canary: picked(canary) } : {}) },
  }
}

/** @param {{database: string, highest: number}} canary */
function picked({ database, highest }) {
  return { database, highest }
}

/** @param {number} schema @param {{old: object, more: object}} about @param {string} space @param {any} part */
function written(schema, { old, more }, space, part) {
  if (schema === NEWEST_SCHEMA) return { schema, ...more, ...old, spaces: { [space]: part } }
  // An older server refuses what it has never heard of.
  const { trail: _trail, offers: _offers, ...known } = part
  return { schema, ...old, spaces: { [space]: known } }
}

/** @param {Means} means @param {string} device @param {string} space @param {any} json @returns {Promise<SpaceAnswer>} */
async function heard(means, device, space, json) {
  const { store, now, onServerTime = () => {} } = means
  const answer = readAnswer(json, [space])[space]
  const serverNow = serverNowIn(json)
  if (json.device !== undefined) await heardOfDevice(means, device, json.device)
  if (serverNow === null) return answer
  store.note({ clockOff: clockOff(serverNow - now()) })
  onServerTime(serverNow)
  return { ...answer, now: serverNow }
}

/** @param {Means} means @param {string} device @param {Remembered|null} told */
async function heardOfDevice({ store, renewDevice }, device, told) {
  const isOwn = typeof told?.nonce !== 'string' || (await store.isOwnContact(device, told.nonce))
  if (!isOwn) await renewDevice?.(device)
  // What the other tablet sent since is no loss of this one. What was never sent may be: both states look alike from here.
  if (isOwn || told?.unsent || told?.files) await store.heardOfDevice?.(told)
}

const MINUTE_MS = 60_000
/** Slow answers and drifting clocks are nobody's concern below this. */
const CLOCK_MAY_BE_OFF_MS = 5 * MINUTE_MS

/** In whole minutes, so that it does not change with every answer. @param {number} off @returns {number} */
function clockOff(off) {
  return Math.abs(off) > CLOCK_MAY_BE_OFF_MS ? Math.round(off / MINUTE_MS) * MINUTE_MS : 0
}
