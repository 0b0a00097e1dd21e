import assert from 'node:assert/strict'
import test from 'node:test'
import { forceCloseDatabase, IDBFactory } from '../vendor/fake-indexeddb.js'
import { connect } from '../../static/js/store/db.js'
import { turn } from './support.js'

const SCHEMA = { version: 1, upgrade: (db) => void db.createObjectStore('notes', { keyPath: 'id' }) }

/** A document whose connection can be cut the way iPadOS does it, and the frames that were made to heal it. */
function tabletThatSleeps() {
  const real = new IDBFactory()
  const state = { deadUpTo: -1, frames: [], removed: 0, opens: 0 }
  const factory = (generation) => ({
    open(name, version) {
      state.opens += 1
      if (generation <= state.deadUpTo) return failing('Connection to Indexed Database server lost.')
      return guarded(real.open(name, version), generation)
    },
  })
  const guarded = (request, generation) => {
    request.addEventListener('success', () => {
      const db = request.result
      const transaction = db.transaction.bind(db)
      db.transaction = (...args) => {
        if (generation <= state.deadUpTo) throw new DOMException('The database connection is closing', 'InvalidStateError')
        return transaction(...args)
      }
    })
    return request
  }
  const own = factory(0)
  return {
    state,
    cut: () => {
      state.deadUpTo = state.frames.length
    },
    realm: {
      own: () => own,
      frame: () => {
        const indexedDB = factory(state.frames.length + 1)
        const frame = {
          indexedDB,
          remove: () => {
            state.removed += 1
          },
        }
        state.frames.push(frame)
        return frame
      },
      wait: () => turn(),
    },
  }
}

function failing(message, name = 'UnknownError') {
  const request = { error: new DOMException(message, name) }
  setTimeout(() => request.onerror?.())
  return request
}

const put = (db, id) => db.put('notes', { id })

test('a write resolves when its transaction is complete and can be read again', async () => {
  const db = connect('a', SCHEMA, tabletThatSleeps().realm)
  await put(db, 'one')
  assert.deepEqual(await db.get('notes', 'one'), { id: 'one' })
})

test('a lost connection heals through a fresh frame and nobody notices', async () => {
  const tablet = tabletThatSleeps()
  const db = connect('a', SCHEMA, tablet.realm)
  await put(db, 'before')
  tablet.cut()
  await put(db, 'after')
  assert.deepEqual(await db.keys('notes'), ['after', 'before'])
  assert.equal(tablet.state.frames.length, 1)
})

test('eight callers with one loss make one frame, not eight', async () => {
  const tablet = tabletThatSleeps()
  const db = connect('a', SCHEMA, tablet.realm)
  await put(db, 'before')
  tablet.cut()
  await Promise.all(Array.from({ length: 8 }, (_, n) => put(db, `w${n}`)))
  assert.equal(tablet.state.frames.length, 1)
  assert.equal((await db.keys('notes')).length, 9)
})

test('it heals again and again, and old frames go when their last transaction is over', async () => {
  const tablet = tabletThatSleeps()
  const db = connect('a', SCHEMA, tablet.realm)
  for (let loss = 0; loss < 4; loss += 1) {
    await put(db, `n${loss}`)
    tablet.cut()
  }
  await put(db, 'last')
  await turn()
  await turn()
  assert.equal((await db.keys('notes')).length, 5)
  assert.equal(db.health.heals, 4)
  assert.equal(tablet.state.removed, 3)
})

test('an opening that failed once is not remembered for ever', async () => {
  const tablet = tabletThatSleeps()
  tablet.cut()
  const db = connect('a', SCHEMA, tablet.realm)
  await put(db, 'one')
  assert.equal(db.health.heals, 1)
})

test('an opening that failed for want of room can succeed later', async () => {
  const { realm } = tabletThatSleeps()
  const own = realm.own()
  let isFull = true
  const fullAtFirst = { open: (...args) => (isFull ? failing('full', 'QuotaExceededError') : own.open(...args)) }
  const db = connect('a', SCHEMA, { ...realm, own: () => fullAtFirst })
  await assert.rejects(put(db, 'one'), { name: 'QuotaExceededError' })
  isFull = false
  await put(db, 'one')
  assert.equal(db.health.heals, 0)
})

test('a connection the browser closed is replaced', async () => {
  const tablet = tabletThatSleeps()
  const real = new IDBFactory()
  const opened = []
  const own = {
    open: (name, version) => {
      const request = real.open(name, version)
      request.addEventListener('success', () => opened.push(request.result))
      return request
    },
  }
  const db = connect('a', SCHEMA, { ...tablet.realm, own: () => own, frame: () => ({ indexedDB: own, remove() {} }) })
  await put(db, 'one')
  forceCloseDatabase(opened[0])
  await put(db, 'two')
  assert.deepEqual(await db.keys('notes'), ['one', 'two'])
})

test('a transaction that never settles is given up after its limit and tried again', async () => {
  const real = new IDBFactory()
  let hang = true
  const own = {
    open(name, version) {
      const request = real.open(name, version)
      request.addEventListener('success', () => {
        const db = request.result
        const transaction = db.transaction.bind(db)
        db.transaction = (...args) => (hang ? { abort() {}, objectStore: () => ({ put: () => ({}) }) } : transaction(...args))
      })
      return request
    },
  }
  const frame = () => {
    hang = false
    return { indexedDB: own, remove() {} }
  }
  const db = connect('a', SCHEMA, { own: () => own, frame, wait: () => turn() })
  await db.tx('notes', 'readwrite', (t) => void t.objectStore('notes').put({ id: 'one' }), { limit: 20 })
  assert.deepEqual(await db.keys('notes'), ['one'])
  assert.equal(db.health.timeouts, 1)
})

test('what is not a lost connection is thrown on at once', async () => {
  const tablet = tabletThatSleeps()
  const db = connect('a', SCHEMA, tablet.realm)
  const full = new DOMException('full', 'QuotaExceededError')
  let runs = 0
  const work = (t, stop) => {
    runs += 1
    stop(full)
  }
  await assert.rejects(db.tx('notes', 'readwrite', work), { name: 'QuotaExceededError' })
  assert.equal(runs, 1)
  assert.equal(tablet.state.frames.length, 0)
})

test('after five attempts the last error is told', async () => {
  const tablet = tabletThatSleeps()
  const realm = {
    ...tablet.realm,
    frame: () => {
      const frame = tablet.realm.frame()
      tablet.cut()
      return frame
    },
  }
  tablet.cut()
  const db = connect('a', SCHEMA, realm)
  await assert.rejects(put(db, 'one'), { name: 'UnknownError' })
  assert.equal(tablet.state.opens, 5)
})

test("what is read through a frame is at home in the page's realm", async () => {
  const tablet = tabletThatSleeps()
  const db = connect('a', SCHEMA, tablet.realm)
  await db.put('notes', { id: 'one', list: [1] })
  tablet.cut()
  const found = await db.get('notes', 'one')
  assert.ok(found instanceof Object && found.list instanceof Array)
})

test('another tab that holds the old version is waited for, never refused', async () => {
  const factory = new IDBFactory()
  const older = await new Promise((done) => {
    const request = factory.open('a', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('notes', { keyPath: 'id' })
    request.onsuccess = () => done(request.result)
  })
  const newer = connect('a', { version: 2, upgrade: () => {} }, { own: () => factory, frame: () => null, wait: () => turn() })
  const told = []
  newer.watch((health) => told.push(health.blocked))
  const written = newer.tx('notes', 'readwrite', (t) => void t.objectStore('notes').put({ id: 'one' }), { limit: 30 })
  await new Promise((done) => setTimeout(done, 120))
  older.close()
  await written
  assert.deepEqual(told, [true, false])
})

test('a tab with the older version lets go, and says that a newer one is here', async () => {
  const factory = new IDBFactory()
  const realm = { own: () => factory, frame: () => null, wait: () => turn() }
  const older = connect('a', SCHEMA, realm)
  await put(older, 'one')
  const newer = connect('a', { version: 2, upgrade: () => {} }, realm)
  assert.deepEqual(await newer.keys('notes'), ['one'])
  assert.equal(older.health.newer, true)
})

async function madeAt(factory, version) {
  const db = connect('a', { ...SCHEMA, version }, { own: () => factory, frame: () => null, wait: () => turn() })
  await put(db, 'one')
  await db.close()
}

test('older code reads a newer database and writes nothing to it', async () => {
  const factory = new IDBFactory()
  await madeAt(factory, 3)
  const older = connect('a', { ...SCHEMA, version: 2 }, { own: () => factory, frame: () => null, wait: () => turn() })
  assert.deepEqual(await older.get('notes', 'one'), { id: 'one' })
  await assert.rejects(put(older, 'two'), { name: 'ReadOnlyError' })
  assert.deepEqual([older.health.newer, await older.keys('notes')], [true, ['one']])
})

test('a migration that breaks off leaves the old version intact, to be read, and has an id to tell', async () => {
  const factory = new IDBFactory()
  await madeAt(factory, 1)
  const upgrade = (db) => {
    db.createObjectStore('more', { keyPath: 'id' })
    throw new TypeError('half-way')
  }
  const broken = connect('a', { version: 2, upgrade }, { own: () => factory, frame: () => null, wait: () => turn() })
  assert.deepEqual(await broken.get('notes', 'one'), { id: 'one' })
  await assert.rejects(put(broken, 'two'), { name: 'ReadOnlyError' })
  assert.equal(broken.health.failed, 'M1-2-TypeError')
  const old = connect('a', SCHEMA, { own: () => factory, frame: () => null, wait: () => turn() })
  await put(old, 'two')
  assert.deepEqual(await old.keys('notes'), ['one', 'two'])
})

test('a first migration that breaks off leaves nothing half made', async () => {
  const factory = new IDBFactory()
  const upgrade = () => {
    throw new TypeError('at once')
  }
  const broken = connect('a', { version: 2, upgrade }, { own: () => factory, frame: () => null, wait: () => turn() })
  await assert.rejects(broken.keys('notes'), { name: 'UpgradeFailed' })
  assert.deepEqual(await factory.databases(), [])
})

test('what is being written when a newer version comes is written before the tab lets go', async () => {
  const factory = new IDBFactory()
  const realm = { own: () => factory, frame: () => null, wait: (ms) => new Promise((done) => setTimeout(done, ms / 10)) }
  const older = connect('a', SCHEMA, realm)
  await put(older, 'one')
  older.watch(({ newer }) => newer && put(older, 'last words').catch(() => {}))
  const newer = connect('a', { version: 2, upgrade: () => {} }, realm)
  assert.deepEqual(await newer.keys('notes'), ['last words', 'one'])
  await assert.rejects(put(older, 'too late'), { name: 'ReadOnlyError' })
  assert.deepEqual(await older.get('notes', 'one'), { id: 'one' })
})

test('a database deleted under the page is let go of at once, and begins anew', async () => {
  const factory = new IDBFactory()
  const db = connect('a', SCHEMA, { own: () => factory, frame: () => null, wait: () => turn() })
  await put(db, 'one')
  await new Promise((done, failed) => {
    const asked = factory.deleteDatabase('a')
    asked.onsuccess = done
    asked.onerror = failed
  })
  assert.deepEqual([await db.keys('notes'), db.health.newer], [[], false])
})
