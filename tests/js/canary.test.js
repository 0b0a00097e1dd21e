import assert from 'node:assert/strict'
import test from 'node:test'
import { IDBFactory } from '../vendor/fake-indexeddb.js'
import { CANARY, damageBy, hintOf } from '../../static/js/store/canary.js'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { openStore } from '../../static/js/store/store.js'
import { accepting, begin, counting, NOON, rate, realmOf, slowSeal, SPACE, tablet } from './support.js'

const HERE = { database: 'd1', highest: 5, unsent: 0, former: [], wroteAt: 0 }

/** A local storage that can be looked at. */
function shelf() {
  const kept = new Map()
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

async function openOn(device, { beside = shelf(), account = 'ms-okoye' } = {}) {
  const db = connect(`walkapp:${account}`, SCHEMA, realmOf(device.factory))
  const hint = hintOf(account, () => beside)
  return counting(await openStore({ account, seal: slowSeal, now: device.now, newId: device.newId, channel: null, db, hint }))
}

async function canaryIn(device) {
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  return db.get('meta', CANARY)
}

test('whoever remembers more than is here is believed', () => {
  const by = (told, here = HERE) => damageBy(here, told, 'server', NOON)
  assert.equal(by(null), null)
  assert.equal(by({ database: null, highest: null }), null)
  assert.equal(by({ database: 'd1', highest: 5 }), null)
  assert.equal(by({ database: 'd1', highest: 3 }), null, 'a lagging memory is no proof')
  assert.deepEqual([by({ database: 'd1', highest: 7 }).why, by({ database: 'd1', highest: 7 }).missing], ['cut', 2])
  assert.equal(by({ database: 'd0', highest: 2, unsent: 1 }).why, 'emptied')
  assert.equal(by({ database: 'd0', highest: 2 }, null).missing, 2)
  assert.equal(by({ database: 'd0', highest: 2 }, { ...HERE, former: ['d0'] }), null, 'an accepted loss is over')
})

test('the canary moves with what a person writes, and never back', async () => {
  const device = tablet()
  const store = await openOn(device)
  assert.equal(store.canary(), null)
  await store.write(SPACE, [begin('o1'), begin('o2')])
  const first = store.canary()
  assert.equal(first.highest, 2)
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 7), NOON)
  device.clock.now += 200 * 24 * 3_600_000
  await store.outbox.pruneSent(device.now()).catch(() => {})
  await store.write(SPACE, [rate('o1', 'TE1', 3)])
  assert.equal(store.canary().database, first.database)
  assert.ok(store.canary().highest > 2, 'numbers are never given again')
  assert.equal((await canaryIn(device)).unsent, 1)
})

test('a write that fails leaves the canary as it was', async () => {
  const device = tablet()
  const store = await openOn(device)
  await store.write(SPACE, [begin('o1')])
  await assert.rejects(store.write(SPACE, [rate('nowhere', 'TE1', 3)]))
  assert.equal((await canaryIn(device)).highest, 1)
})

test('an emptied database is damage, and stays so until its person has seen it', async () => {
  const device = tablet()
  const beside = shelf()
  await (await openOn(device, { beside })).write(SPACE, [begin('o1')])
  const emptied = { ...device, factory: new IDBFactory() }
  const store = await openOn(emptied, { beside })
  const { damage } = store.status()
  assert.deepEqual([damage.why, damage.by, damage.missing, damage.unsent], ['emptied', 'tablet', 1, 1])
  const again = await openOn(emptied, { beside: shelf() })
  assert.equal(again.status().damage.why, 'emptied', 'the memory beside it is gone, the finding is not')
  await again.acceptDamage()
  assert.equal(again.status().damage, null)
  assert.equal((await openOn(emptied, { beside })).status().damage, null)
})

test('a database that came back older is damage', async () => {
  const device = tablet()
  const beside = shelf()
  const store = await openOn(device, { beside })
  await store.write(SPACE, [begin('o1')])
  const { database } = store.canary()
  await store.heardOfDevice({ database, highest: 9, unsent: 3, files: 1, at: NOON - 60_000 })
  const { damage } = store.status()
  assert.deepEqual([damage.why, damage.by, damage.missing, damage.unsent, damage.files], ['cut', 'server', 8, 3, 1])
  await store.acceptDamage()
  assert.notEqual(store.canary().database, database)
  await store.heardOfDevice({ database, highest: 9, unsent: 3 })
  assert.equal(store.status().damage, null, 'what was on its way when it was accepted changes nothing')
})

test('two clones of one tablet come to rest after each was told once', async () => {
  const mine = { database: 'd1', highest: 5, unsent: 0, former: ['d2'], wroteAt: 0 }
  assert.equal(damageBy(mine, { database: 'd2', highest: 50 }, 'server', NOON), null)
})

test('a server that never heard of this tablet accuses nobody', async () => {
  const store = await openOn(tablet())
  await store.heardOfDevice(null)
  await store.heardOfDevice({ database: null, highest: null, unsent: 0 })
  assert.equal(store.status().damage, null)
})

test('a browser without local storage works, with two canaries', async () => {
  const device = tablet()
  const throwing = {
    getItem: () => {
      throw new DOMException('switched off', 'SecurityError')
    },
  }
  const store = await openOn(device, { beside: throwing })
  await store.write(SPACE, [begin('o1')])
  assert.equal((await openOn(device, { beside: throwing })).status().damage, null)
})

test('an emptied tablet on which nobody ever wrote has lost nothing', () => {
  assert.equal(damageBy(null, { database: 'd1', highest: 0, unsent: 0 }, 'server', NOON), null)
})

test('what another tab writes while this one opens is no damage', async () => {
  const device = tablet()
  const beside = shelf()
  const first = await openOn(device, { beside })
  await first.write(SPACE, [begin('o1')])
  const db = connect('walkapp:ms-okoye', SCHEMA, realmOf(device.factory))
  // Between the look into the database and the look beside it, the other tab saves one more.
  const tx = async (...asked) => {
    const result = await db.tx(...asked)
    if (asked[0].includes?.('outbox')) await first.write(SPACE, [begin('o2')])
    return result
  }
  const hint = hintOf('ms-okoye', () => beside)
  const means = { account: 'ms-okoye', seal: slowSeal, now: device.now, newId: device.newId, channel: null }
  const second = counting(await openStore({ ...means, db: { ...db, tx }, hint }))
  assert.equal(second.status().damage, null)
})

test('a loss that was accepted in one tab is over in the other', async () => {
  const device = tablet()
  const beside = shelf()
  await (await openOn(device, { beside })).write(SPACE, [begin('o1')])
  const emptied = { ...device, factory: new IDBFactory() }
  const [one, other] = [await openOn(emptied, { beside }), await openOn(emptied, { beside })]
  await one.acceptDamage()
  await other.refresh()
  assert.equal(other.status().damage, null)
  assert.equal((await openOn(emptied, { beside })).status().damage, null)
})
