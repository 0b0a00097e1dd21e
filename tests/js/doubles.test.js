import assert from 'node:assert/strict'
import test from 'node:test'
import { conflictsOf, sameValue } from '../../static/js/core/conflict.js'
import {
  doubledStops,
  doubledVisits,
  isUngiven,
  keptApart,
  oneStop,
  SOON_MS,
  standing,
  takenApart,
} from '../../static/js/core/doubles.js'
import { bringing, joiningEdits, leftToBring, undoneEdits } from '../../static/js/core/joining.js'
import { applyChange } from '../../static/js/core/merge.js'
import { photo, receiptFor, sealOfBytes } from './photos.js'
import { accepting, begin, changesOf, NOON, SPACE, storeOn, tablet } from './support.js'

const MINUTE_MS = 60_000
const ID = (n) => `${String(n).repeat(8)}-0000-4000-8000-000000000000`
const NOTE = { at: NOON, chip: 'saw', text: 'Two teams talk', indicators: ['TE1'] }
const PLACES = { stops: new Map(), rooms: new Map(), quick: new Set() }

function seen(n, more = {}) {
  const facts = {
    visit: 'v1',
    walk: 'w1',
    rubric: 'r1',
    school: 's1',
    number: 1,
    observer: 'okoye',
    state: 'draft',
    date: '2026-11-20',
  }
  return { id: ID(n), body: { ...facts, started_at: NOON + n * MINUTE_MS, form: 'full', ratings: {}, evidence: {}, ...more } }
}

const idsOf = (pairs) => pairs.map(({ first, later }) => [first.id, later.id])

// ---- which are doubles ------------------------------------------------------------------------------

test('one stop begun twice is found, the later beside the first, whichever came here first', () => {
  for (const list of [
    [seen(1), seen(2)],
    [seen(2), seen(1)],
  ])
    assert.deepEqual(idsOf(doubledVisits(list, PLACES)), [[ID(1), ID(2)]])
  assert.deepEqual(doubledVisits([seen(1), seen(2, { visit: 'v2' })], PLACES), [])
  assert.deepEqual(doubledVisits([seen(1), seen(2, { rubric: 'r2' })], PLACES), [])
})

test('two quick visits to one room are doubles only when they were begun soon after each other', () => {
  const rooms = new Map([
    ['v1', 'room 12'],
    ['v2', 'room 12'],
    ['v3', 'room 9'],
  ])
  const places = { ...PLACES, rooms, quick: new Set(['w1', 'w2']) }
  const second = (more) => seen(2, { visit: 'v2', walk: 'w2', ...more })
  assert.deepEqual(idsOf(doubledVisits([seen(1), second()], places)), [[ID(1), ID(2)]])
  for (const more of [{ started_at: NOON + SOON_MS + 2 * MINUTE_MS }, { date: '2026-11-21' }, { visit: 'v3' }])
    assert.deepEqual(doubledVisits([seen(1), second(more)], places), [])
  // On a walk that was planned, two stops in one room are asked about as stops.
  assert.deepEqual(doubledVisits([seen(1), second()], { ...places, quick: new Set() }), [])
})

test('two quick visits without a room are no doubles, unless they are of the whole school', () => {
  const places = { ...PLACES, quick: new Set(['w1']) }
  const both = (number) => [seen(1, { number }), seen(2, { number, visit: 'v2' })]
  assert.deepEqual([doubledVisits(both(1), places).length, doubledVisits(both(0), places).length], [0, 1])
})

test('one room twice among the stops of one walk is found', () => {
  const stop = (n, walk = 'w1', number = n) => ({ id: ID(n), body: { walk, number, by: 'okoye' } })
  const rooms = new Map([1, 2, 3].map((n) => [ID(n), 'room 12']))
  assert.deepEqual(idsOf(doubledStops([stop(2), stop(1), stop(3, 'w2')], rooms)), [[ID(1), ID(2)]])
  assert.deepEqual(doubledStops([stop(1), stop(2)], new Map()), [])
  const [edit] = oneStop({ first: stop(1), later: stop(2) })
  assert.deepEqual(edit, { id: ID(2), kind: 'visit', set: { same_as: ID(1) } })
})

test('the visits of a joined stop are visits of the one that stands', () => {
  const stops = new Map([['v2', 'v1']])
  assert.equal(doubledVisits([seen(1), seen(2, { visit: 'v2' })], { ...PLACES, stops }).length, 1)
})

test('what was kept apart is not asked about again, on whichever of the two it was said', () => {
  const pair = doubledVisits([seen(1), seen(2)], PLACES)[0]
  const [{ id, set }] = keptApart('observation', pair)
  assert.deepEqual([id, set], [ID(2), { [`not_same/${ID(1)}`]: true }])
  assert.deepEqual(doubledVisits([seen(1), seen(2, { not_same: { [ID(1)]: true } })], PLACES), [])
  assert.deepEqual(doubledVisits([seen(1, { not_same: { [ID(2)]: true } }), seen(2)], PLACES), [])
  // What was given can no longer be written.
  assert.equal(keptApart('observation', { first: seen(1), later: seen(2, { state: 'submitted' }) })[0].id, ID(1))
})

test('a third double is asked about with the first, and beside a pair that was kept apart', () => {
  assert.deepEqual(idsOf(doubledVisits([seen(1), seen(2), seen(3)], PLACES)), [
    [ID(1), ID(2)],
    [ID(1), ID(3)],
  ])
  const apart = seen(3, { not_same: { [ID(1)]: true } })
  assert.deepEqual(idsOf(doubledVisits([seen(1), seen(2), apart], PLACES)), [
    [ID(1), ID(2)],
    [ID(2), ID(3)],
  ])
})

test('only what was never given is brought together', () => {
  const found = [{}, { state: 'submitted' }, { state: 'released' }, { returned: { reason: 'x' } }].map((more) =>
    isUngiven(seen(1, more)),
  )
  assert.deepEqual(found, [true, false, false, false])
})

// ---- which one stands -------------------------------------------------------------------------------

test('a joined observation stands under the other, also over several steps', () => {
  const list = [seen(1), seen(2, { same_as: ID(1) }), seen(3, { same_as: ID(2) })]
  assert.deepEqual([...standing(list).values()], [ID(1), ID(1), ID(1)])
})

test('tablets that joined in opposite directions agree on the one begun first', () => {
  const ring = [seen(1, { same_as: ID(2) }), seen(2, { same_as: ID(1) }), seen(3, { same_as: ID(2) })]
  assert.deepEqual([...new Set(standing(ring).values())], [ID(1)])
  const tie = [seen(2, { started_at: NOON, same_as: ID(1) }), seen(1, { started_at: NOON, same_as: ID(2) })]
  assert.deepEqual([...new Set(standing(tie).values())], [ID(1)])
})

test('what was joined with something that is not here stands itself: nothing becomes invisible', () => {
  assert.deepEqual([...standing([seen(2, { same_as: ID(9) })])], [[ID(2), ID(2)]])
  assert.deepEqual([...standing([seen(2, { same_as: ID(2) })])], [[ID(2), ID(2)]])
})

// ---- what joining writes ----------------------------------------------------------------------------

test('everything of the later one is copied, and where both differ the other stays beside', () => {
  const first = seen(1, { ratings: { TE1: { value: 2 } }, answers: { next: 'Ask more' }, counts: { talks: 3 } })
  const later = seen(2, {
    ratings: { TE1: { value: 4 }, TE2: { value: 1 } },
    answers: { next: 'Wait longer' },
    counts: { talks: 3 },
    evidence: { [ID(7)]: NOTE },
    gates: { team: { value: 'yes' } },
    context: { grade: '4' },
    photos: { aa: { at: NOON, width: 1, height: 1, bytes: 1 } },
    focus: 'Who talks?',
  })
  const { body } = joined(first, later).first
  assert.deepEqual(body.ratings, { TE1: { value: 2 }, TE2: { value: 1 } })
  assert.deepEqual(body.also, { 'ratings:TE1~22222222': { value: 4 }, 'answers:next~22222222': 'Wait longer' })
  for (const field of ['evidence', 'gates', 'context', 'photos', 'focus', 'counts'])
    assert.deepEqual(body[field], later.body[field])
  assert.deepEqual(
    conflictsOf(body).map(({ path, stands, beside }) => [path, stands, beside]),
    [
      ['answers/next', 'Ask more', 'Wait longer'],
      ['ratings/TE1', { value: 2 }, { value: 4 }],
    ],
  )
})

test('a note under one id with two contents is kept twice, alike on every tablet', () => {
  const first = seen(1, { evidence: { [ID(7)]: NOTE } })
  const later = seen(2, { evidence: { [ID(7)]: { ...NOTE, text: 'Three teams talk' } } })
  const one = joined(first, later).first.body
  assert.deepEqual(
    Object.values(one.evidence).map(({ text }) => text),
    ['Two teams talk', 'Three teams talk'],
  )
  assert.deepEqual(joined(first, later).first.body, one)
})

test('the later one names the first only in a change that follows what was copied', () => {
  const edits = joiningEdits(seen(1), seen(2, { evidence: { [ID(7)]: NOTE } }))
  assert.deepEqual(
    edits.map(({ id, after }) => [id, after]),
    [
      [ID(1), undefined],
      [ID(2), 0],
    ],
  )
  assert.equal(edits[1].set.same_as, ID(1))
  const long = Object.fromEntries([3, 4, 5].map((n) => [ID(n), { ...NOTE, text: 'x'.repeat(60_000) + n }]))
  assert.deepEqual(
    joiningEdits(seen(1), seen(2, { evidence: long })).map(({ after }) => after),
    [undefined, 0, 1, 2],
  )
})

test('what only the full form asks for does not disappear into a short one', () => {
  const long = seen(2, { ratings: { TE4: { value: 1 } } })
  assert.equal(joined(seen(1, { form: 'short' }), long).first.body.form, 'full')
})

test('what is written in the joined one afterwards is still to be brought over, and nothing else', () => {
  const { first, later } = joined(
    seen(1, { ratings: { TE1: { value: 1 } } }),
    seen(2, { ratings: { TE1: { value: 4 } }, evidence: { [ID(7)]: NOTE } }),
  )
  assert.equal(leftToBring(first, later), 0)
  // Its person chose, and threw a copied note away: that is no reason to bring both again.
  const settled = { id: first.id, body: { ...first.body, also: {}, evidence: {} } }
  assert.equal(leftToBring(settled, later), 0)
  const written = { id: later.id, body: applyChange(later.body, { set: { [`evidence/${ID(8)}`]: { ...NOTE, text: 'Later' } } }) }
  assert.deepEqual(bringing(settled, written).set, { [`evidence/${ID(8)}`]: { ...NOTE, text: 'Later' } })
  assert.equal(leftToBring(joined(settled, written).first, joined(settled, written).later), 0)
})

test('a joining that is undone leaves both as they were, and what was changed since as it is now', () => {
  const before = [seen(1, { ratings: { TE1: { value: 2 } } }), seen(2, { ratings: { TE1: { value: 4 }, TE2: { value: 1 } } })]
  const after = joined(...before)
  const undo = (now) => now.map((one) => applied(one, undoneEdits(joiningEdits(...before), before, now)).body)
  const [first, later] = undo([after.first, after.later])
  assert.deepEqual([first.ratings, first.also, later.same_as, later.brought], [{ TE1: { value: 2 } }, {}, undefined, {}])
  const rated = applied(after.first, [{ id: after.first.id, set: { 'ratings/TE2': { value: 3 } } }])
  assert.deepEqual(undo([rated, after.later])[0].ratings, { TE1: { value: 2 }, TE2: { value: 3 } })
})

test('what is taken apart says so, and is not asked about again', () => {
  const { first, later } = joined(seen(1), seen(2))
  const apart = applied(later, takenApart('observation', later.id, first.id))
  assert.deepEqual(doubledVisits([first, apart], PLACES), [])
  assert.equal(standing([first, apart]).get(later.id), later.id)
})

// ---- on a tablet ------------------------------------------------------------------------------------

/** A tablet with both visits, and a photo in the later one. */
async function okoye() {
  const store = await storeOn(tablet(), { seal: sealOfBytes })
  const [first, later] = [seen(1, { ratings: { TE1: { value: 2 } } }), seen(2, { ratings: { TE1: { value: 4 } } })]
  await store.write(SPACE, [begin(first.id, first.body), begin(later.id, later.body)])
  const files = await store.files()
  return { store, files, sha: await files.add(SPACE, later.id, photo(), { at: NOON }) }
}

async function joinedOn(store) {
  await store.write(SPACE, joiningEdits(await store.read(ID(1)), await store.read(ID(2))))
  return store.read(ID(1))
}

let seq = 0
async function sent(store) {
  const batch = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, batch, accepting(batch, (seq += 10)), NOON)
}

test('a photo that waits is in both visits after a joining, goes up once, and only after the words of both', async () => {
  const { store, files, sha } = await okoye()
  await sent(store)
  assert.deepEqual(Object.keys((await joinedOn(store)).body.photos), [sha])
  assert.deepEqual(await files.ready(), [])
  await sent(store)
  assert.deepEqual(
    (await files.ready()).map(({ records }) => records),
    [[ID(2), ID(1)]],
  )
  await store.write(SPACE, [{ id: ID(1), kind: 'observation', set: { [`photos/${sha}`]: null } }])
  assert.equal(store.status().files, 1, 'the joined visit still holds it')
})

test('a photo that was sent stays sent when it comes to stand in both', async () => {
  const { store, files, sha } = await okoye()
  await sent(store)
  await files.receive(sha, receiptFor(sha, 1000))
  await joinedOn(store)
  assert.deepEqual([store.status().files, store.status().filesSent], [0, 1])
  assert.ok((await files.read(sha)).bytes)
})

test('a joining is one save, and names what it follows on the wire', async () => {
  const { store } = await okoye()
  await sent(store)
  await joinedOn(store)
  const [copied, joined] = await changesOf(store)
  assert.deepEqual([copied.id, joined.id, joined.after], [ID(1), ID(2), copied.cid])
  assert.equal(store.status().conflicts, 1)
})

test('what was to be chosen in the joined one is chosen in the one that stands, and asked once', async () => {
  const { store } = await okoye()
  const beside = { 'also/ratings:TE1~aaaaaaaa': { value: 3 } }
  await store.write(SPACE, [{ id: ID(2), kind: 'observation', set: beside }])
  assert.equal(store.status().conflicts, 1)
  const { body } = await joinedOn(store)
  assert.deepEqual(body.also, { 'ratings:TE1~22222222': { value: 4 }, 'ratings:TE1~aaaaaaaa': { value: 3 } })
  assert.deepEqual(
    (await store.recordsInConflict()).map(({ id }) => id),
    [ID(1)],
  )
})

test('the version that was written here in the other visit is said to be from here', async () => {
  const { store } = await okoye()
  await joinedOn(store)
  const [one] = await store.conflictsIn(ID(1))
  assert.deepEqual([one.stands, one.beside], [{ value: 2 }, { value: 4 }])
  assert.deepEqual([one.standsBy.here, one.besideBy.here], [true, true])
})

// ---- whatever the two hold --------------------------------------------------------------------------

const PAIRS = 300

test('nothing of either is missing after joining, whatever the two hold', () => {
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const chance = chanceFrom(seed)
    const [one, other] = [randomOne(1, chance), randomOne(2, chance)]
    const { first } = joined(one, other)
    for (const source of [one, other]) assert.deepEqual(missing(source.body, first.body), [], `seed ${seed}`)
    // What stood in the first was not written over.
    for (const [path, value] of said(one.body)) assert.ok(sameValue(at(first.body, path), value), `seed ${seed}: ${path}`)
  }
})

test('two tablets that join in opposite directions come to one standing, and nothing is lost', () => {
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const chance = chanceFrom(seed)
    const [one, other] = [randomOne(1, chance), randomOne(2, chance)]
    const [here, there] = [joiningEdits(one, other), joiningEdits(other, one)]
    // Neither writes what the other does, but for what each copies into its own first.
    const all = [...here, ...there]
    const [first, later] = [applied(one, all), applied(other, all)]
    const stands = standing([first, later])
    assert.deepEqual([stands.get(one.id), stands.get(other.id)], [one.id, one.id], `seed ${seed}`)
    for (const source of [one, other]) assert.deepEqual(missing(source.body, first.body), [], `seed ${seed}`)
  }
})

test('of three that were joined two by two on two tablets nothing stays behind unseen', () => {
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const chance = chanceFrom(seed)
    const [a, b, c] = [1, 2, 3].map((n) => randomOne(n, chance))
    const all = [...joiningEdits(a, b), ...joiningEdits(b, c)]
    let [first, second] = [applied(a, all), applied(b, all)]
    const third = applied(c, all)
    assert.deepEqual([...new Set(standing([first, second, third]).values())], [a.id])
    const rest = joiningEdits(first, second)
    ;[first, second] = [applied(first, rest), applied(second, rest)]
    for (const source of [a, b, c]) assert.deepEqual(missing(source.body, first.body), [], `seed ${seed}`)
    assert.deepEqual([leftToBring(first, second), leftToBring(first, third)], [0, 0])
  }
})

function joined(first, later) {
  const edits = joiningEdits(first, later)
  return { first: applied(first, edits), later: applied(later, edits) }
}

function applied(one, edits) {
  const mine = edits.filter(({ id }) => id === one.id)
  return { id: one.id, body: mine.reduce((body, { set }) => applyChange(body, { set }), one.body) }
}

/** Looked up without the code under test: a value is somewhere in its field, or beside. */
function missing(from, into) {
  return said(from).filter(([path, value]) => {
    const field = path.startsWith('also/') ? path.slice(5).split(/[:~]/)[0] : path.split('/')[0]
    const inField = typeof into[field] === 'object' ? Object.values(into[field]) : [into[field]]
    const beside = Object.entries(into.also ?? {}).filter(([key]) => key.split(/[:~]/)[0] === field)
    return ![...inField, ...beside.map(([, one]) => one)].some((one) => sameValue(one, value))
  })
}

function said(body) {
  const maps = ['evidence', 'context', 'gates', 'ratings', 'counts', 'answers', 'also']
  const inside = maps.flatMap((field) => Object.entries(body[field] ?? {}).map(([key, value]) => [`${field}/${key}`, value]))
  return body.focus ? [['focus', body.focus], ...inside] : inside
}

function at(body, path) {
  const [field, key] = path.split('/')
  return key === undefined ? body[field] : body[field]?.[key]
}

function randomOne(n, { upTo, some }) {
  const note = () => ({ at: NOON + upTo(3), chip: 'saw', text: `words ${upTo(3)}`, indicators: [] })
  const also = some(2, (key) => [`ratings:TE${key}~${String(upTo(9)).repeat(8)}`, { value: upTo(4) }])
  return seen(n, {
    form: upTo(2) ? 'full' : 'short',
    ratings: some(4, (key) => [`TE${key}`, { value: upTo(4) }]),
    evidence: some(4, (key) => [ID(key), note()]),
    gates: some(2, (key) => [`g${key}`, { value: upTo(2) ? 'yes' : 'no' }]),
    counts: some(2, (key) => [`c${key}`, upTo(3)]),
    context: some(2, (key) => [`x${key}`, `${upTo(3)}`]),
    answers: some(2, (key) => [`a${key}`, `words ${upTo(3)}`]),
    ...(Object.keys(also).length ? { also } : {}),
    ...(upTo(2) ? { focus: `focus ${upTo(2)}` } : {}),
  })
}

function chanceFrom(seed) {
  let state = seed * 2_654_435_761
  const upTo = (most) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0
    return (state >>> 8) % most
  }
  const some = (most, make) => Object.fromEntries([...Array(most).keys()].filter(() => upTo(2)).map((key) => make(key + 1)))
  return { upTo, some }
}
