import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { DEVICE_SCHEMA, makeDevice } from '../../static/js/store/device.js'
import { makeSession } from '../../static/js/sync/session.js'
import { NetworkTrouble } from '../../static/js/sync/trouble.js'
import { begin, realmOf, SPACE, storeOn, tablet } from './support.js'

const OKOYE = { account: { id: 'a1', email: 'okoye@example.org' }, spaces: [], expires: 1, now: 0 }
const told =
  (status, json = null) =>
  async () => ({ ok: status < 300, status, json, retryAfter: null })
const lost = async () => {
  throw new NetworkTrouble('no-network')
}

function here(answers, store = null) {
  const { factory, newId } = tablet()
  const db = connect('walkapp-device', DEVICE_SCHEMA, realmOf(factory))
  const device = makeDevice({ db: () => db, newId })
  const asked = []
  const ask =
    (verb) =>
    (path, ...rest) => {
      asked.push([verb, path, ...rest])
      return (answers[verb] ?? lost)()
    }
  const transport = { post: ask('post'), get: ask('get'), remove: ask('remove') }
  return { device, asked, session: makeSession({ transport, device, store: () => store, locks: null, deviceName: 'iPad' }) }
}

test('who signed in is known without a network', async () => {
  const { device, session, asked } = here({ post: told(201, OKOYE) })
  await session.signIn('okoye@example.org', 'secret')
  const person = await device.currentPerson()
  assert.deepEqual([person.account.id, person.device.name], ['a1', 'iPad'])
  assert.equal(asked[0][2].device.id, await device.deviceId())
})

test("a wrong password is told in the server's words and signs nobody in", async () => {
  const { device, session } = here({ post: told(401, { code: 'sign-in-failed', title: 'No.' }) })
  assert.equal((await session.signIn('a', 'b')).problem.code, 'sign-in-failed')
  assert.equal(await device.currentPerson(), null)
})

test('without a network signing in says so', async () => {
  assert.equal((await here({}).session.signIn('a', 'b')).problem.code, 'no-network')
})

test('checking without a network changes nothing', async () => {
  const { device, session } = here({ post: told(201, OKOYE) })
  await session.signIn('a', 'b')
  assert.equal((await session.checkSession()).problem.code, 'no-network')
  assert.equal((await device.currentPerson()).account.id, 'a1')
})

test("somebody else's session is not taken over", async () => {
  const { device, session } = here({ post: told(201, OKOYE), get: told(200, { ...OKOYE, account: { id: 'a2', email: 'x' } }) })
  await session.signIn('a', 'b')
  assert.deepEqual(await session.checkSession(), { signedOut: true, someoneElse: true })
  assert.equal((await device.currentPerson()).account.id, 'a1')
})

test('nobody signs out of unsent work', async () => {
  const store = await storeOn(tablet())
  await store.write(SPACE, [begin('o1')])
  const { device, session } = here({ post: told(201, OKOYE), remove: told(204) }, store)
  await session.signIn('a', 'b')
  assert.deepEqual(await session.signOut(), { refused: 'unsent', waiting: 1, needsYou: 0, files: 0 })
  assert.equal((await device.currentPerson()).account.id, 'a1')
})

test('signing out without a network is made good at the next contact', async () => {
  const answers = { post: told(201, OKOYE) }
  const { device, session, asked } = here(answers)
  await session.signIn('a', 'b')
  answers.post = lost
  await session.signOut()
  assert.equal(await device.currentPerson(), null)
  Object.assign(answers, { remove: told(204), get: told(401) })
  assert.deepEqual(await session.checkSession(), { signedOut: true })
  assert.deepEqual(
    asked.slice(-2).map(([verb]) => verb),
    ['remove', 'get'],
  )
})

test('two tabs that start together are one device', async () => {
  const { device } = here({})
  const ids = await Promise.all([device.deviceId(), device.deviceId()])
  assert.equal(ids[0], ids[1])
})

test('what waits on another tablet is told at the sign-in, until it is seen or was sent', async () => {
  const there = { id: 'other', name: 'iPad', unsent: 3, files: 0, reported_at: 5 }
  const answers = { post: told(201, { ...OKOYE, devices: [there] }), get: told(200, { ...OKOYE, devices: [there] }) }
  const { device, session } = here(answers)
  assert.deepEqual((await session.signIn('a', 'b')).person.elsewhere, [there])
  assert.deepEqual((await session.checkSession()).person.elsewhere, [there])
  answers.get = told(200, { ...OKOYE, devices: [] })
  assert.equal((await session.checkSession()).person.elsewhere, undefined)
  answers.get = told(200, { ...OKOYE, devices: [there, { ...there, id: await device.deviceId() }] })
  assert.equal((await session.checkSession()).person.elsewhere, undefined, 'what came up later is no news of a sign-in')
})

test('nobody signs out from text that is on the screen only', async () => {
  const store = { refresh: async () => {}, status: () => ({ unkept: 1 }) }
  const { device, session } = here({ post: told(201, OKOYE), remove: told(204) }, store)
  await session.signIn('a', 'b')
  assert.equal((await session.signOut()).refused, 'unsent')
  assert.ok(await device.currentPerson())
})

test('a sign-in whose lock is taken by a tab that stood still ends as it would have', async () => {
  const { factory, newId } = tablet()
  const db = connect('walkapp-device', DEVICE_SCHEMA, realmOf(factory))
  const device = makeDevice({ db: () => db, newId })
  const locks = {
    request: async (_name, work) => {
      work({})
      throw new DOMException('stolen', 'AbortError')
    },
  }
  const session = makeSession({ transport: { post: told(201, OKOYE) }, device, locks })
  assert.equal((await session.signIn('a', 'b')).person.account.id, 'a1')
})
