/** Ready for offline: said only when it is true, and what is missing is said by name. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readiness } from '../../static/js/core/ready.js'

const NOW = new Date(2026, 10, 23, 9).getTime()
const STATUS = {
  lastContactAt: NOW,
  persisted: true,
  isPassing: false,
  lowRoom: false,
  odd: 0,
  signedOut: false,
  storageTrouble: null,
  readOnly: null,
}
const GOOD = {
  app: true,
  status: STATUS,
  rubric: { title: 'Deeper Learning', lang: 'en' },
  language: 'en',
  isWhole: false,
  stops: [{ number: 1, hasRoom: true }],
  names: ['Ms. Okoye', 'Mr. Bell'],
  wantsPhotos: true,
  hasRoom: true,
  person: 'Ms. Okoye',
  now: NOW,
}
const of = (is, more) =>
  readiness({ ...GOOD, ...more, status: { ...STATUS, ...more?.status } })
    .lines.filter((line) => line.is === is)
    .map(({ text }) => text)

test('a tablet that has everything is ready, and says what it has', () => {
  assert.deepEqual([readiness(GOOD).isReady, of('missing'), of('know')], [true, [], []])
  assert.deepEqual(of('there'), [
    'The app itself',
    'Fetched from the server, 09:00',
    'The rubric: Deeper Learning',
    '1 stop with its room',
    'Who walks along: Ms. Okoye and Mr. Bell',
    'Room for photos',
    'This browser keeps what you write.',
    'Signed in: Ms. Okoye',
  ])
})

for (const [what, more, says] of [
  ['a file of the app', { app: false }, 'The app itself is not all on this tablet.'],
  ['the first contact', { status: { lastContactAt: null } }, 'This tablet has not reached the server yet.'],
  ['the rubric', { rubric: null }, 'The rubric is not on this tablet.'],
  [
    'the room of a stop',
    {
      stops: [
        { number: 1, hasRoom: true },
        { number: 3, hasRoom: false },
      ],
    },
    'The room of stop 3 is not on this tablet.',
  ],
  ['a name', { names: ['Ms. Okoye', null] }, 'The name of 1 person who walks along is not on this tablet.'],
  ['room for a photo', { hasRoom: false }, 'There is no room for a photo.'],
  [
    'a storage that stays',
    { status: { isPassing: true } },
    'This is a private window: what is written here goes when it is closed.',
  ],
  ['a storage that works', { status: { storageTrouble: 'full' } }, 'The storage of this tablet needs attention.'],
])
  test(`without ${what} it is not ready, and that alone is missing`, () => {
    const { isReady, missing } = readiness({ ...GOOD, ...more, status: { ...STATUS, ...more.status } })
    assert.deepEqual([isReady, missing, of('missing', more)], [false, 1, [says]])
  })

test('what it can do without is said and does not make it unready', () => {
  const less = {
    language: 'es',
    status: { persisted: false, signedOut: true, lowRoom: true, odd: 2 },
  }
  assert.equal(readiness({ ...GOOD, ...less, status: { ...STATUS, ...less.status } }).isReady, true)
  assert.deepEqual(of('know', less), [
    'The rubric is here in English only.',
    'Little room is left for photos.',
    'This browser may clear what you write when room gets short.',
    '2 entries on this tablet cannot be read any more.',
    'Ms. Okoye is to sign in again: until then nothing is sent.',
  ])
})

test('nothing is said of room that nobody has tried, or of photos that nobody takes', () => {
  assert.equal(of('there', { hasRoom: null }).includes('Room for photos'), false)
  assert.deepEqual(of('missing', { wantsPhotos: false, hasRoom: false }), [])
})

test('a whole-school visit has no rooms to miss', () => {
  assert.ok(of('there', { isWhole: true, stops: [{ number: 0, hasRoom: false }] }).includes('The whole-school visit'))
})
