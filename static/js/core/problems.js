// @ts-check
/**
 * Sentences for trouble the tablet meets before, or without, the server's own words.
 * @typedef {import("./types.js").Problem} Problem
 */
import { t } from './gettext.js'

/** @type {Record<string, {title: string, next: string}>} */
const SENTENCES = {
  'no-network': {
    title: t('There is no network here.'),
    next: t('Go on working: everything is kept on this tablet and sent later.'),
  },
  timeout: { title: t('The server took too long to answer.'), next: t('Nothing is lost. The app tries again by itself.') },
  'captive-portal': {
    title: t('This Wi-Fi wants you to sign in.'),
    next: t('Open a web page, sign in to the Wi-Fi, then come back.'),
  },
  garbled: { title: t('The answer from the server was cut short.'), next: t('Nothing is lost. The app tries again by itself.') },
  'server-trouble': {
    title: t('The server has trouble at the moment.'),
    next: t('Nothing is lost. The app tries again by itself.'),
  },
  'signed-out': {
    title: t('You are signed out on this tablet.'),
    next: t('Sign in to send what is waiting. You can go on working.'),
  },
  'someone-else': { title: t('Somebody else signed in with this browser.'), next: t('Sign in again to send what is waiting.') },
  'too-big': { title: t('One change is too big for the server.'), next: t('Shorten the longest note, or save a copy.') },
  'file-refused': {
    title: t('The server did not take a photo.'),
    next: t('It is kept on this tablet. Send it again, or take it away and take a new one.'),
  },
  'file-damaged': {
    title: t('A photo was damaged on this tablet.'),
    next: t('The notes are as they were. Take the photo away, and take it again if you can.'),
  },
  'server-falls': {
    title: t('The server has trouble with one change.'),
    next: t(
      'It is kept here and tried again, ever more seldom; everything else is sent. If this stays, save a copy and tell your administrator.',
    ),
  },
  'must-update': {
    title: t('This app is older than the server allows.'),
    next: t('Reload to get the new version. Nothing is lost.'),
  },
  'receipt-differs': {
    title: t("The server's receipt does not fit what was sent."),
    next: t('It is kept here and sent again. If this stays, tell your administrator.'),
  },
  'unknown-record': {
    title: t('The record is not on this tablet any more.'),
    next: t('Your words are kept here. Copy them, or save a copy.'),
  },
  'newer-record': {
    title: t('A newer version of this app wrote this record.'),
    next: t('Your words are kept here. Reload to get the new version, then try again.'),
  },
  held: {
    title: t('You may no longer change this. It was kept for the lead to decide.'),
    next: t('What was written is on the server, and not on this tablet any more. Ask the lead of the district.'),
  },
  unsent: { title: t('Some work is not on the server yet.'), next: t('Send it first, then sign out.') },
  'storage-full': {
    title: t("This tablet's storage is full. Your text is still here."),
    next: t('Free some space on the tablet, or send what is waiting.'),
  },
  'storage-lost': { title: t("This tablet's storage does not answer. Your text is still here."), next: t('Reload the app.') },
  unknown: {
    title: t('Something went wrong that this app has no words for.'),
    next: t('Nothing is lost. Try again, or tell your administrator.'),
  },
}

/**
 * What to say about a problem: the server's own sentence where it gave one, else ours by code.
 * @param {Problem} problem
 * @returns {{title: string, next: string}}
 */
export function problemWords(problem) {
  const ours = SENTENCES[problem.code] ?? SENTENCES.unknown
  return { title: problem.title || ours.title, next: problem.next || (problem.title ? '' : ours.next) }
}

/** Without its sentences: it may be kept, and read in another language. @param {string} code @returns {Problem} */
export function problemOf(code) {
  return { code }
}
