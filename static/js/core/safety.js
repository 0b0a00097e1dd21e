// @ts-check
/**
 * May this tablet be put away? Said in words, from receipts, and never greener than it is.
 * @typedef {import("./types.js").Status} Status
 * @typedef {{onServer: number, total: number}} Count
 * @typedef {{work: string, count: number}} There in words, empty where there is nothing; and how many things that is
 */
import { listed, t, tn } from './gettext.js'
import { sayTime } from './time.js'

/**
 * @param {Status} status
 * @param {Count} observations the person's own on this tablet
 * @param {{now: number, isBusy: boolean}} moment `isBusy` while something is typed or being saved
 * @returns {{isSafe: boolean, text: string, why: string[]}}
 */
export function safetyWords(status, observations, { now, isBusy }) {
  const why = [...mattersOf(status), ...(isBusy ? [t('Something is being written this moment.')] : [])]
  const photos = photosOf(status)
  const isSafe = why.length === 0 && observations.onServer === observations.total && photos.onServer === photos.total
  const there = { work: workOf(observations, photos), count: observations.total + photos.total }
  if (isSafe) return { isSafe, why, text: safeText(there, timeOf(status, now)) }
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
    [waiting || files, onlyHere(waiting, files)],
    [
      needsYou,
      tn(
        'The server did not take {count} change as it is: look at what needs you.',
        'The server did not take {count} changes as they are: look at what needs you.',
        needsYou,
      ),
    ],
    [
      filesNeedYou,
      tn(
        '{count} photo needs you: damaged here, or not taken by the server.',
        '{count} photos need you: damaged here, or not taken by the server.',
        filesNeedYou,
      ),
    ],
    [
      odd,
      tn('{count} entry on this tablet cannot be read any more.', '{count} entries on this tablet cannot be read any more.', odd),
    ],
    [status.damage, t('The storage of this tablet was damaged. Something may be missing.')],
    [status.storageTrouble || status.readOnly, t('The storage of this tablet needs attention.')],
    [status.lastContactAt === null, t('This tablet has not reached the server yet.')],
  ]
  return matters.filter(([is]) => is).map(([, words]) => words)
}

/** @param {There} there @param {string} time */
function safeText({ work, count }, time) {
  if (!work) return t('Everything is on the server, {time}. Safe to put this tablet away.', { time })
  return tn(
    '{work} is on the server, {time}. Safe to put this tablet away.',
    '{work} are on the server, {time}. Safe to put this tablet away.',
    count,
    { work, time },
  )
}

/** @param {Status} status @param {There} there */
function unsafeText({ waiting, files = 0 }, { work, count }) {
  if (waiting || files) return t('Not everything is on the server yet. Keep this tablet safe until everything is sent.')
  if (!work) return t('Not safe to put away yet: everything is on the server, and something is left to do.')
  return tn(
    'Not safe to put away yet: {work} is on the server, and something is left to do.',
    'Not safe to put away yet: {work} are on the server, and something is left to do.',
    count,
    { work },
  )
}

/** Why what waits is not there yet. @param {Status} status @param {number} now */
function reasonOf({ signedOut, offline, portal, syncing, stalled, mustUpdate, nextTryAt = null, filesNextTryAt = null }, now) {
  if (signedOut) return t('Sign in to send it. You can go on working.')
  if (portal) return t('This Wi-Fi wants you to sign in. Open a web page, sign in to the Wi-Fi, then come back.')
  if (offline) return t('There is no network. It is sent as soon as there is one and the app is open.')
  if (mustUpdate) return t('The server needs a newer version of this app: reload, then it is sent.')
  if (stalled) return t('The network works and still nothing moves. Save a copy, and tell your administrator.')
  const next = Math.max(nextTryAt ?? 0, filesNextTryAt ?? 0)
  if (next > now) return t('The server could not take it just now. The next try is at {time}.', { time: sayTime(next, now) })
  return syncing ? t('It is being sent now.') : t('It is sent by itself while the app is open.')
}

/** @param {Status} status */
function isWaiting({ waiting, files = 0 }) {
  return waiting + files > 0
}

/** "12 of 12 observations and 31 of 31 photos". @param {Count} observations @param {Count} photos */
function workOf({ onServer: done, total }, photos) {
  const parts = [
    total ? tn('{done} of {count} observation', '{done} of {count} observations', total, { done }) : '',
    photos.total ? tn('{done} of {count} photo', '{done} of {count} photos', photos.total, { done: photos.onServer }) : '',
  ]
  return listed(parts.filter(Boolean))
}

/** @param {number} changes @param {number} photos */
function onlyHere(changes, photos) {
  const parts = [
    changes ? tn('{count} change', '{count} changes', changes) : '',
    photos ? tn('{count} photo', '{count} photos', photos) : '',
  ]
  const work = listed(parts.filter(Boolean))
  return tn('{work} is on this tablet only.', '{work} are on this tablet only.', changes + photos, { work })
}

/** @param {Status} status @param {number} now */
function timeOf({ lastReceiptAt, lastContactAt }, now) {
  return sayTime(lastReceiptAt ?? lastContactAt ?? now, now)
}
