// @ts-check
/**
 * May this tablet be put away? Said in words, from receipts, and never greener than it is.
 * @typedef {import("./types.js").Status} Status
 * @typedef {{onServer: number, total: number}} Count
 */
import { sayTime } from './time.js'

/**
 * @param {Status} status
 * @param {Count} observations the person's own on this tablet
 * @param {{now: number, isBusy: boolean}} moment `isBusy` while something is typed or being saved
 * @returns {{isSafe: boolean, text: string, why: string[]}}
 */
export function safetyWords(status, observations, { now, isBusy }) {
  const why = [...mattersOf(status), ...(isBusy ? ['Something is being written this moment.'] : [])]
  const photos = photosOf(status)
  const isSafe = why.length === 0 && observations.onServer === observations.total && photos.onServer === photos.total
  const there = sumOf(observations, photos)
  if (isSafe) return { isSafe, why, text: `${there} on the server, ${timeOf(status, now)}. Safe to put this tablet away.` }
  return { isSafe, why: [...why, ...(isWaiting(status) ? [reasonOf(status, now)] : [])], text: unsafeText(status, there) }
}

/** @param {Status} status @returns {Count} photos taken on this tablet */
export function photosOf({ files = 0, filesSent = 0, filesNeedYou = 0 }) {
  return { onServer: filesSent, total: filesSent + files + filesNeedYou }
}

/** What makes a tablet unsafe to put away, besides counts. @param {Status} status @returns {string[]} */
function mattersOf(status) {
  const { waiting, files = 0, needsYou, filesNeedYou = 0, odd = 0 } = status
  /** @type {Array<[unknown, string]>} */
  const matters = [
    [waiting || files, `${onlyHere(waiting, files)} on this tablet only.`],
    [
      needsYou,
      `The server did not take ${counted(needsYou, 'change')} as ${needsYou === 1 ? 'it is' : 'they are'}: look at what needs you.`,
    ],
    [
      filesNeedYou,
      `${counted(filesNeedYou, 'photo')} ${filesNeedYou === 1 ? 'needs' : 'need'} you: damaged here, or not taken by the server.`,
    ],
    [odd, `${counted(odd, 'entry', 'entries')} on this tablet cannot be read any more.`],
    [status.damage, 'The storage of this tablet was damaged. Something may be missing.'],
    [status.storageTrouble || status.readOnly, 'The storage of this tablet needs attention.'],
    [status.lastContactAt === null, 'This tablet has not reached the server yet.'],
  ]
  return matters.filter(([is]) => is).map(([, words]) => words)
}

/** @param {Status} status @param {string} there */
function unsafeText({ waiting, files = 0 }, there) {
  const keep = 'Keep this tablet safe until everything is sent.'
  return waiting || files
    ? `Not everything is on the server yet. ${keep}`
    : `Not safe to put away yet: ${lower(there)} on the server, and something is left to do.`
}

/** Why what waits is not there yet. @param {Status} status @param {number} now */
function reasonOf({ signedOut, offline, portal, syncing, stalled, mustUpdate, nextTryAt = null, filesNextTryAt = null }, now) {
  if (signedOut) return 'Sign in to send it. You can go on working.'
  if (portal) return 'This Wi-Fi wants you to sign in. Open a web page, sign in to the Wi-Fi, then come back.'
  if (offline) return 'There is no network. It is sent as soon as there is one and the app is open.'
  if (mustUpdate) return 'The server needs a newer version of this app: reload, then it is sent.'
  if (stalled) return 'The network works and still nothing moves. Save a copy, and tell your administrator.'
  const next = Math.max(nextTryAt ?? 0, filesNextTryAt ?? 0)
  if (next > now) return `The server could not take it just now. The next try is at ${sayTime(next, now)}.`
  return syncing ? 'It is being sent now.' : 'It is sent by itself while the app is open.'
}

/** @param {Status} status */
function isWaiting({ waiting, files = 0 }) {
  return waiting + files > 0
}

/** "12 of 12 observations and 31 of 31 photos are". @param {Count} observations @param {Count} photos */
function sumOf(observations, photos) {
  const parts = [ofTotal(observations, 'observation'), ofTotal(photos, 'photo')].filter(Boolean)
  if (parts.length === 0) return 'Everything is'
  return `${parts.join(' and ')} ${parts.length === 1 && (observations.total || photos.total) === 1 ? 'is' : 'are'}`
}

/** @param {Count} count @param {string} what */
function ofTotal({ onServer, total }, what) {
  return total ? `${onServer} of ${counted(total, what)}` : ''
}

/** @param {number} changes @param {number} photos */
function onlyHere(changes, photos) {
  const parts = [changes && counted(changes, 'change'), photos && counted(photos, 'photo')].filter(Boolean)
  return `${parts.join(' and ')} ${changes + photos === 1 ? 'is' : 'are'}`
}

/** @param {Status} status @param {number} now */
function timeOf({ lastReceiptAt, lastContactAt }, now) {
  return sayTime(lastReceiptAt ?? lastContactAt ?? now, now)
}

/** @param {number} number @param {string} one @param {string} [many] */
function counted(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`
}

/** @param {string} text */
function lower(text) {
  return text[0].toLowerCase() + text.slice(1)
}
