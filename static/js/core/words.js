// @ts-check
/**
 * What the tablet says about where a person's work is. One thing has one name on every screen.
 * @typedef {import("./types.js").Status} Status
 */
import { listed, t, tn } from './gettext.js'
import { sayLength, sayTime } from './time.js'

export const SAVED = t('saved on this tablet')
export const HELD = t('kept for the lead to decide')
export const TWO_VERSIONS = t('Two tablets wrote here at the same time')
export const BROUGHT_BACK = t('You removed this here. It was changed on another tablet at the same time, so it was brought back.')

/** @type {Record<string, string>} */
const TROUBLE = {
  slow: t('still saving…'),
  full: t("This tablet's storage is full. Your text is still here."),
  lost: t("This tablet's storage does not answer. Your text is still here."),
  blocked: t('Close the other tab with this app, please: it holds back an update.'),
  closed: t("This tablet's storage cannot be opened."),
  newer: t('A newer version of this app is here. Reload, please.'),
  failed: t('This tablet can only be read at the moment.'),
}
const STALLED = t('nothing could be sent, although there is a network')
const DAMAGED = t('storage was damaged')
const SLOW_SERVER = t('waiting for the server')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** @param {number} count */
export function waitingWords(count) {
  return t('waiting ({count})', { count: String(count) })
}

/** @param {number} at when the receipt came @param {number} now */
export function onServerWords(at, now) {
  return t('on the server, {time}', { time: sayTime(at, now) })
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
 * The same of a record that was given away: without a receipt it came from the server, or waits to go there, or was not taken.
 * @param {import("./types.js").Receipt} receipt
 * @param {number} now
 */
export function keptWords({ at, waiting, refused, fetched }, now) {
  if (waiting) return t('saved on this tablet, waiting to be sent')
  if (refused) return t('saved on this tablet, not taken by the server')
  if (at !== null) return onServerWords(at, now)
  return fetched ? t('on the server') : SAVED
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
  if (needs > 0) return { text: tn('needs you ({count})', 'needs you ({count})', needs), tone: 'attention' }
  if (unsent(status) > 0) return { text: `${SAVED} · ${waitingText(status)}`, tone: 'waiting' }
  if (status.signedOut) return { text: t('sign in to send and fetch'), tone: 'waiting' }
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
  if (signedOut) return signInWords(toSend ?? 0)
  if (portal) return t('this Wi-Fi wants you to sign in')
  if (offline) return t('no network')
  return serverSlow ? SLOW_SERVER : ''
}

/** @param {number} toSend */
function signInWords(toSend) {
  if (!toSend) return t('sign in to send')
  return tn('sign in to send {count} observation', 'sign in to send {count} observations', toSend)
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
  const said = tn('{count} try in vain', '{count} tries in vain', tries)
  if (nextTryAt === null) return said
  if (nextTryAt <= now) return t('{tries}; next try now', { tries: said })
  return t('{tries}; next try at {time}', { tries: said, time: sayTime(nextTryAt, now) })
}

/**
 * A hint, and never more: a wrong clock decides nothing.
 * @param {number|undefined} off ms by which the server is ahead
 */
export function clockWords(off = 0) {
  if (!off) return ''
  const length = lengthOf(Math.abs(off))
  return off > 0
    ? t("This tablet's clock is {length} behind. Times shown may be wrong; nothing is lost by it.", { length })
    : t("This tablet's clock is {length} ahead. Times shown may be wrong; nothing is lost by it.", { length })
}

/** @param {number} ms */
function lengthOf(ms) {
  if (ms >= DAY_MS) return sayLength(Math.floor(ms / DAY_MS), 'day')
  if (ms >= HOUR_MS) return sayLength(Math.floor(ms / HOUR_MS), 'hour')
  return sayLength(Math.floor(ms / MINUTE_MS), 'minute')
}

/**
 * Who wrote one of two versions and when, as far as this tablet knows.
 * @param {{here: boolean, at: number|null}} by @param {boolean} isMine only this person writes here @param {number} now
 */
export function versionWords({ here, at }, isMine, now) {
  const mine = here ? t('You, on this tablet') : t('You, on another tablet')
  const who = here || isMine ? mine : t('Somebody, on another tablet')
  return at === null ? who : t('{who}, {time}', { who, time: sayTime(at, now) })
}

/**
 * At a sign-in: what another tablet of the same person last said to be on it only. It may be this very one, cleared since.
 * @param {import("./types.js").Elsewhere} there @param {number} now
 */
export function elsewhereWords({ name, unsent: changes, files, reported_at: at }, now) {
  const parts = [
    changes ? tn('{count} change', '{count} changes', changes) : '',
    files ? tn('{count} photo', '{count} photos', files) : '',
  ]
  const tablet = name ? t('Another tablet of yours ({name})', { name }) : t('Another tablet of yours')
  const work = listed(parts.filter(Boolean))
  const heard = heardWords(changes + files, { tablet, work, time: at === null ? '' : sayTime(at, now) })
  const next = t(
    'Open the app there to send. If it is this tablet and its storage was cleared, only a saved copy still has that work.',
  )
  return `${heard} ${next}`
}

/** @param {number} count @param {{tablet: string, work: string, time: string}} facts */
function heardWords(count, facts) {
  if (!facts.time) {
    return tn(
      '{tablet} was last heard of with {work} that was not on the server.',
      '{tablet} was last heard of with {work} that were not on the server.',
      count,
      facts,
    )
  }
  return tn(
    '{tablet} was last heard of with {work} that was not on the server, {time}.',
    '{tablet} was last heard of with {work} that were not on the server, {time}.',
    count,
    facts,
  )
}

/** @param {Status} status */
function troubleTone(status) {
  return status.storageTrouble === 'slow' ? 'waiting' : 'attention'
}
