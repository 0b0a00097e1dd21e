import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import vm from 'node:vm'
import { IDBFactory } from '../vendor/fake-indexeddb.js'
import { makeCopy } from '../../static/js/store/second-copy.js'
import { accepting, begin, changesOf, NOON, rate, SPACE, storeOn, tablet, turn } from './support.js'

const WORKER = readFileSync(new URL('../../static/js/copy-worker.js', import.meta.url), 'utf8')

/** A file system with one kind of file, as a worker sees it. */
function disk() {
  const files = new Map()
  const handle = (name) => ({
    getSize: () => files.get(name).length,
    truncate: (size) => void files.set(name, files.get(name).subarray(0, size)),
    flush() {},
    close() {},
    read: (into, { at }) => void into.set(files.get(name).subarray(at)),
    write(bytes, { at }) {
      const next = Buffer.alloc(Math.max(at + bytes.length, files.get(name).length))
      files.get(name).copy(next)
      next.set(bytes, at)
      files.set(name, next)
    },
  })
  const folder = {
    getFileHandle: async (name) => {
      if (!files.has(name)) files.set(name, Buffer.alloc(0))
      return { createSyncAccessHandle: async () => handle(name) }
    },
  }
  return { files, text: () => [...files.values()].join(''), storage: { getDirectory: async () => folder } }
}

/** The real worker, in a world of its own. */
function workerOn(files) {
  const port = { onmessage: null, onerror: null }
  const world = {
    navigator: { storage: files.storage, locks: { request: async (_name, work) => work() } },
    postMessage: (data) => setTimeout(() => port.onmessage?.({ data: structuredClone(data) })),
    TextEncoder,
    TextDecoder,
  }
  vm.runInNewContext(WORKER, vm.createContext(world))
  port.postMessage = (data) => setTimeout(() => world.onmessage({ data: structuredClone(data) }))
  return port
}

async function storeWithCopy(device, files) {
  const store = await storeOn(device)
  const copy = makeCopy('ms-okoye', () => workerOn(files))
  await store.useCopy(copy)
  return { store, copy }
}

test('what waits lies in the second copy, sealed as it is in the database', async () => {
  const files = disk()
  const { store, copy } = await storeWithCopy(tablet(), files)
  await store.write(SPACE, [begin('o1')])
  const live = await copy.flush()
  assert.equal(live.length, 1)
  assert.equal(store.status().secondCopy, true)
  assert.doesNotMatch(files.text(), /observation/)
})

test('the file is emptied when everything is sent', async () => {
  const files = disk()
  const { store, copy } = await storeWithCopy(tablet(), files)
  await store.write(SPACE, [begin('o1'), begin('o2')])
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 7), NOON)
  assert.deepEqual(await copy.flush(), [])
  assert.equal(files.text(), '')
})

test('a write is saved without waiting for the second copy', async () => {
  const store = await storeOn(tablet())
  const silent = { postMessage() {}, onmessage: null, onerror: null }
  store.useCopy(makeCopy('ms-okoye', () => silent))
  await turn()
  await store.write(SPACE, [begin('o1')])
  assert.equal(store.status().waiting, 1)
})

test('a browser without files has no second copy, and says so', async () => {
  const store = await storeOn(tablet())
  await store.useCopy(
    makeCopy('ms-okoye', () => {
      throw new DOMException('no worker here', 'SecurityError')
    }),
  )
  assert.equal(store.status().secondCopy, false)
  await store.write(SPACE, [begin('o1')])
  assert.equal(await store.bringBack(), 0)
})

test('what only the second copy has is damage, and comes back as it was, once', async () => {
  const files = disk()
  const device = tablet()
  const { store } = await storeWithCopy(device, files)
  await store.write(SPACE, [begin('o1'), rate('o1', 'TE1', 3)])
  await store.write(SPACE, [begin('o2')])
  const before = await changesOf(store)

  const emptied = { ...device, factory: new IDBFactory() }
  const { store: later, copy } = await storeWithCopy(emptied, files)
  assert.deepEqual([later.status().damage.by, later.status().damage.unsent], ['copy', 2])
  assert.equal(await later.bringBack(), 2)
  assert.equal(await later.bringBack(), 0)
  assert.deepEqual(await changesOf(later), before)
  assert.deepEqual((await later.read('o1')).body.ratings, { TE1: { value: 3 } })
  assert.equal((await copy.flush()).length, 2)
})

test('what was answered for does not come back', async () => {
  const files = disk()
  const device = tablet()
  const { store, copy } = await storeWithCopy(device, files)
  await store.write(SPACE, [begin('o1')])
  const kept = await copy.flush()
  const sent = await store.outbox.batch(SPACE)
  await store.outbox.applyAnswer(SPACE, sent, accepting(sent, 7), NOON)
  // The tablet was killed before the copy heard of the receipt.
  copy.keep(
    kept.map(({ key, value }) => ({ cid: key, ...value })),
    [],
  )
  await copy.flush()
  const { store: later, copy: fresh } = await storeWithCopy(device, files)
  assert.equal(later.status().damage, null)
  assert.equal(await later.bringBack(), 0)
  assert.deepEqual(await fresh.flush(), [])
})

test('a torn or damaged line costs itself and nothing else', async () => {
  const files = disk()
  const device = tablet()
  const { store, copy } = await storeWithCopy(device, files)
  for (const id of ['o1', 'o2', 'o3']) {
    await store.write(SPACE, [begin(id)])
    await copy.flush()
  }
  const [[name, bytes]] = files.files
  const lines = bytes.toString().split('\n').filter(Boolean)
  const torn = [lines[0], lines[1].replace('"n":2', '"n":7'), `${lines[2]}`, lines[2].slice(0, 30)].join('\n')
  files.files.set(name, Buffer.from(torn))
  const { store: later } = await storeWithCopy({ ...device, factory: new IDBFactory() }, files)
  assert.equal(await later.onlyInCopy(), 2)
  await later.write(SPACE, [begin('o4')])
  const { store: last } = await storeWithCopy({ ...device, factory: new IDBFactory() }, files)
  assert.equal(await last.onlyInCopy(), 3)
})

test('edits the database did not take are written at the next start, and never over newer ones', async () => {
  const files = disk()
  const device = tablet()
  const { store, copy } = await storeWithCopy(device, files)
  await store.write(SPACE, [begin('o1')])
  const { keepSafe, letGo } = await import('../../static/js/store/rescue.js')
  const { slowSeal } = await import('./support.js')
  const unkept = { id: 'lost-1', space: SPACE, edits: [rate('o1', 'TE1', 2)] }
  await keepSafe('ms-okoye', slowSeal, copy, unkept)
  await copy.flush()
  const { store: later, copy: fresh } = await storeWithCopy(device, files)
  assert.equal(await later.recover(), 1)
  assert.deepEqual((await later.read('o1')).body.ratings, { TE1: { value: 2 } })
  await letGo('ms-okoye', slowSeal, fresh, 'lost-1')
  assert.equal(await later.recover(), 0)
})

test('what its person left in the second copy is told once', async () => {
  const files = disk()
  const { store } = await storeWithCopy(tablet(), files)
  await store.write(SPACE, [begin('o1')])
  const emptied = tablet('later')
  const { store: later } = await storeWithCopy(emptied, files)
  assert.equal(later.status().damage.by, 'copy')
  await later.acceptDamage()
  const { store: again } = await storeWithCopy(emptied, files)
  assert.equal(again.status().damage, null)
  assert.equal(await again.onlyInCopy(), 1, 'and it can still be had')
})

test('a second copy that finds no room is not called kept, and is when it does', async () => {
  let isFull = false
  const live = new Map()
  const port = { onmessage: null, onerror: null }
  port.postMessage = ({ id, put, drop }) => {
    if (isFull) return setTimeout(() => port.onmessage({ data: { id, error: 'QuotaExceededError' } }))
    for (const key of drop) live.delete(key)
    for (const { key, value } of put) live.set(key, value)
    setTimeout(() => port.onmessage({ data: { id, live: [...live].map(([key, value]) => ({ key, value })) } }))
  }
  const store = await storeOn(tablet())
  const copy = makeCopy('ms-okoye', () => port)
  await store.useCopy(copy)
  isFull = true
  await store.write(SPACE, [begin('o1')])
  assert.equal(await copy.flush(), null)
  assert.equal(store.status().secondCopy, false)
  isFull = false
  await store.write(SPACE, [begin('o2')])
  assert.equal((await copy.flush()).length, 2)
  assert.equal(store.status().secondCopy, true)
})

test('a change that was gone on with while the copy was not looking is copied anew', async () => {
  const files = disk()
  const device = tablet()
  const { store } = await storeWithCopy(device, files)
  await store.write(SPACE, [begin('o1')])
  // Another tab that has no copy of its own joins an edit to it.
  await (await storeOn(device)).write(SPACE, [rate('o1', 'TE1', 3)])
  const { copy } = await storeWithCopy(device, files)
  const [{ value }] = await copy.flush()
  assert.match(Buffer.from(value.box, 'base64').toString(), /TE1/)
})
