// @ts-check
/**
 * Sentences for trouble the tablet meets before, or without, the server's own words.
 * @typedef {import("./types.js").Problem} Problem
 */

/** @type {Record<string, {title: string, next: string}>} */
const SENTENCES = {
  'no-network': { title: 'There is no network here.', next: 'Go on working: everything is kept on this tablet and sent later.' },
  timeout: { title: 'The server took too long to answer.', next: 'Nothing is lost. The app tries again by itself.' },
  'captive-portal': { title: 'This Wi-Fi wants you to sign in.', next: 'Open a web page, sign in to the Wi-Fi, then come back.' },
  garbled: { title: 'The answer from the server was cut short.', next: 'Nothing is lost. The app tries again by itself.' },
  'server-trouble': { title: 'The server has trouble at the moment.', next: 'Nothing is lost. The app tries again by itself.' },
  'signed-out': { title: 'You are signed out on this tablet.', next: 'Sign in to send what is waiting. You can go on working.' },
  'someone-else': { title: 'Somebody else signed in with this browser.', next: 'Sign in again to send what is waiting.' },
  'too-big': { title: 'One change is too big for the server.', next: 'Shorten the longest note, or save a copy.' },
  'file-refused': {
    title: 'The server did not take a photo.',
    next: 'It is kept on this tablet. Send it again, or take it away and take a new one.',
  },
  'file-damaged': {
    title: 'A photo was damaged on this tablet.',
    next: 'The notes are as they were. Take the photo away, and take it again if you can.',
  },
  'server-falls': {
    title: 'The server has trouble with one change.',
    next: 'It is kept here and tried again, ever more seldom; everything else is sent. If this stays, save a copy and tell your administrator.',
  },
  'must-update': { title: 'This app is older than the server allows.', next: 'Reload to get the new version. Nothing is lost.' },
  'receipt-differs': {
    title: "The server's receipt does not fit what was sent.",
    next: 'It is kept here and sent again. If this stays, tell your administrator.',
  },
  'unknown-record': {
    title: 'The record is not on this tablet any more.',
    next: 'Your words are kept here. Copy them, or save a copy.',
  },
  'newer-record': {
    title: 'A newer version of this app wrote this record.',
    next: 'Your words are kept here. Reload to get the new version, then try again.',
  },
  held: {
    title: 'You may no longer change this. It was kept for the lead to decide.',
    next: 'What was written is on the server, and not on this tablet any more. Ask the lead of the district.',
  },
  unsent: { title: 'Some work is not on the server yet.', next: 'Send it first, then sign out.' },
  'storage-full': {
    title: "This tablet's storage is full. Your text is still here.",
    next: 'Free some space on the tablet, or send what is waiting.',
  },
  'storage-lost': { title: "This tablet's storage does not answer. Your text is still here.", next: 'Reload the app.' },
  unknown: {
    title: 'Something went wrong that this app has no words for.',
    next: 'Nothing is lost. Try again, or tell your administrator.',
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

/** @param {string} code @returns {Problem} */
export function problemOf(code) {
  return { code, ...(SENTENCES[code] ?? SENTENCES.unknown) }
}
