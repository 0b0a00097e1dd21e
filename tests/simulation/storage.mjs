/**
 * A tablet's storage: the vendored IndexedDB in memory, with what a real one does to people. It can be cut off at any
 * operation (what was not committed is gone), be full, be copied with the tablet, and be read past the app by the oracle.
 */
import { IDBFactory, IDBKeyRange } from '../vendor/fake-indexeddb.js'
import { breathe } from './schedule.mjs'

globalThis.IDBKeyRange = IDBKeyRange

/** The power went away in the middle of an operation. */
export class Cut extends Error {}

export class Storage {
  factory
  isFull = false
  /** Operations since the last start; at `cutAt` the tablet dies. */
  ops = 0
  cutAt = Infinity
  #onCut

  constructor(onCut, factory = new IDBFactory()) {
    this.factory = factory
    this.#onCut = onCut
    watch(factory, this)
  }

  /** Called before every operation on a store. */
  step() {
    this.ops += 1
    if (this.ops < this.cutAt) return
    if (this.ops === this.cutAt) this.#onCut()
    throw new Cut()
  }

  /** What was not committed never happened, and nobody holds anything any more. */
  cutOff() {
    for (const database of this.factory._databases.values()) {
      for (const transaction of database.transactions) {
        if (transaction._state !== 'finished') for (const undo of transaction._rollbackLog.reverse()) undo()
        transaction._state = 'finished'
      }
      database.transactions = []
      database.connections = []
    }
    this.factory._connectionQueues.clear()
    Object.assign(this, { ops: 0, cutAt: Infinity })
  }

  isAtRest() {
    return [...this.factory._databases.values()].every((database) => database.transactions.every((one) => one._state === 'finished'))
  }

  /** The same image on another tablet. Only for one that was cut off or is at rest. */
  copy(onCut) {
    const factory = new IDBFactory()
    for (const [name, database] of this.factory._databases) factory._databases.set(name, copyOf(database))
    return new Storage(onCut, factory)
  }

  /** All records of a store, as they lie there. */
  records(databaseName, store) {
    const kept = this.factory._databases.get(databaseName)?.rawObjectStores.get(store)
    return kept ? [...kept.records.values()].map((record) => record.value) : []
  }
}

/** @type {WeakMap<object, Storage>} */
const storages = new WeakMap()

function watch(factory, storage) {
  storages.set(factory, storage)
  const open = factory.open
  factory.open = (name, version) => {
    const request = open.call(factory, name, version)
    request.addEventListener('success', () => storages.set(request.result._rawDatabase, storage))
    request.addEventListener('upgradeneeded', () => storages.set(request.result._rawDatabase, storage))
    return request
  }
}

/** Every operation of every store asks its storage first. To be called once, before time is taken over. */
export async function watchOperations() {
  const { store, index } = await learnClasses()
  for (const name of ['put', 'add', 'delete', 'clear', 'get', 'getAll', 'getAllKeys', 'count', 'openCursor']) guard(store, name)
  for (const name of ['get', 'getAll', 'getAllRecords', 'count', 'openCursor']) guard(index, name)
}

/** The vendored file names them to nobody, so they are met in use. */
async function learnClasses() {
  const classes = await new Promise((resolve) => {
    let met
    const request = new IDBFactory().open('any', 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('any', { keyPath: 'id' })
      met = { store: Object.getPrototypeOf(store), index: Object.getPrototypeOf(store.createIndex('n', 'n')) }
    }
    request.onsuccess = () => resolve(met)
  })
  for (let turns = 0; turns < 5; turns += 1) await breathe()
  return classes
}

function guard(prototype, name) {
  const operation = prototype[name]
  if (!operation) return
  const writes = ['put', 'add'].includes(name)
  prototype[name] = function (...args) {
    const transaction = this.transaction ?? this.objectStore.transaction
    const storage = storages.get(transaction.db._rawDatabase)
    storage?.step()
    const request = operation.apply(this, args)
    // As in Chromium: the request succeeds, and then the transaction ends without having happened.
    if (writes && storage?.isFull) request.addEventListener('success', () => transaction._abort('QuotaExceededError'))
    return request
  }
}

function copyOf(database) {
  const copy = new database.constructor(database.name, database.version)
  for (const [name, store] of database.rawObjectStores) {
    const twin = new store.constructor(copy, name, store.keyPath, store.autoIncrement)
    for (const [indexName, index] of store.rawIndexes) {
      const own = new index.constructor(twin, indexName, index.keyPath, index.multiEntry, index.unique)
      own.initialized = true
      twin.rawIndexes.set(indexName, own)
    }
    copy.rawObjectStores.set(name, twin)
    for (const { key, value } of store.records.values()) twin.storeRecord({ key, value: structuredClone(value) }, false)
  }
  return copy
}
