import assert from 'node:assert/strict'
import test from 'node:test'
import { hashOf } from '../../static/js/core/canonical.js'
import { Oracle } from '../simulation/oracle.mjs'

const SPACE = 'f5000000-0000-4000-8000-000000000001'
const CID = 'c1000000-0000-4000-8000-000000000001'
const ID = 'a1000000-0000-4000-8000-000000000001'

/** A beginning that a tablet and its copy both wrote on, under the one id it had when the copy was made. */
const first = { cid: CID, kind: 'observation', id: ID, at: 1, new: { title: 'w1.' } }
const other = { ...first, at: 2, new: { title: 'w1.', counts: { students_asked: 10_002 } } }

function atWork() {
  const app = { statusWords: () => ({ text: 'on the server, 14:02' }) }
  const oracle = new Oracle({ app, clones: 1, restores: 1, schedule: { now: 0 }, rights: {}, people: {} })
  return { oracle, one: tab('okoye-1'), copy: tab('okoye-2') }
}

function tab(name) {
  return { name, store: { status: () => ({}) }, tablet: { name, life: 0, now: () => 0 } }
}

function wrote(oracle, by, { kind, id, new: body }) {
  oracle.saved(oracle.writing(by, SPACE, [{ new: { kind, id, body } }], new Map()))
}

/** @param {object} change */
function requestOf(change) {
  return JSON.stringify({ spaces: { [SPACE]: { changes: [{ ...change, after: ID }] } } })
}

/** It is sent, and this is what the database has under its id right after. */
async function sends(oracle, by, change, there) {
  const body = requestOf(change)
  oracle.sending(by, body)
  const kept = { [CID]: { verdict: 'ok', said: await hashOf(/** @type {any} */ (there)) } }
  oracle.answered(by, body, { status: 200, text: '{"spaces":{}}', kept })
}

// Found by the simulation: the copy's content came first, and a server restored to before it took the other one.
test('what a restored server took under an id has reached it, whatever it had under that id before', async () => {
  const { oracle, one, copy } = atWork()
  wrote(oracle, one, other)
  await sends(oracle, copy, first, first)
  await sends(oracle, one, other, other)
  oracle.nothingIsSaidTooSoon(one)
})

test('what a dead server never took has not reached it, whatever a copy brings under that id after', async () => {
  const { oracle, one, copy } = atWork()
  wrote(oracle, one, other)
  // The server was killed over it, before its commit.
  oracle.sending(one, requestOf(other))
  await sends(oracle, copy, first, first)
  assert.throws(() => oracle.nothingIsSaidTooSoon(one), /I8 said to be on the server/)
})

test('nobody ever sent what stands under the id', async () => {
  const { oracle, one } = atWork()
  await assert.rejects(sends(oracle, one, first, other), /kept as nobody ever sent it/)
})
