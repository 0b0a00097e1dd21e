import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { accepting, answer, begin, changesOf, draft, NOON, rate, realmOf, SPACE, storeOn, tablet } from './support.js'

/** A store whose every transaction is committed twice: a healed one may have been committed before. */
function runningTwice(factory, name) {
  const db = connect(name, SCHEMA, realmOf(factory))
  const tx = async (...args) => {
    await db.tx(...args)
    return db.tx(...args)
  }
  return { ...db, tx }
}

async function written(...edits) {
  const store = await storeOn(tablet())
  for (const edit of edits) await store.write(SPACE, [edit])
  return store
}

test('what is saved is read back, listed, and waiting', async () => {
  const store = await written(begin('o1'), rate('o1', 'TE1', 3))
  const record = await store.read('o1')
  assert.deepEqual([record.body.ratings, record.waiting, record.seq], [{ TE1: { value: 3 } }, true, 0])
  assert.deepEqual(
    (await store.list('observation')).map(({ id, summary }) => [id, summary.rated]),
    [['o1', 1]],
  )
  assert.equal(store.status().waiting, 1)
})

test('record, list row and outbox entry are written together or not at all', async () => {
  const device = tablet()
  const db = connect('x', SCHEMA, realmOf(device.factory))
  const tx = (stores, mode, work, options) =>
    db.tx(
      stores,
      mode,
      (t, stop) => {
        if (mode === 'readwrite' && t.objectStoreNames.contains('outbox')) {
          t.objectStore('docs').get('o1').onsuccess = () => stop(new DOMException('full', 'QuotaExceededError'))
        }
        return work(t, stop)
      },
      options,
    )
  const store = await storeOn(device, { db: { ...db, tx } })
  await assert.rejects(store.write(SPACE, [begin('o1')]), { name: 'QuotaExceededError' })
  assert.equal(store.status().storageTrouble, 'full')
  for (const name of ['docs', 'rows', 'outbox']) assert.deepEqual(await db.keys(name), [])
})

test('a saved tap survives the page', async () => {
  const device = tablet()
  await (await storeOn(device)).write(SPACE, [begin('o1'), rate('o1', 'TE1', 2)])
  const later = await storeOn(device)
  assert.deepEqual((await later.read('o1')).body.ratings, { TE1: { value: 2 } })
  assert.equal(later.status().waiting, 1)
})

test('nothing but ids, revs and order keys can be read without the seal', async () => {
  const device = tablet()
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const store = await storeOn(device, { db })
  await store.write(SPACE, [begin('o1', draft({ focus: 'accountable talk' }))])
  const rows = await db.tx('rows', 'readonly', (t) => t.objectStore('rows').getAll())
  assert.deepEqual(Object.keys(rows[0]).sort(), ['box', 'id', 'order', 'rev'])
  for (const name of ['docs', 'rows', 'outbox', 'meta']) {
    const all = await db.tx(name, 'readonly', (t) => t.objectStore(name).getAll())
    assert.doesNotMatch(JSON.stringify(all), /accountable|observation|oak-hill/)
  }
})

test('edits of one record that nobody has seen yet become one change', async () => {
  const store = await written(begin('o1'), rate('o1', 'TE1', 3), rate('o1', 'TE1', 4), rate('o1', 'TE2', 1))
  const [change, ...others] = await changesOf(store)
  assert.deepEqual(others, [])
  assert.deepEqual(change.new.ratings, { TE1: { value: 4 }, TE2: { value: 1 } })
})

test('a change that sets the state takes no further edits', async () => {
  const store = await written(
    begin('o1'),
    { kind: 'observation', id: 'o1', set: { state: 'submitted' } },
    { kind: 'observation', id: 'o1', set: { state: 'draft' } },
    rate('o1', 'TE1', 1),
  )
  const changes = await changesOf(store)
  assert.deepEqual(
    changes.map((one) => one.new?.state ?? one.set),
    ['submitted', { state: 'draft' }, { 'ratings/TE1': { value: 1 } }],
  )
  assert.deepEqual(changes[2].seen, [changes[0].cid, changes[1].cid])
})

test('a change that was handed to the network never changes again', async () => {
  const store = await written(begin('o1'))
  const [first] = await changesOf(store)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const [again, second] = await changesOf(store)
  assert.deepEqual(again, first)
  assert.deepEqual([second.set, second.seen, second.base], [{ 'ratings/TE1': { value: 3 } }, [first.cid], 0])
})

test('an edit made on a newer row is not joined to one made on an older', async () => {
  const store = await written()
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [[5, 'o1', 'observation', draft()]], cursor: '5.aa' }), NOON)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  await store.outbox.applyAnswer(
    SPACE,
    [],
    answer({ rows: [[8, 'o1', 'observation', draft({ focus: 'x' })]], cursor: '8.aa' }),
    NOON,
  )
  await store.write(SPACE, [rate('o1', 'TE2', 3)])
  assert.deepEqual(
    (await changesOf(store)).map((one) => one.base),
    [5, 8],
  )
})

const say = (focus) => ({ kind: 'observation', id: 'o1', set: { focus } })

/** An own focus waits, made on row 5; row 8 came under it with somebody else's, which nobody has been shown here. */
async function coveredFocus(first = say('mine'), rows = [[5, 'o1', 'observation', draft({ focus: 'before' })]]) {
  const store = await written()
  await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '5.aa' }), NOON)
  await store.write(SPACE, [first])
  const [{ cid }] = await changesOf(store)
  const theirs = [8, 'o1', 'observation', draft({ focus: 'theirs', ratings: { TE1: { value: 2 } } })]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [theirs], cursor: '8.aa' }), NOON)
  return { store, cid }
}

test('who writes on over an own change has not seen what came under it', async () => {
  const { store, cid } = await coveredFocus()
  assert.equal((await store.read('o1')).body.focus, 'mine')
  for (const edit of [say('mine, and'), say('mine, and more'), rate('o1', 'TE1', 3)]) await store.write(SPACE, [edit])
  const [, focus, rating, ...others] = await changesOf(store)
  assert.deepEqual([focus.set, focus.base, focus.seen], [{ focus: 'mine, and more' }, 5, [cid]])
  // Where nothing of one's own lay over it, the newer row was on the screen.
  assert.deepEqual([rating.set, rating.base, rating.seen], [{ 'ratings/TE1': { value: 3 } }, 8, [cid, focus.cid]])
  assert.deepEqual(others, [])
})

test('who throws a record away has not seen what came under an own change', async () => {
  const { store, cid } = await coveredFocus()
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { '': null } }])
  const [, removal] = await changesOf(store)
  assert.deepEqual([removal.base, removal.seen], [5, [cid]])
})

test('a waiting beginning covers the whole record', async () => {
  const { store, cid } = await coveredFocus(begin('o1'), [])
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const [, rating] = await changesOf(store)
  assert.deepEqual([rating.base, rating.seen], [0, [cid]])
})

test('who writes on over an own change has seen the own ones it was made on', async () => {
  const store = await written()
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [[5, 'o1', 'observation', draft()]], cursor: '5.aa' }), NOON)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const [first] = await store.outbox.batch(SPACE)
  await store.write(SPACE, [say('mine')])
  await changesOf(store)
  // The first is taken and its row is here; the second was sent before that, and says so for good.
  await store.outbox.applyAnswer(SPACE, [first], accepting([first], 6), NOON)
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { focus: 'mine, and more', 'ratings/TE1': { value: 4 } } }])
  const [second, third] = await changesOf(store)
  assert.deepEqual([third.base, third.seen], [5, [first.cid, second.cid]])
})

test('what the server merged covers the row until its own comes', async () => {
  const { store, cid } = await coveredFocus()
  const sent = await store.outbox.batch(SPACE)
  const results = { [cid]: { verdict: 'merged', seq: 9, hash: sent[0].hash } }
  await store.outbox.applyAnswer(SPACE, sent, answer({ results, cursor: '8.aa', more: true }), NOON)
  await store.write(SPACE, [say('mine, and more')])
  const [focus] = await changesOf(store)
  assert.deepEqual([focus.base, focus.seen], [5, [cid]])
  const row = [9, 'o1', 'observation', draft({ focus: 'theirs' })]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [row], cursor: '9.aa' }), NOON)
  assert.equal((await store.read('o1')).body.focus, 'mine, and more')
})

test('a later edit in the same list can ask for an earlier one first', async () => {
  const store = await written()
  await store.write(SPACE, [{ new: { kind: 'visit', id: 'v1', body: { number: 1 } } }, { ...begin('o1'), after: 0 }])
  const [visit, observation] = await changesOf(store)
  assert.equal(observation.after, visit.cid)
})

test('many edits at once lose nothing, though the seal takes its time', async () => {
  const store = await written(begin('o1'))
  const indicators = Array.from({ length: 20 }, (_, n) => `TE${n}`)
  await Promise.all(indicators.map((one) => store.write(SPACE, [rate('o1', one, 2)])))
  assert.deepEqual(Object.keys((await store.read('o1')).body.ratings).sort(), indicators.sort())
})

test('two tabs that write the same record lose nothing', async () => {
  const device = tablet()
  const one = await storeOn(device)
  const two = await storeOn(device)
  await one.write(SPACE, [begin('o1')])
  const taps = Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).write(SPACE, [rate('o1', `TE${n}`, 1)]))
  await Promise.all([...taps, changesOf(one)])
  assert.equal(Object.keys((await two.read('o1')).body.ratings).length, 10)
  const sent = await changesOf(two)
  const ratings = sent.flatMap((change) => Object.keys(change.new?.ratings ?? change.set)).length
  assert.equal(ratings, 10)
})

test('every piece of work can be run twice and means the same', async () => {
  const plain = tablet()
  const twice = tablet()
  const stores = [await storeOn(plain), await storeOn(twice, { db: runningTwice(twice.factory, 'walkapp:ms-okoye') })]
  const ends = []
  for (const store of stores) {
    await store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
    const first = await store.outbox.batch(SPACE)
    await store.write(SPACE, [rate('o1', 'TE2', 4)])
    await store.outbox.applyAnswer(SPACE, first, accepting(first, 7), NOON)
    const second = await store.outbox.batch(SPACE)
    const no = { verdict: 'refused', seq: null, hash: second[0].hash, problem: { code: 'ratings-frozen' } }
    await store.outbox.applyAnswer(SPACE, second, answer({ results: { [second[0].cid]: no }, cursor: '8.aa' }), NOON)
    await store.tryAgain((await store.needsYou())[0].cid)
    await store.outbox.historyLost(SPACE)
    const body = (await store.read('o1')).body
    ends.push({
      body,
      changes: (await changesOf(store)).map(({ cid: _cid, seen: _seen, ...rest }) => rest),
      status: { ...store.status() },
    })
  }
  assert.deepEqual(ends[1], ends[0])
})

test('a write that was committed unseen, sent and built upon meanwhile is not made again', async () => {
  const device = tablet()
  const other = await storeOn(device)
  await other.write(SPACE, [begin('o1')])
  await other.outbox.batch(SPACE)
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  let isFirst = true
  const tx = async (stores, mode, ...rest) => {
    const result = await db.tx(stores, mode, ...rest)
    if (mode === 'readonly' || !isFirst) return result
    isFirst = false
    await other.outbox.batch(SPACE)
    await other.write(SPACE, [rate('o1', 'TE2', 1)])
    return db.tx(stores, mode, ...rest)
  }
  const store = await storeOn(device, { db: { ...db, tx } })
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const sets = (await changesOf(store)).map((change) => Object.keys(change.set ?? {}))
  assert.deepEqual(sets, [[], ['ratings/TE1'], ['ratings/TE2']])
})

test('what cannot be sent is refused before it is saved', async () => {
  const store = await written(begin('o1'))
  await assert.rejects(store.write(SPACE, [rate('o1', 'TE1', 2.5)]))
  await store.write(SPACE, [{ kind: 'observation', id: 'o1', set: { 'answers/glow': 'cut \ud83d' } }])
  assert.equal((await store.read('o1')).body.answers.glow, 'cut \ufffd')
})

test('an edit of what is not here says so', async () => {
  const store = await written()
  await assert.rejects(store.write(SPACE, [rate('nobody', 'TE1', 1)]), { code: 'unknown-record' })
})

test('lists come newest first, page by page, each kind on its own shelf', async () => {
  const store = await written()
  for (let n = 0; n < 7; n += 1) await store.write(SPACE, [begin(`o${n}`, draft({ started_at: NOON + (n % 3) }))])
  await store.write(SPACE, [{ new: { kind: 'room', id: 'r12', body: { code: '12', school: 'oak-hill' } } }])
  const first = await store.list('observation', { limit: 3 })
  const second = await store.list('observation', { limit: 3, before: first[2] })
  const third = await store.list('observation', { limit: 3, before: second[2] })
  assert.deepEqual(
    [first, second, third].flat().map((one) => one.id),
    ['o5', 'o2', 'o4', 'o1', 'o6', 'o3', 'o0'],
  )
  assert.deepEqual(
    (await store.all('room')).map(({ id, body }) => [id, body.code]),
    [['r12', '12']],
  )
})

test("a list of one space goes on past another's lines", async () => {
  const store = await written()
  for (let n = 0; n < 6; n += 1) await store.write(n === 0 ? 'other' : SPACE, [begin(`o${n}`, draft({ started_at: NOON + n }))])
  assert.deepEqual(
    (await store.list('observation', { space: 'other', limit: 2 })).map((one) => one.id),
    ['o0'],
  )
})

test('a kind with long bodies is read whole when all of it is asked for', async () => {
  const store = await written()
  const content = { domains: [] }
  await store.outbox.applyAnswer(
    SPACE,
    [],
    answer({ rows: [[1, 'rub', 'rubric', { rubric: 'dl', version: 1, title: 'DL', content }]] }),
    NOON,
  )
  assert.deepEqual((await store.all('rubric'))[0].body.content, content)
  assert.deepEqual((await store.list('rubric'))[0].summary, { rubric: 'dl', version: 1, title: 'DL' })
})

test('changes are told, with whether they came from here', async () => {
  const store = await written()
  const heard = []
  store.addEventListener('changed', ({ detail }) => heard.push([detail.ids, detail.kinds, detail.fromServer]))
  await store.write(SPACE, [begin('o1')])
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [[3, 'w1', 'walk', { date: '2026-11-20' }]] }), NOON)
  assert.deepEqual(heard, [
    [['o1'], ['observation'], false],
    [['w1'], ['walk'], true],
  ])
})

test('another tab hears of it', async () => {
  const device = tablet()
  const channels = [new BroadcastChannel('t'), new BroadcastChannel('t')]
  const open = (channel) => storeOnChannel(device, channel)
  const [one, two] = await Promise.all(channels.map(open))
  const heard = new Promise((done) => two.addEventListener('changed', ({ detail }) => done(detail)))
  await one.write(SPACE, [begin('o1')])
  assert.deepEqual([(await heard).ids, (await heard).here], [['o1'], false])
  channels.forEach((channel) => channel.close())
})

async function storeOnChannel(device, channel) {
  const { openStore } = await import('../../static/js/store/store.js')
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  return openStore({ account: 'ms-okoye', now: device.now, newId: device.newId, channel, db })
}

test('edits that storage could not take come back after the reload', async () => {
  const device = tablet()
  const shelf = new Map()
  globalThis.sessionStorage = {
    getItem: (k) => shelf.get(k) ?? null,
    setItem: (k, v) => shelf.set(k, v),
    removeItem: (k) => shelf.delete(k),
  }
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const dead = {
    ...db,
    tx: (stores, mode, ...rest) =>
      mode === 'readwrite' ? Promise.reject(new DOMException('lost', 'UnknownError')) : db.tx(stores, mode, ...rest),
  }
  const store = await storeOn(device, { db: dead })
  await assert.rejects(store.write(SPACE, [begin('o1')]), { name: 'UnknownError' })
  assert.equal(store.status().storageTrouble, 'lost')
  const later = await storeOn(device)
  assert.equal(await later.recover(), 1)
  assert.equal((await later.read('o1')).body.state, 'draft')
  assert.equal(shelf.size, 0)
  delete globalThis.sessionStorage
})
