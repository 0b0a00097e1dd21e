/** School filters that let nothing but GET and POST through, and answer everything else themselves or not at all. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { connect } from '../../static/js/store/db.js'
import { DEVICE_SCHEMA, makeDevice } from '../../static/js/store/device.js'
import { makeBytes } from '../../static/js/sync/bytes.js'
import { makeSession } from '../../static/js/sync/session.js'
import { makeTransport } from '../../static/js/sync/transport.js'
import { makeUploads } from '../../static/js/sync/uploads.js'
import { FileServer, json, photo, sealOfBytes } from './photos.js'
import { accepting, begin, NOON, realmOf, SPACE, storeOn, tablet } from './support.js'

const OKOYE = { account: { id: 'a1', email: 'okoye@example.org' }, spaces: [] }
const page = (status) => new Response('<html>Blocked by your school</html>', { status, headers: { 'Content-Type': 'text/html' } })
const WAYS = [
  ['forbids', () => page(403)],
  ['does not allow', () => page(405)],
  ['answers with a page', () => page(200)],
  [
    'swallows',
    () => {
      throw new TypeError('connection reset')
    },
  ],
]

/** One person's session on the server, behind a filter. */
function behind(filter, end = () => json({})) {
  const server = { isOpen: false, asked: [] }
  const fetch = async (path, { method }) => {
    server.asked.push(method)
    if (!['GET', 'POST'].includes(method)) return filter()
    if (method === 'GET') return server.isOpen ? json(OKOYE) : json({ code: 'signed-out' }, { status: 401 })
    if (!path.endsWith('/end')) server.isOpen = true
    else {
      const answer = end()
      server.isOpen = !answer.ok
      return answer
    }
    return json(OKOYE, { status: 201 })
  }
  const { factory, newId } = tablet()
  const db = connect('walkapp-device', DEVICE_SCHEMA, realmOf(factory))
  const device = makeDevice({ db: () => db, newId })
  const session = makeSession({ transport: makeTransport({ fetch, now: () => NOON }), device, locks: null })
  return { server, device, session }
}

for (const [how, filter] of WAYS) {
  test(`signing out ends the session on the server where the network ${how} everything but GET and POST`, async () => {
    const { server, device, session } = behind(filter)
    await session.signIn('okoye@example.org', 'secret')
    await session.signOut()
    assert.equal(server.isOpen, false)
    assert.equal(await device.currentPerson(), null)
    assert.deepEqual(await session.checkSession(), { signedOut: true })
  })
}

test('a session that could not be ended brings nobody back, and is ended later', async () => {
  const ends = [json({ code: 'server-trouble' }, { status: 500 }), json({ code: 'server-trouble' }, { status: 500 }), json({})]
  const { server, device, session } = behind(WAYS[1][1], () => ends.shift())
  await session.signIn('okoye@example.org', 'secret')
  await session.signOut()
  assert.equal((await session.checkSession()).problem.code, 'server-trouble')
  assert.deepEqual([server.isOpen, await device.currentPerson()], [true, null])
  assert.deepEqual(await session.checkSession(), { signedOut: true })
  assert.equal(server.isOpen, false)
})

test('photos travel by POST alone', async () => {
  const device = tablet()
  const server = new FileServer()
  const store = await storeOn(device, { seal: sealOfBytes })
  const bytes = makeBytes({ fetch: server.fetch, now: device.now })
  const files = await store.files()
  await store.write(SPACE, [begin('o1')])
  await files.add(SPACE, 'o1', photo(1_200_000), { at: NOON })
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 10), NOON)
  const uploads = makeUploads({ store, bytes, spaces: () => [SPACE], now: device.now })
  await uploads.run({ moved: () => {}, signal: new AbortController().signal })
  assert.equal(store.status().filesSent, 1)
  assert.deepEqual([...new Set(server.requests.map(({ method }) => method))].sort(), ['HEAD', 'POST'])
})
