/** A tablet that is a copy of another finds it out at its next contact; one that only lost answers does not. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { DEVICE_SCHEMA, makeDevice } from '../../static/js/store/device.js'
import { isOwnContact, nextContact } from '../../static/js/store/lineage.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { accepting, answer, begin, changesOf, draft, rate, realmOf, SPACE, storeOn, tablet } from './support.js'

function keeperOn({ factory, newId }) {
  return { db: connect('walkapp:a', SCHEMA, realmOf(factory)), newId }
}

/** What the server does: the newest name is taken from whoever knows the one before. */
function serverOf() {
  const server = {
    nonce: null,
    hear({ was, now }) {
      if ([null, was, now].includes(server.nonce)) server.nonce = now
      return server.nonce
    },
  }
  return server
}

async function contact(keeper, server, { isAnswered = true } = {}) {
  const heard = server.hear(await nextContact(keeper, 'd1'))
  return isAnswered ? isOwnContact(keeper, 'd1', heard) : null
}

/** Two tablets with the same storage: the same names so far, other names from here on. */
async function copied(keeper, into) {
  const meta = await keeper.db.get('meta', 'contact')
  await into.db.tx('meta', 'readwrite', (t) => void t.objectStore('meta').put(meta))
}

test('one tablet knows every contact it made', async () => {
  const keeper = keeperOn(tablet())
  const server = serverOf()
  for (let times = 0; times < 50; times += 1) assert.equal(await contact(keeper, server), true)
})

test('answers that were lost make no copy of it', async () => {
  const keeper = keeperOn(tablet())
  const server = serverOf()
  await contact(keeper, server)
  for (let times = 0; times < 5; times += 1) await contact(keeper, server, { isAnswered: false })
  assert.equal(await contact(keeper, server), true)
})

test('a server that came back from a backup makes no copy of it', async () => {
  const keeper = keeperOn(tablet())
  const server = serverOf()
  for (let times = 0; times < 5; times += 1) await contact(keeper, server)
  const backup = server.nonce
  for (let times = 0; times < 20; times += 1) await contact(keeper, server)
  server.nonce = backup
  assert.equal(await contact(keeper, server), true)
  assert.equal(await contact(keeper, server), true)
})

test('a copy knows itself at its first contact after the other made one', async () => {
  const original = keeperOn(tablet('okoye'))
  const copy = keeperOn(tablet('copy'))
  const server = serverOf()
  await contact(original, server)
  await contact(original, server)
  await copied(original, copy)
  assert.equal(await contact(original, server), true)
  assert.equal(await contact(copy, server), false)
  assert.equal(await contact(original, server), true)
})

test('a copy made before any answer named the contact knows itself too', async () => {
  const original = keeperOn(tablet('okoye'))
  const copy = keeperOn(tablet('copy'))
  const server = serverOf()
  await contact(original, server, { isAnswered: false })
  await copied(original, copy)
  for (let times = 0; times < 3; times += 1) assert.equal(await contact(original, server), true)
  assert.equal(await contact(copy, server), false)
})

test('a tablet whose database was lost takes over what the server says of it', async () => {
  const keeper = keeperOn(tablet())
  const server = serverOf()
  server.nonce = 'before it was lost'
  for (let times = 0; times < 3; times += 1) assert.equal(await contact(keeper, server), true)
})

test('of two copies the one that comes first keeps the id, and the other hears of it', async () => {
  const original = keeperOn(tablet('okoye'))
  const copy = keeperOn(tablet('copy'))
  const server = serverOf()
  await contact(original, server)
  await contact(original, server)
  await copied(original, copy)
  assert.equal(await contact(copy, server), true)
  assert.equal(await contact(original, server), false)
})

test('a tablet that came back from a backup of itself is a new one', async () => {
  const keeper = keeperOn(tablet('okoye'))
  const older = keeperOn(tablet('older'))
  const server = serverOf()
  await contact(keeper, server)
  await contact(keeper, server)
  await copied(keeper, older)
  for (let times = 0; times < 3; times += 1) await contact(keeper, server)
  assert.equal(await contact(older, server), false)
})

test('under its new id it begins anew', async () => {
  const keeper = keeperOn(tablet())
  await nextContact(keeper, 'd1')
  await isOwnContact(keeper, 'd1', 'heard')
  assert.equal((await nextContact(keeper, 'd2')).was, null)
})

test('two tabs that find it out make one new id, and the person keeps it', async () => {
  const { factory, newId } = tablet()
  const db = connect('walkapp-device', DEVICE_SCHEMA, realmOf(factory))
  const device = makeDevice({ db: () => db, newId })
  const old = await device.deviceId()
  await device.setPerson({ account: { id: 'a1' }, spaces: [], device: { id: old, name: 'iPad' } })
  await Promise.all([device.renewDevice(old), device.renewDevice(old)])
  const fresh = await device.deviceId()
  assert.notEqual(fresh, old)
  const { device: here } = await device.currentPerson()
  assert.deepEqual(here, { id: fresh, name: 'iPad' })
  await device.renewDevice(old)
  assert.equal(await device.deviceId(), fresh)
})

test('what a copy sent under the same id as the other goes out again under its own, and asks nobody', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const first = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, first, accepting(first, 5), 1)
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  const [sent] = await store.outbox.batch(SPACE)
  const verdict = { verdict: 'refused', seq: null, hash: sent.hash, problem: { code: 'cid-reused' } }
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results: { [sent.cid]: verdict } }), 2)
  const [again, ...more] = await store.outbox.batch(SPACE)
  const { set, base, seen, at } = sent.change
  assert.deepEqual([again.change, more.length], [{ ...again.change, set, base, seen, at }, 0], 'it had seen no more than before')
  assert.match(again.cid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  const { needsYou, waiting } = store.status()
  assert.deepEqual([needsYou, waiting], [0, 1])
  assert.deepEqual((await store.read('o1')).body.ratings, { TE1: { value: 3 } })
})

test('two copies that hold the very same refused change give it the very same new id, so that it is taken once', async () => {
  const clones = await Promise.all([storeOn(tablet()), storeOn(tablet())])
  const cids = []
  for (const store of clones) {
    await store.write(SPACE, [begin('o1')])
    const first = await store.outbox.batch(SPACE)
    await store.outbox.applyAnswer(SPACE, first, accepting(first, 5), 1)
    await store.write(SPACE, [rate('o1', 'TE1', 3)])
    const [sent] = await store.outbox.batch(SPACE)
    // Whatever else this tablet made meanwhile, its own ids have moved on.
    if (store === clones[1]) await store.write(SPACE, [begin('o2')])
    const verdict = { verdict: 'refused', seq: null, hash: sent.hash, problem: { code: 'cid-reused' } }
    await store.outbox.applyAnswer(SPACE, [sent], answer({ results: { [sent.cid]: verdict } }), 2)
    const again = (await store.outbox.batch(SPACE)).find(({ change }) => change.id === 'o1')
    cids.push(again.cid)
  }
  assert.equal(cids[0], cids[1])
})

test('of a visit that both copies began, what only this one says is offered, and no step of the other is taken back', async () => {
  const store = await storeOn(tablet())
  const here = draft({ ratings: { TE1: { value: 3 }, TE2: { value: 1 } } })
  await store.write(SPACE, [begin('o1', here)])
  const [sent] = await store.outbox.batch(SPACE)
  const verdict = { verdict: 'refused', seq: null, hash: sent.hash, problem: { code: 'cid-reused' } }
  const there = draft({ state: 'submitted', ratings: { TE1: { value: 3 }, TE2: { value: 4 } } })
  const rows = [[7, 'o1', 'observation', there, 'm']]
  await store.outbox.applyAnswer(SPACE, [sent], answer({ results: { [sent.cid]: verdict }, rows, cursor: '7.aa' }), 2)
  const [again] = await changesOf(store)
  assert.deepEqual([again.set, again.base, again.seen], [{ 'ratings/TE2': { value: 1 } }, 0, []])
})
