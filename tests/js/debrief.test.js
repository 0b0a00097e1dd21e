/** The board of a debrief, counted by hand. */
import assert from 'node:assert/strict'
import test from 'node:test'
import {
  areaChanged,
  areasOf,
  cardsOnce,
  clustersOf,
  isOpenStep,
  lacksDebrief,
  liftable,
  movedTo,
  saying,
  statusOf,
  stepsDue,
  strengthOf,
  visitedIn,
} from '../../static/js/core/debrief.js'

const REASONS = '1a1c0000-0000-4000-8000-000000000001'
const TITLES = new Map([
  ['TE1', 'Cognitive demand'],
  ['SA1', 'Voice'],
])
const NOON = Date.UTC(2026, 10, 23, 17)
const DAY_MS = 86_400_000
let last = 0
const card = (body) => ({ id: `card-${(last += 1)}`, body: { at: last, sort: 'notice', ...body } })
const step = (body) => ({ id: 'step', body: { owner: 'bell', due: '2026-11-25', ...body } })

test('a pattern is as strong as the share of rooms it was seen in', () => {
  assert.deepEqual(
    [
      [0, 4],
      [1, 4],
      [1, 1],
      [2, 4],
      [3, 5],
      [3, 4],
      [4, 4],
      [9, 10],
      [8, 10],
    ].map(([rooms, visited]) => strengthOf(rooms, visited)),
    [0, 1, 1, 2, 3, 3, 4, 4, 3],
  )
})

test('three cards from two rooms are two rooms, and a question counts in none', () => {
  const walk = { clusters: { [REASONS]: { title: 'Reasons', at: 1 } } }
  const cards = [
    card({ cluster: REASONS, visit: 'a', number: 1 }),
    card({ cluster: REASONS, visit: 'a', number: 1 }),
    card({ cluster: REASONS, visit: 'b', number: 2 }),
    card({ cluster: REASONS, visit: 'c', number: 3, sort: 'wonder' }),
    card({ cluster: REASONS }),
    card({ cluster: REASONS, visit: 'whole', number: 0 }),
  ]
  const [found] = clustersOf(walk, cards, TITLES, { visited: 4 })
  assert.deepEqual([found.rooms, found.strength, found.notices.length, found.wonders.length], [2, 2, 5, 1])
})

test('two stops that were one room count once', () => {
  const cards = [card({ indicator: 'TE1', visit: 'a', number: 1 }), card({ indicator: 'TE1', visit: 'b', number: 1 })]
  const stop = () => 'a'
  assert.equal(clustersOf({}, cards, TITLES, { visited: 2, stop })[0].rooms, 1)
  const visits = ['a', 'b'].map((id) => ({ id, body: { number: 1, started_at: 1 } }))
  assert.equal(visitedIn(visits, [], stop).size, 1)
})

test('a stop that nobody began was not visited; one that is spoken of was', () => {
  const visits = [
    { id: 'a', body: { number: 1, started_at: 1 } },
    { id: 'b', body: { number: 2 } },
    { id: 'c', body: { number: 3, revealed: { at: 1 } } },
    { id: 'd', body: { number: 4 } },
    { id: 'whole', body: { number: 0, started_at: 1 } },
  ]
  const spoken = [{ visit: 'd', number: 4 }, { visit: 'whole', number: 0 }, {}]
  assert.deepEqual([...visitedIn(visits, spoken)].sort(), ['a', 'c', 'd'])
})

test('clusters stand in the order they were named, then indicators in theirs, then what nobody sorted', () => {
  const walk = { clusters: { [REASONS]: { title: 'Reasons', at: 2 }, older: { title: 'Tasks', at: 1 } }, areas: { 1: 'SA1' } }
  const cards = [card({}), card({ indicator: 'TE1' }), card({ indicator: 'unknown' })]
  const found = clustersOf(walk, cards, TITLES, { visited: 3 })
  assert.deepEqual(
    found.map(({ key, title, notices }) => [key, title, notices.length]),
    [
      ['older', 'Tasks', 0],
      [REASONS, 'Reasons', 0],
      ['TE1', 'Cognitive demand', 1],
      ['SA1', 'Voice', 0],
      ['', '', 2],
    ],
  )
})

test('a cluster that was taken away gives its cards back to where they came from', () => {
  const cards = [card({ cluster: REASONS, indicator: 'TE1' })]
  assert.equal(clustersOf({}, cards, TITLES, { visited: 1 })[0].key, 'TE1')
  assert.deepEqual(movedTo({ clusters: { [REASONS]: {} } }, REASONS), { cluster: REASONS })
  assert.deepEqual(
    [movedTo({}, 'TE1'), movedTo({}, '')],
    [
      { cluster: null, indicator: 'TE1' },
      { cluster: null, indicator: null },
    ],
  )
})

test('a note that two people lifted is one card', () => {
  const twice = [card({ line: 'n1' }), card({ line: 'n1' }), card({ line: 'n2' }), card({})]
  assert.deepEqual(
    cardsOnce(twice).map(({ id }) => id),
    [twice[0].id, twice[2].id, twice[3].id],
  )
})

test('there are two places for focus areas and never a third', () => {
  assert.deepEqual(areaChanged({}, 'TE1'), { 'areas/1': 'TE1' })
  assert.deepEqual(areaChanged({ areas: { 1: 'TE1' } }, 'SA1'), { 'areas/2': 'SA1' })
  assert.deepEqual(areaChanged({ areas: { 2: 'TE1' } }, 'SA1'), { 'areas/1': 'SA1' })
  assert.equal(areaChanged({ areas: { 1: 'TE1', 2: 'SA1' } }, 'TE2'), null)
  assert.deepEqual(areaChanged({ areas: { 1: 'TE1', 2: 'TE1' } }, 'TE1'), { 'areas/1': null, 'areas/2': null })
})

test('two tablets that chose the same twice leave one place free', () => {
  const walk = { areas: { 1: 'TE1', 2: 'TE1' } }
  assert.deepEqual([areasOf(walk), areaChanged(walk, 'SA1')], [['TE1'], { 'areas/2': 'SA1' }])
})

test('a focus area whose cluster somebody took away is none', () => {
  const walk = { areas: { 1: REASONS, 2: 'TE1' } }
  assert.deepEqual([areasOf(walk), areaChanged(walk, 'SA1')], [['TE1'], { 'areas/1': 'SA1' }])
})

test('only notes that were revealed or released, or given in a walk of one’s own, are put up', () => {
  const note = (id) => ({ [id]: { text: `Note ${id}`, at: 1, chip: 'saw', indicators: ['TE1'] } })
  const one = (id, body) => ({ id, body: { observer: 'bell', visit: 'v', number: 1, evidence: note(id), ...body } })
  const all = [
    one('draft', { state: 'draft' }),
    one('hidden', { state: 'submitted', together: true, observer: 'okoye' }),
    one('revealed', { state: 'submitted', together: true, revealed: { at: 1 } }),
    one('released', { state: 'released' }),
    one('theirs', { state: 'submitted' }),
    one('own', { state: 'submitted', observer: 'okoye' }),
    one('hangs', { state: 'released' }),
  ]
  const found = liftable(all, [card({ line: 'hangs' })], 'okoye')
  assert.deepEqual(
    found.map(({ line }) => line),
    ['revealed', 'released', 'own'],
  )
  assert.deepEqual(found[0], { line: 'revealed', text: 'Note revealed', indicator: 'TE1', visit: 'v', number: 1 })
})

test('how a step stands is what was said of it last', () => {
  assert.equal(statusOf({}), 'open')
  const said = { a: { is: 'done', at: 2, by: 'bell', text: 'Seen twice.' }, b: { is: 'begun', at: 1, by: 'bell' } }
  assert.deepEqual([statusOf({ said }), isOpenStep({ said })], ['done', false])
  const [entry] = Object.values(saying({ said }, { is: 'open', by: 'okoye', now: 1, id: 'c' }))
  assert.deepEqual(entry, { is: 'open', at: 3, by: 'okoye' })
})

test('a person is told of their own open steps that are due soon, the first due first', () => {
  const steps = [
    step({ due: '2026-12-01' }),
    step({ due: '2026-11-20' }),
    step({ owner: 'okoye' }),
    step({ due: '2027-03-01' }),
    step({ said: { a: { is: 'dropped', at: 1, by: 'bell', text: 'Not now.' } } }),
  ]
  assert.deepEqual(
    stepsDue(steps, 'bell', NOON).map(({ body }) => body.due),
    ['2026-11-20', '2026-12-01'],
  )
})

test('a walk whose day is over looks unfinished until its debrief is closed', () => {
  const walk = { kind: 'walk', date: '2026-11-20' }
  assert.equal(lacksDebrief(walk, true, NOON), true)
  assert.equal(lacksDebrief(walk, false, NOON), false)
  assert.equal(lacksDebrief({ ...walk, date: '2026-11-23' }, true, NOON), false)
  assert.equal(lacksDebrief({ ...walk, debriefed: { at: 1, by: 'bell' } }, true, NOON), false)
  assert.equal(lacksDebrief({ ...walk, kind: 'drop-in' }, true, NOON), false)
  assert.equal(lacksDebrief(walk, true, NOON + 90 * DAY_MS), false)
})
