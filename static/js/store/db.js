// @ts-check
/**
 * The only way to the database, over a connection that repairs itself.
 *
 * iPadOS cuts a page's connection to IndexedDB while the app sleeps, and every later call from the same document fails for
 * ever; a fresh hidden about:blank frame gets a working one at once. So a lost connection is replaced by one through a new
 * frame, once for each generation, and the work is run again. Work therefore has to be repeatable: see README.md.
 *
 * @typedef {{generation: number, frame: Frame|null, opening: Promise<IDBDatabase>|null, inFlight: number,
 *   paused: boolean, dead: boolean, readOnly: boolean}} Connection
 * @typedef {{indexedDB: IDBFactory, remove: () => void}} Frame
 * @typedef {{version: number, upgrade: (db: IDBDatabase, oldVersion: number) => void}} Schema
 * @typedef {{own: () => IDBFactory, frame: () => Frame|null, wait: (ms: number) => Promise<void>}} Realm
 * @typedef {{durability?: "strict"|"relaxed", limit?: number}} TxOptions
 * @typedef {{heals: number, timeouts: number, blocked: boolean, newer: boolean, failed: string|null}} Health `newer`: another
 *   tab, or an earlier page, made the database newer than this code; `failed`: the error id of a migration that broke off
 * @typedef {(transaction: IDBTransaction, stop: (reason: Error) => void) => {result: any}|void} Work
 */

const ATTEMPTS = 5
const WAIT_MS = 30
/** A transaction may never settle at all. Five attempts of this end when a person has to be told. */
const TIME_LIMIT_MS = 2_000
/** A transaction whose frame is removed never settles, so the old frame outlives its last one. */
const FRAME_KEEP_MS = 1_000
/** What is being typed is written within this, then a tab with older code lets go of the database. */
const LEAVE_MS = 500
const MOST_LEAVE_WAITS = 4
const LOST = ['InvalidStateError', 'UnknownError', 'TimeoutError', 'AbortError']
/** @type {Realm} */
const page = {
  own: () => globalThis.indexedDB,
  frame: () => (globalThis.document ? hiddenFrame(globalThis.document) : null),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
}

/** A migration broke off. Its transaction was undone: the older version is intact. */
class UpgradeFailed extends Error {
  name = 'UpgradeFailed'

  /** @param {number} from @param {number} to @param {unknown} cause */
  constructor(from, to, cause) {
    super(`the database could not be brought from ${from} to ${to}`, { cause })
    this.from = from
    /** What a person can tell their administrator. */
    this.id = `M${from}-${to}-${/** @type {any} */ (cause)?.name ?? 'Error'}`
  }
}

const opened = /** @type {Map<string, ReturnType<typeof connect>>} */ (new Map())

/**
 * The database of that name; it starts opening at once, and asking again gives the same one.
 * @param {string} name
 * @param {Schema} schema
 */
export function openDatabase(name, schema) {
  const known = opened.get(name)
  if (known) return known
  const database = connect(name, schema, page, () => opened.delete(name))
  opened.set(name, database)
  // A failed early opening is met again, and told, by whoever needs the database first.
  database.ready().catch(() => {})
  return database
}

/**
 * A database over the given realm, which a test hands in.
 * @param {string} name
 * @param {Schema} schema
 * @param {Realm} realm
 * @param {() => void} [onClosed]
 */
export function connect(name, schema, realm, onClosed = () => {}) {
  /** @type {Health} */
  const health = { heals: 0, timeouts: 0, blocked: false, newer: false, failed: null }
  const listeners = new Set()
  let current = connection(0, null)

  /**
   * Run the work in one transaction and resolve with its request's result when the transaction is complete, not earlier.
   * @param {string|string[]} stores
   * @param {IDBTransactionMode} mode
   * @param {Work} work synchronous and repeatable: it only places requests
   * @param {TxOptions} [options]
   * @returns {Promise<any>}
   */
  async function tx(stores, mode, work, options = {}) {
    for (let tried = 1; ; tried += 1) {
      const used = current
      try {
        return await attempt(used, stores, mode, work, options)
      } catch (error) {
        if (!LOST.includes(/** @type {Error} */ (error).name)) throw error
        reconnect(used)
        if (tried === ATTEMPTS) throw error
        await realm.wait(WAIT_MS * tried)
      }
    }
  }

  /** @type {(used: Connection, stores: string|string[], mode: IDBTransactionMode, work: Work, options: TxOptions) => Promise<any>} */
  async function attempt(used, stores, mode, work, options) {
    used.inFlight += 1
    /** @type {{now: IDBTransaction|null}} */
    const started = { now: null }
    try {
      const done = open(used).then((db) => {
        if (mode === 'readwrite' && used.readOnly) throw new DOMException('Only reading is safe here', 'ReadOnlyError')
        return run(db, stores, mode, work, options, started)
      })
      const result = await within(options.limit ?? TIME_LIMIT_MS, done, used, started)
      // What a frame hands out belongs to its realm, where nothing is an instance of our Object.
      return used.frame && result !== undefined ? structuredClone(result) : result
    } finally {
      used.inFlight -= 1
    }
  }

  /** @param {Connection} used @returns {Promise<IDBDatabase>} */
  function open(used) {
    if (used.dead) return Promise.reject(new DOMException('The connection was closed', 'InvalidStateError'))
    used.opening ??= ask(used, schema.version)
      .catch((error) => openAsItIs(used, error))
      .then((db) => watched(db, used))
    return used.opening.catch((error) => {
      // One failure must not last for ever.
      used.opening = null
      used.paused = false
      throw error
    })
  }

  /** @param {Connection} used @param {number} [version] none: the one that is there @returns {Promise<IDBDatabase>} */
  function ask(used, version) {
    return new Promise((resolve, reject) => {
      /** @type {Error|null} */
      let failed = null
      const request = (used.frame?.indexedDB ?? realm.own()).open(name, version)
      request.onupgradeneeded = (event) => {
        used.paused = true
        try {
          if (!version) throw new DOMException('There is no database', 'NotFoundError')
          schema.upgrade(request.result, event.oldVersion)
        } catch (error) {
          failed = version ? new UpgradeFailed(event.oldVersion, version, error) : /** @type {Error} */ (error)
          request.transaction?.abort()
        }
      }
      // Another tab still holds the older version: wait for it however long it takes, never give up.
      request.onblocked = () => {
        used.paused = true
        note({ blocked: true })
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(failed ?? request.error)
    })
  }

  /**
   * A database that cannot be had in our version can still be read as it is, and saved as a copy; nothing is written to it.
   * @param {Connection} used @param {any} error
   */
  function openAsItIs(used, error) {
    const isNewer = error?.name === 'VersionError'
    // Of a database that never was there is nothing to read.
    if (!isNewer && !(error instanceof UpgradeFailed && error.from > 0)) throw error
    used.readOnly = true
    note(isNewer ? { newer: true } : { failed: error.id })
    return ask(used)
  }

  /** @param {IDBDatabase} db @param {Connection} used */
  function watched(db, used) {
    used.paused = false
    if (health.blocked) note({ blocked: false })
    db.onclose = () => {
      used.dead = true
    }
    db.onversionchange = (event) => void leave(db, used, event.newVersion !== null)
    return db
  }

  /**
   * Let go of the database, because holding on would block the newer version that waits in another tab: what is being typed
   * is written first. From then on this page only reads.
   * @param {IDBDatabase} db @param {Connection} used @param {boolean} forNewer or is it being deleted?
   */
  async function leave(db, used, forNewer) {
    if (forNewer) {
      note({ newer: true })
      for (let waits = 0; waits === 0 || (used.inFlight > 0 && waits < MOST_LEAVE_WAITS); waits += 1) await realm.wait(LEAVE_MS)
    }
    used.dead = true
    db.close()
    if (used === current) current = connection(used.generation + 1, used.frame)
  }

  /**
   * Settle like the promise does, or say after the limit that it may never.
   * @template T
   * @param {number} limit @param {Promise<T>} promise @param {Connection} used @param {{now: IDBTransaction|null}} started
   * @returns {Promise<T>}
   */
  function within(limit, promise, used, started) {
    return new Promise((resolve, reject) => {
      let timer = setTimeout(check, limit)
      function check() {
        if (used.paused) return void (timer = setTimeout(check, limit))
        health.timeouts += 1
        // Left alone, it would hold its stores against the next attempt; over already is as good.
        try {
          started.now?.abort()
        } catch {}
        reject(new DOMException('The database did not answer in time', 'TimeoutError'))
      }
      promise.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }

  /** @param {Connection} failed */
  function reconnect(failed) {
    // Somebody has healed already: eight callers with one loss make one frame, not eight.
    if (failed !== current) return
    current = connection(failed.generation + 1, realm.frame())
    note({ heals: health.heals + 1 })
    retire(failed)
  }

  /** @param {Connection} old */
  async function retire(old) {
    do await realm.wait(FRAME_KEEP_MS)
    while (old.inFlight > 0)
    old.opening?.then(
      (db) => db.close(),
      () => {},
    )
    old.frame?.remove()
  }

  /** @param {Partial<Health>} change */
  function note(change) {
    Object.assign(health, change)
    for (const listener of listeners) listener(health)
  }

  return {
    tx,
    health,
    ready: () => open(current).then(() => undefined),
    /** @param {(health: Health) => void} listener */
    watch: (listener) => listeners.add(listener),
    /** @param {string} store @param {IDBValidKey} key */
    get: (store, key) => tx(store, 'readonly', (t) => t.objectStore(store).get(key)),
    /** @param {string} store @param {any} value */
    put: (store, value) => tx(store, 'readwrite', (t) => void t.objectStore(store).put(value)),
    /** @param {string} store @returns {Promise<IDBValidKey[]>} */
    keys: (store) => tx(store, 'readonly', (t) => t.objectStore(store).getAllKeys()),
    async close() {
      const db = await open(current).catch(() => null)
      current.dead = true
      db?.close()
      onClosed()
    },
  }
}

/** @param {number} generation @param {Frame|null} frame @returns {Connection} */
function connection(generation, frame) {
  return { generation, frame, opening: null, inFlight: 0, paused: false, dead: false, readOnly: false }
}

/**
 * @param {IDBDatabase} db @param {string|string[]} stores @param {IDBTransactionMode} mode @param {Work} work
 * @param {TxOptions} options @param {{now: IDBTransaction|null}} started
 */
function run(db, stores, mode, work, { durability = 'strict' }, started) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, mode, { durability })
    started.now = transaction
    /** @type {Error|null} */
    let ours = null
    /** @type {{result: any}|void} */
    let request
    transaction.oncomplete = () => resolve(request?.result)
    transaction.onabort = () => reject(ours ?? transaction.error ?? new DOMException('Aborted', 'AbortError'))
    const stop = (/** @type {Error} */ reason) => {
      ours ??= reason
      transaction.abort()
    }
    try {
      request = work(transaction, stop)
    } catch (error) {
      stop(/** @type {Error} */ (error))
    }
  })
}

/** @param {Document} document @returns {Frame} */
function hiddenFrame(document) {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = 'storage'
  document.documentElement.append(frame)
  const realm = /** @type {Window & typeof globalThis} */ (frame.contentWindow)
  return { indexedDB: realm.indexedDB, remove: () => frame.remove() }
}
