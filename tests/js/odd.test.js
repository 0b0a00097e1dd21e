import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { answer, begin, changesOf, draft, rate, realmOf, SPACE, storeOn, tablet, turn } from './support.js'

async function spoiled(store, key, how) {
  const device = tablet()
  const whole = await storeOn(device)
  await whole.write(SPACE, [begin('o1')])
  await whole.write(SPACE, [begin('o2')])
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  const raw = (await db.tx(store, 'readonly', (t) => t.objectStore(store).getAll())).find((one) => key(one))
  const box = how(raw.box)
  await db.put(store, { ...raw, box })
  return { store: await storeOn(device), db, raw: { ...raw, box } }
}

const garbage = () => 'AAAA'
const otherForm = () => Buffer.from('{"nothing":"known"}').toString('base64')

for (const [name, how] of Object.entries({ 'that the seal does not open': garbage, 'of another form': otherForm })) {
  test(`one waiting change ${name} is set apart as it was, and the others go out`, async () => {
    const { store, db, raw } = await spoiled('outbox', ({ n }) => n === 1, how)
    await store.recover()
    assert.deepEqual(
      (await changesOf(store)).map(({ id }) => id),
      ['o2'],
    )
    const [odd] = await store.listOdd()
    assert.deepEqual([odd.store, odd.id, odd.raw], ['outbox', raw.cid, raw])
    assert.deepEqual([store.status().odd, store.status().needsYou], [1, 1])
    assert.deepEqual(await db.keys('odd'), [`outbox ${raw.cid}`])
    await store.dropOdd(odd.key)
    assert.equal(store.status().needsYou, 0)
  })
}

test('one damaged record does not keep the others from being shown', async () => {
  const { store } = await spoiled('docs', ({ id }) => id === 'o1', garbage)
  assert.equal(await store.read('o1'), null)
  assert.ok(await store.read('o2'))
  for (let n = 0; n < 20 && !store.status().odd; n += 1) await turn()
  assert.deepEqual(
    (await store.list('observation')).map(({ id }) => id),
    ['o2'],
  )
  assert.equal((await store.listOdd())[0].id, 'o1')
})

test('writing to a damaged record sets it apart and says that it is not here', async () => {
  const { store } = await spoiled('docs', ({ id }) => id === 'o1', otherForm)
  await assert.rejects(store.write(SPACE, [rate('o1', 'TE1', 3)]), { code: 'unknown-record' })
  await store.write(SPACE, [rate('o2', 'TE1', 3)])
  assert.deepEqual((await store.read('o2')).body.ratings, { TE1: { value: 3 } })
})

test('a damaged line of a list costs that line', async () => {
  const { store } = await spoiled('rows', ({ id }) => id === 'o1', garbage)
  assert.deepEqual(
    (await store.list('observation')).map(({ id }) => id),
    ['o2'],
  )
})

test('a record of a newer version, or of an unknown kind, is kept to the letter and only read', async () => {
  const store = await storeOn(tablet())
  const newer = { state: 'draft', schema: 9, hologram: { at: 1 }, ratings: {} }
  const unheard = { colour: 'green' }
  const rows = [
    [1, 'o9', 'observation', newer],
    [2, 'h1', 'hologram', unheard],
  ]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows, cursor: '2.aa' }), 1)
  const [record, other] = [await store.read('o9'), await store.read('h1')]
  assert.deepEqual([record.body, record.newer], [newer, true])
  assert.deepEqual([other.body, other.newer], [unheard, true])
  await assert.rejects(store.write(SPACE, [rate('o9', 'TE1', 3)]), { code: 'newer-record' })
  assert.equal(store.status().waiting, 0)
})

test('a damaged record or list line does not keep a restored server from being offered the others', async () => {
  const { store, db } = await spoiled('docs', ({ id }) => id === 'o1', garbage)
  const row = (await db.tx('rows', 'readonly', (t) => t.objectStore('rows').getAll())).find(({ id }) => id === 'o1')
  await db.put('rows', { ...row, box: garbage() })
  await store.outbox.historyLost(SPACE, 0)
  const batches = []
  for await (const offers of store.outbox.offersBeyond(SPACE, 0)) batches.push(offers)
  // What waits for the damaged one makes it anew, and that stays.
  for (let n = 0; n < 20; n += 1) await turn()
  assert.deepEqual([...(await store.outbox.knownSeqs(SPACE)).keys()].sort(), ['o1', 'o2'])
  assert.ok(await store.read('o1'))
})

test('a change that breaks while the app is open is set apart, and the others go out', async () => {
  const { store } = await spoiled('outbox', ({ n }) => n === 1, garbage)
  assert.deepEqual(
    (await changesOf(store)).map(({ id }) => id),
    ['o2'],
  )
})

test('a choice between two versions is no damage: it is there after a restart', async () => {
  const device = tablet()
  const store = await storeOn(device)
  const body = draft({ also: { 'ratings:TE1~abcdef01': { value: 2 } }, ratings: { TE1: { value: 3 } } })
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [[1, 'o1', 'observation', body]], cursor: '1.aa' }), 1)
  assert.equal(store.status().conflicts, 1)
  const again = await storeOn(device)
  await again.recover()
  assert.deepEqual([again.status().conflicts, again.status().odd], [1, 0])
})
