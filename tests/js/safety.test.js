import assert from 'node:assert/strict'
import test from 'node:test'
import { safetyWords } from '../../static/js/core/safety.js'
import { statusWords } from '../../static/js/core/words.js'

const NOW = new Date(2026, 10, 20, 14, 5).getTime()
const AT = new Date(2026, 10, 20, 14, 2).getTime()
const STILL = {
  waiting: 0,
  files: 0,
  filesSent: 31,
  filesNeedYou: 0,
  needsYou: 0,
  held: 0,
  odd: 0,
  oldestWaitingAt: null,
  lastReceiptAt: AT,
  lastContactAt: AT,
  storageTrouble: null,
  readOnly: null,
  damage: null,
  signedOut: false,
  offline: false,
  syncing: false,
  stalled: false,
  mustUpdate: false,
  nextTryAt: null,
  filesNextTryAt: null,
}
const ALL = { onServer: 12, total: 12 }
const said = (more = {}, own = ALL, moment = {}) =>
  safetyWords({ ...STILL, ...more }, own, { now: NOW, isBusy: false, ...moment })

test('with a receipt for everything, the tablet may be put away', () => {
  assert.deepEqual(said(), {
    isSafe: true,
    why: [],
    text: '12 of 12 observations and 31 of 31 photos are on the server, 14:02. Safe to put this tablet away.',
  })
})

test('one, none and only photos are said as a person says them', () => {
  const text = (more, own) => said(more, own).text.split(' on the server')[0]
  assert.equal(text({ filesSent: 0 }, { onServer: 1, total: 1 }), '1 of 1 observation is')
  assert.equal(text({ filesSent: 0 }, { onServer: 0, total: 0 }), 'Everything is')
  assert.equal(text({ filesSent: 2 }, { onServer: 0, total: 0 }), '2 of 2 photos are')
})

// Each of these alone, with all the rest well.
const UNSAFE = {
  'a change waits': [{ waiting: 1 }],
  'a photo waits': [{ files: 1 }],
  'the server did not take a change': [{ needsYou: 1 }],
  'a photo is damaged': [{ filesNeedYou: 1 }],
  'an entry cannot be read': [{ odd: 1 }],
  'the storage was damaged': [{ damage: { why: 'emptied' } }],
  'the storage does not answer': [{ storageTrouble: 'lost' }],
  'only reading is safe': [{ readOnly: 'newer' }],
  'the server was never reached': [{ lastContactAt: null }],
  'an observation has no receipt': [{}, { onServer: 11, total: 12 }],
  'somebody is typing': [{}, ALL, { isBusy: true }],
}
for (const [why, given] of Object.entries(UNSAFE)) {
  test(`never safe while ${why}`, () => {
    const { isSafe, text } = said(...given)
    assert.equal(isSafe, false)
    assert.doesNotMatch(text, /Safe to put/)
  })
}

test('what waits is counted, and why it waits is said', () => {
  const because = (more) => said({ waiting: 3, files: 1, ...more }).why
  assert.deepEqual(because({ signedOut: true }), [
    '3 changes and 1 photo are on this tablet only.',
    'Sign in to send it. You can go on working.',
  ])
  const reasons = [
    { offline: true },
    { mustUpdate: true },
    { stalled: true },
    { nextTryAt: NOW + 300_000 },
    { syncing: true },
    {},
  ]
  assert.deepEqual(
    reasons.map((more) => because(more)[1].split(/[.:,]/)[0]),
    [
      'There is no network',
      'The server needs a newer version of this app',
      'The network works and still nothing moves',
      'The server could not take it just now',
      'It is being sent now',
      'It is sent by itself while the app is open',
    ],
  )
  assert.match(because({ filesNextTryAt: NOW + 300_000 })[1], /14:10/)
})

test('the status line never says on the server while a photo is not', () => {
  assert.match(statusWords({ ...STILL, files: 2 }, NOW).text, /waiting \(2\)/)
  assert.match(statusWords({ ...STILL, filesNeedYou: 1 }, NOW).text, /needs you \(1\)/)
  assert.equal(statusWords(STILL, NOW).text, 'on the server, 14:02')
})
