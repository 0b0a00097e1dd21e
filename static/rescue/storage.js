/**
 * The app's databases, read raw. Nothing here relies on the app's own store: it may be what is broken.
 */
import { t } from '../js/core/gettext.js'

const PERSONS = 'walkapp:'
const DEVICE = 'walkapp-device'
const OPEN_WITHIN_MS = 5_000
const STORES_OF_WORK = ['outbox', 'refused']

/** The accounts that have a database in this browser. */
export async function accountsHere() {
  return (await databaseNames()).filter((name) => name.startsWith(PERSONS)).map((name) => name.slice(PERSONS.length))
}

async function databaseNames() {
  // Firefox before 126 does not list them; the two that the app itself remembers are looked for by name.
  if (indexedDB.databases) return (await indexedDB.databases()).map(({ name }) => name)
  const person = await fact('person')
  return [person?.account.id, hint()].filter(Boolean).map((account) => PERSONS + account)
}

function hint() {
  try {
    return localStorage.getItem('walkapp:account')
  } catch {
    return null
  }
}

/** What this browser knows of itself: its own id, who used it last. */
export async function fact(name) {
  return withDatabase(DEVICE, async (db) => (db ? ((await asked(db, 'facts', (store) => store.get(name)))?.value ?? null) : null))
}

/** Every entry of a store of one person, as far as it can be read. */
export function entriesOf(account, store) {
  return withDatabase(PERSONS + account, (db) => (db ? readStore(db, store) : { entries: [], lost: 0 }))
}

/** How much one person has here that no server confirmed: numbers, and nothing of what it says. */
export function countWork(account) {
  return withDatabase(PERSONS + account, async (db) => {
    const counts = await Promise.all(
      STORES_OF_WORK.map((store) => (db ? asked(db, store, (one) => one.count()).catch(() => 0) : 0)),
    )
    return counts.reduce((sum, count) => sum + (count ?? 0), 0)
  })
}

/** For each store of one person: how many entries, and how many of them cannot be read. */
export function look(account) {
  return withDatabase(PERSONS + account, async (db) => {
    const names = db ? [...db.objectStoreNames] : []
    const found = []
    for (const store of names) found.push({ store, ...(await countStore(db, store)) })
    return found
  })
}

async function countStore(db, store) {
  try {
    const { entries, lost } = await readStore(db, store)
    const bad = entries.filter((entry) => !isEntry(store, entry)).length
    return { count: entries.length + lost, lost: lost + bad }
  } catch {
    return { count: null, lost: null }
  }
}

function isEntry(store, { box, raw, database, name }) {
  if (store === 'odd') return raw !== undefined
  return (box !== undefined && box !== null) || (store === 'meta' && Boolean(database ?? name))
}

/** Say of these waiting changes that they left the tablet: the app never changes them again. */
export function freeze(account, cids) {
  return withDatabase(
    PERSONS + account,
    (db) =>
      new Promise((resolve, reject) => {
        const transaction = db.transaction('outbox', 'readwrite', { durability: 'strict' })
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error)
        const outbox = transaction.objectStore('outbox')
        for (const cid of cids) freezeOne(outbox, cid)
      }),
  )
}

function freezeOne(outbox, cid) {
  outbox.get(cid).onsuccess = ({ target }) => {
    const entry = target.result
    if (!entry?.box || entry.box.frozen) return
    // Another rev, so that a step of the app that read the old one starts over.
    outbox.put({ ...entry, rev: crypto.randomUUID(), box: { ...entry.box, frozen: true } })
  }
}

/** The bytes of one file, put together from its chunks. */
export function bytesOf(account, sha) {
  return withDatabase(PERSONS + account, async (db) => {
    const chunks = await asked(db, 'chunks', (store) => store.getAll(IDBKeyRange.bound([sha], [sha, []])))
    return new Uint8Array(await new Blob(chunks.sort((a, b) => a.n - b.n).map(({ box }) => box)).arrayBuffer())
  })
}

async function readStore(db, store) {
  if (!db.objectStoreNames.contains(store)) return { entries: [], lost: 0 }
  try {
    return { entries: await asked(db, store, (one) => one.getAll()), lost: 0 }
  } catch {
    return readOneByOne(db, store)
  }
}

/** One entry that cannot be read must not hide the others. */
async function readOneByOne(db, store) {
  const keys = await asked(db, store, (one) => one.getAllKeys())
  const entries = []
  for (const key of keys) {
    const entry = await asked(db, store, (one) => one.get(key)).catch(() => null)
    if (entry) entries.push(entry)
  }
  return { entries, lost: keys.length - entries.length }
}

function asked(db, store, ask) {
  return new Promise((resolve, reject) => {
    if (!db.objectStoreNames.contains(store)) return resolve(undefined)
    const request = ask(db.transaction(store).objectStore(store))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Open, work, close: an open connection would hold up the app's next version. */
async function withDatabase(name, work) {
  const db = await openThere(name)
  try {
    return await work(db)
  } finally {
    db?.close()
  }
}

/** The database, or null where there is none: one that is not there must not be made. */
function openThere(name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException(t('The storage does not answer'), 'TimeoutError')), OPEN_WITHIN_MS)
    const request = indexedDB.open(name)
    let isNew = false
    request.onupgradeneeded = () => {
      isNew = true
      request.transaction.abort()
    }
    request.onsuccess = () => {
      clearTimeout(timer)
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = (event) => {
      clearTimeout(timer)
      // Said aloud by the browser otherwise, although it is what was wanted.
      event.preventDefault()
      if (isNew) resolve(null)
      else reject(request.error)
    }
  })
}
