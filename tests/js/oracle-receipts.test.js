import assert from 'node:assert/strict'
import test from 'node:test'
import { hashOf } from '../../static/js/core/canonical.js'
import { Oracle } from '../simulation/oracle.mjs'

const CID = 'c1000000-0000-4000-8000-000000000001'

/** An oracle that saw one change judged, by one server after the other, as copies of a tablet brought it. */
async function oracleThatSaw(...verdicts) {
  const oracle = new Oracle({ clones: 1, restores: 1 })
  const change = { cid: CID, kind: 'observation', id: 'a1', at: 1, new: {} }
  oracle.sending({ tablet: { name: 'okoye-1' } }, JSON.stringify({ spaces: { oak: { changes: [change] } } }))
  const said = await hashOf(/** @type {any} */ (change))
  for (const verdict of verdicts) oracle.answered(null, null, { status: 200, kept: { [CID]: { verdict, said } } })
  return oracle
}

function tabletWith(sent) {
  const stores = { sent: [{ box: { change: { cid: CID }, ...sent } }] }
  return { name: 'okoye-0', databaseName: 'walkapp', storage: { records: (_database, store) => stores[store] ?? [] } }
}

const log = (verdict) => ({ changes: [{ cid: CID, verdict }] })

test('what a copy was told by a restored server says nothing about a tablet that was not in touch', async () => {
  for (const later of ['held', 'refused']) (await oracleThatSaw('ok', later)).receiptsAreTrue(tabletWith({ seq: 15 }))
  ;(await oracleThatSaw('held', 'merged')).receiptsAreTrue(tabletWith({ seq: null, unread: true }))
})

test('a receipt that no server ever gave is found at once', async () => {
  for (const told of [[], ['refused'], ['held']]) {
    const oracle = await oracleThatSaw(...told)
    assert.throws(() => oracle.receiptsAreTrue(tabletWith({ seq: 15 })), /I8 kept as sent/)
  }
  const oracle = await oracleThatSaw('ok')
  assert.throws(() => oracle.receiptsAreTrue(tabletWith({ unread: true })), /I8 kept as sent/)
})

test('when all is quiet a receipt stands for what the server holds', async () => {
  const oracle = await oracleThatSaw('ok', 'held')
  oracle.receiptsStand(tabletWith({ seq: 15 }), log('merged'))
  oracle.receiptsStand(tabletWith({ unread: true }), log('held'))
  for (const held of [log('held'), log('refused'), { changes: [] }]) {
    assert.throws(() => oracle.receiptsStand(tabletWith({ seq: 15 }), held), /I8 kept as sent/)
  }
})
