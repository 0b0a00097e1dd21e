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

const TROUBLE = {
  slow: 'still saving…',
  full: "This tablet's storage is full. Your text is still here.",
  lost: "This tablet's storage does not answer. Your text is still here.",
  blocked: 'Close the other tab with this app, please: it holds back an update.',
  newer: 'A newer version of this app is here. Reload, please.',
}

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
  if (status.needsYou > 0) return { text: `${NEEDS_YOU} (${status.needsYou})`, tone: 'attention' }
  if (status.waiting > 0) return { text: `${SAVED} · ${waitingText(status)}`, tone: 'waiting' }
  if (status.signedOut) return { text: 'sign in to send and fetch', tone: 'waiting' }
  if (status.lastReceiptAt !== null) return { text: onServerWords(status.lastReceiptAt, now), tone: 'quiet' }
  return { text: SAVED, tone: 'quiet' }
}

/** @param {Status} status */
function waitingText(status) {
  if (status.signedOut) return `${waitingWords(status.waiting)} · sign in to send`
  if (status.offline) return `${waitingWords(status.waiting)} · no network`
  return waitingWords(status.waiting)
}

/** @param {Status} status */
function troubleTone(status) {
  return status.storageTrouble === 'slow' ? 'waiting' : 'attention'
}
