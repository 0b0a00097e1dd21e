import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import test from 'node:test'
import { makeTransport } from '../../static/js/sync/transport.js'

const answering = (body, init = {}) => {
  const asked = []
  const fetch = async (path, options) => {
    asked.push({ path, ...options })
    return new Response(body, { headers: { 'Content-Type': 'application/json' }, ...init })
  }
  return { asked, transport: makeTransport({ fetch, now: () => Date.UTC(2026, 10, 22) }) }
}

test('an answer of the server is handed on as it is', async () => {
  const { transport } = answering('{"a":1}')
  assert.deepEqual(await transport.post('/x', {}), { ok: true, status: 200, json: { a: 1 }, retryAfter: null })
})

test('a problem is an answer too', async () => {
  const { transport } = answering('{"code":"signed-out"}', {
    status: 401,
    headers: { 'Content-Type': 'application/problem+json' },
  })
  const { ok, status, json } = await transport.get('/x')
  assert.deepEqual([ok, status, json.code], [false, 401, 'signed-out'])
})

test('a big request is packed and a small one is not', async () => {
  const { asked, transport } = answering('{}')
  const big = { text: 'evidence '.repeat(500) }
  await transport.post('/x', big)
  await transport.post('/x', { small: 1 })
  assert.deepEqual(JSON.parse(gunzipSync(Buffer.from(asked[0].body)).toString()), big)
  assert.deepEqual([asked[0].headers['Content-Encoding'], asked[1].headers['Content-Encoding']], ['gzip', undefined])
})

for (const [what, init] of [
  ["a hotel's page", { headers: { 'Content-Type': 'text/html' } }],
  ['a redirect', { status: 302, headers: { Location: 'http://portal.example/' } }],
  ['a network that asks for sign-in', { status: 511, headers: { 'Content-Type': 'text/html' } }],
  ['a page that forbids', { status: 403, headers: { 'Content-Type': 'text/html' } }],
]) {
  test(`${what} counts as not sent`, async () => {
    await assert.rejects(answering('<html>', init).transport.post('/x', {}), { code: 'captive-portal' })
  })
}

test('an answer cut short counts as not sent', async () => {
  await assert.rejects(answering('{"a":').transport.post('/x', {}), { code: 'garbled' })
})

test("a proxy's own words for too big, too many and out of order are understood", async () => {
  for (const status of [413, 429, 502, 503]) {
    const { transport } = answering('<html>', { status, headers: { 'Content-Type': 'text/html', 'Retry-After': '7' } })
    const told = await transport.post('/x', {})
    assert.deepEqual([told.ok, told.status, told.json, told.retryAfter], [false, status, null, 7_000])
  }
})

test('a date to come back at is understood', async () => {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': 'Sun, 22 Nov 2026 00:01:00 GMT' }
  assert.equal((await answering('{}', { status: 503, headers }).transport.get('/x')).retryAfter, 60_000)
})

test('no network and no answer in time are told apart', async () => {
  const dead = makeTransport({
    now: () => 0,
    fetch: async () => {
      throw new TypeError('Failed to fetch')
    },
  })
  await assert.rejects(dead.get('/x'), { code: 'no-network' })
  const silent = makeTransport({
    now: () => 0,
    fetch: (_path, { signal }) => new Promise((_done, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
  })
  // The time limit's own timer does not keep Node awake.
  const awake = setInterval(() => {}, 5)
  await assert.rejects(silent.get('/x', { timeout: 20 }), { code: 'timeout' })
  clearInterval(awake)
})
