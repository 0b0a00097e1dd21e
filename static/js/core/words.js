// @ts-check
/**
 * What the tablet says about where a person's work is. One thing has one name on every screen.
 * @typedef {import("./types.js").Status} Status
 */
import { sayTime } from './time.js'

export const SAVED = 'saved on this tablet'
export const NEEDS_YOU = 'needs you'
export const HELD = 'kept for the lead to decide'
export const SEND_AND_FETCH = 'send and fetch'
export const QUICK_VISIT = 'quick visit'
export const TYPING = 'typing…'
export const TWO_VERSIONS = 'Two tablets wrote here at the same time'
export const BROUGHT_BACK = 'You removed this here. It was changed on another tablet at the same time, so it was brought back.'

/** @type {Record<string, string>} */
const TROUBLE = {
  slow: 'still saving…',
  full: "This tablet's storage is full. Your text is still here.",
  lost: "This tablet's storage does not answer. Your text is still here.",
  blocked: 'Close the other tab with this app, please: it holds back an update.',
  closed: "This tablet's storage cannot be opened.",
  newer: 'A newer version of this app is here. Reload, please.',
  failed: 'This tablet can only be read at the moment.',
}
const STALLED = 'nothing could be sent, although there is a network'
const DAMAGED = 'storage was damaged'
const SLOW_SERVER = 'waiting for the server'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** @param {number} count */
export function waitingWords(count) {
  return `waiting (${count})`
}

/** @param {number} at when the receipt came @param {number} now */
export function onServerWords(at, now) {
  return `on the server, ${sayTime(at, now)}`
}

/**
 * Where one record's latest words are, from its receipt and nothing else.
 * @param {{at: number|null, waiting: boolean}} receipt
 * @param {number} now
 */
export function receiptWords(receipt, now) {
  if (receipt.waiting || receipt.at === null) return SAVED
  return onServerWords(receipt.at, now)
}

/**
 * The status line: the most pressing thing first, and never more than is known.
 * @param {Status} status
 * @param {number} now
 * @returns {{text: string, tone: "quiet"|"waiting"|"attention"}}
 */
export function statusWords(status, now) {
  if (status.storageTrouble) return { text: TROUBLE[status.storageTrouble], tone: troubleTone(status) }
  if (status.damage) return { text: `${DAMAGED} · ${statusWords({ ...status, damage: null }, now).text}`, tone: 'attention' }
  if (status.stalled) return { text: STALLED, tone: 'attention' }
  const needs = needsYouCount(status)
  if (needs > 0) return { text: `${NEEDS_YOU} (${needs})`, tone: 'attention' }
  if (unsent(status) > 0) return { text: `${SAVED} · ${waitingText(status)}`, tone: 'waiting' }
  if (status.signedOut) return { text: 'sign in to send and fetch', tone: 'waiting' }
  if (status.serverSlow) return { text: SLOW_SERVER, tone: 'waiting' }
  if (status.lastReceiptAt !== null) return { text: onServerWords(status.lastReceiptAt, now), tone: 'quiet' }
  return { text: SAVED, tone: 'quiet' }
}

/** @param {Status} status */
function waitingText(status) {
  const more = waitingFor(status)
  return more ? `${waitingWords(unsent(status))} · ${more}` : waitingWords(unsent(status))
}

/** Changes and photos without a receipt. @param {Pick<Status, "waiting" | "files">} status */
export function unsent({ waiting, files = 0 }) {
  return waiting + files
}

/** @param {Status} status */
function waitingFor({ signedOut, toSend, offline, portal, serverSlow }) {
  if (signedOut) return `sign in to send${toSend ? ` ${counted(toSend, 'observation')}` : ''}`
  if (portal) return 'this Wi-Fi wants you to sign in'
  if (offline) return 'no network'
  return serverSlow ? SLOW_SERVER : ''
}

/**
 * What was not taken as it is, and what two tablets wrote at the same time.
 * @param {Pick<Status, "needsYou" | "filesNeedYou" | "conflicts">} status
 */
export function needsYouCount({ needsYou, filesNeedYou = 0, conflicts = 0 }) {
  return needsYou + filesNeedYou + conflicts
}

/**
 * How often it was tried in vain, and when it is tried again; empty while all is well.
 * @param {Pick<Status, "tries" | "nextTryAt">} status @param {number} now
 */
export function triesWords({ tries = 0, nextTryAt = null }, now) {
  if (!tries) return ''
  const next = nextTryAt === null ? '' : `; next try ${nextTryAt <= now ? 'now' : `at ${sayTime(nextTryAt, now)}`}`
  return `${counted(tries, 'try', 'tries')} in vain${next}`
}

/**
 * A hint, and never more: a wrong clock decides nothing.
 * @param {number|undefined} off ms by which the server is ahead
 */
export function clockWords(off = 0) {
  if (!off) return ''
  const size = Math.abs(off)
  const [length, unit] = size >= DAY_MS ? [DAY_MS, 'day'] : size >= HOUR_MS ? [HOUR_MS, 'hour'] : [MINUTE_MS, 'minute']
  const words = counted(Math.floor(size / Number(length)), String(unit))
  return `This tablet's clock is ${words} ${off > 0 ? 'behind' : 'ahead'}. Times shown may be wrong; nothing is lost by it.`
}

/**
 * Who wrote one of two versions and when, as far as this tablet knows.
 * @param {{here: boolean, at: number|null}} by @param {boolean} isMine only this person writes here @param {number} now
 */
export function versionWords({ here, at }, isMine, now) {
  const where = here ? 'on this tablet' : 'on another tablet'
  const who = here || isMine ? 'You' : 'Somebody'
  return `${who}, ${where}${at === null ? '' : `, ${sayTime(at, now)}`}`
}

/**
 * At a sign-in: what another tablet of the same person last said to be on it only. It may be this very one, cleared since.
 * @param {import("./types.js").Elsewhere} there @param {number} now
 */
export function elsewhereWords({ name, unsent: changes, files, reported_at: at }, now) {
  const what = [changes && counted(changes, 'change'), files && counted(files, 'photo')].filter(Boolean).join(' and ')
  const which = `Another tablet of yours${name ? ` (${name})` : ''}`
  const when = at === null ? '' : `, ${sayTime(at, now)}`
  const is = changes + files === 1 ? 'was' : 'were'
  return `${which} was last heard of with ${what} that ${is} not on the server${when}. Open the app there to send. If it is this tablet and its storage was cleared, only a saved copy still has that work.`
}

/** @param {number} count @param {string} one @param {string} [many] */
function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`
}

/** @param {Status} status */
function troubleTone(status) {
  return status.storageTrouble === 'slow' ? 'waiting' : 'attention'
}
