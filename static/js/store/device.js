// @ts-check
/**
 * Who uses this tablet, known with no network. A small database of its own, because a person's own one is found through it.
 *
 * @typedef {import("../core/types.js").Person} Person
 * @typedef {Pick<ReturnType<typeof import("./db.js").connect>, "tx" | "get" | "put">} Database
 */
import { openDatabase } from './db.js'

const NAME = 'walkapp-device'
/** @type {import("./db.js").Schema} */
export const DEVICE_SCHEMA = { version: 1, upgrade: (db) => void db.createObjectStore('facts', { keyPath: 'name' }) }
/** Only a hint that lets the person's database open in parallel; the truth is in this one. */
const ACCOUNT_HINT = 'walkapp:account'

/** One database for each person who uses the tablet. @param {string} account */
export function databaseName(account) {
  return `walkapp:${account}`
}

/** The account that was here last, or null where the browser does not say. @returns {string|null} */
export function accountHint() {
  try {
    return globalThis.localStorage?.getItem(ACCOUNT_HINT) ?? null
  } catch {
    return null
  }
}

/**
 * @param {{db: () => Database, newId: () => string, channel?: BroadcastChannel|null}} options
 */
export function makeDevice({ db, newId, channel = null }) {
  const device = {
    /** Who is signed in on this tablet, or null. @returns {Promise<Person|null>} */
    currentPerson: () => device.fact('person'),

    /** @param {Person} person */
    async setPerson(person) {
      await device.setFact('person', person)
      hint(person.account.id)
      channel?.postMessage({ account: person.account.id })
    },

    /** The person signed out; what they wrote stays in their own database. */
    async forgetPerson() {
      await device.setFact('person', null)
      hint(null)
      channel?.postMessage({ account: null })
    },

    /** The same id for as long as this browser keeps its storage. @returns {Promise<string>} */
    async deviceId() {
      const fresh = newId()
      // Looked up and made in one transaction: two tabs that start together must not make two.
      return db().tx('facts', 'readwrite', (t) => {
        const facts = t.objectStore('facts')
        const found = { result: fresh }
        facts.get('device').onsuccess = (event) => {
          const known = /** @type {IDBRequest} */ (event.target).result
          if (known) found.result = known.value
          else facts.put({ name: 'device', value: fresh })
        }
        return found
      })
    },

    /**
     * This tablet is a copy of another, or an older state of itself: from now on it has an id of its own. Of two tabs that
     * find it out, the first one makes it.
     * @param {string} old @returns {Promise<void>}
     */
    async renewDevice(old) {
      const fresh = newId()
      await db().tx('facts', 'readwrite', (t) => {
        const facts = t.objectStore('facts')
        const change = (/** @type {string} */ name, /** @type {(value: any) => any} */ changed) => {
          facts.get(name).onsuccess = (event) => {
            const known = /** @type {IDBRequest} */ (event.target).result?.value
            if (changed(known)) facts.put({ name, value: changed(known) })
          }
        }
        change('device', (id) => id === old && fresh)
        change('person', (person) => person?.device?.id === old && { ...person, device: { ...person.device, id: fresh } })
      })
    },

    /** @param {string} name @returns {Promise<any>} */
    fact: async (name) => (await db().get('facts', name))?.value ?? null,

    /** @param {string} name @param {any} value @returns {Promise<void>} */
    setFact: (name, value) => db().put('facts', { name, value }),

    /** Hear that another tab changed who is signed in. @param {(account: string|null) => void} listener */
    onPersonChange(listener) {
      channel?.addEventListener('message', ({ data }) => listener(data.account))
    },
  }
  return device
}

/** @typedef {ReturnType<typeof makeDevice>} Device */

/** This browser's own device. */
export const device = makeDevice({
  db: () => openDatabase(NAME, DEVICE_SCHEMA),
  newId: () => crypto.randomUUID(),
  channel: onPage() ? new BroadcastChannel(NAME) : null,
})

export const { currentPerson, setPerson, forgetPerson, deviceId } = device

// Opening takes a while on a slow tablet; it goes on while the other modules are evaluated.
if (onPage()) openDatabase(NAME, DEVICE_SCHEMA)

function onPage() {
  return Boolean(globalThis.document)
}

/** @param {string|null} account */
function hint(account) {
  try {
    if (account) localStorage.setItem(ACCOUNT_HINT, account)
    else localStorage.removeItem(ACCOUNT_HINT)
  } catch {
    // A browser without local storage starts a little slower.
  }
}
