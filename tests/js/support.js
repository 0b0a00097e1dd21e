/** What the tests stand on: a real IndexedDB in memory, ids and times one can read, a seal that takes its time. */
import { readFileSync } from 'node:fs'
import { IDBFactory, IDBKeyRange } from '../vendor/fake-indexeddb.js'
import { connect } from '../../static/js/store/db.js'
import { SCHEMA } from '../../static/js/store/reading.js'
import { openStore } from '../../static/js/store/store.js'

globalThis.IDBKeyRange = IDBKeyRange

export const SPACE = 'space-oak-hill'
export const NOON = Date.UTC(2026, 10, 20, 12)

export function vectors(name) {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'))
}

/** A seal that takes a real turn of the event loop, and whose sealed form cannot be read. */
export const slowSeal = {
  seal: async (value) => {
    await turn()
    return Buffer.from(JSON.stringify(value)).toString('base64')
  },
  unseal: async (sealed) => {
    await turn()
    return JSON.parse(Buffer.from(sealed, 'base64').toString())
  },
}

export function turn() {
  return new Promise((done) => setTimeout(done, 0))
}

export function realmOf(factory) {
  return { own: () => factory, frame: () => null, wait: () => turn() }
}

/** A clock and ids that only move when somebody asks. */
export function tablet(name = 'okoye', factory = new IDBFactory()) {
  let count = 0
  const clock = { now: NOON }
  return { factory, clock, now: () => clock.now, newId: () => `${name}-${(count += 1)}` }
}

export async function storeOn(device, options) {
  return counting(await quickStoreOn(device, options))
}

/** The store, with writes that are waited for until they are counted, as by somebody who then reads the status line. */
export function counting(store) {
  const write = store.write.bind(store)
  return Object.assign(store, { write: (...said) => write(...said).then(() => store.counted()) })
}

export async function quickStoreOn(device, { seal = slowSeal, account = 'ms-okoye', db } = {}) {
  return openStore({
    account,
    seal,
    now: device.now,
    newId: device.newId,
    channel: null,
    db: db ?? connect(`walkapp:${account}`, SCHEMA, realmOf(device.factory)),
  })
}

export function draft(extra = {}) {
  return { state: 'draft', number: 1, school: 'oak-hill', started_at: NOON, context: {}, ratings: {}, evidence: {}, ...extra }
}

export const begin = (id, body = draft()) => ({ new: { kind: 'observation', id, body } })
export const rate = (id, indicator, value) => ({ kind: 'observation', id, set: { [`ratings/${indicator}`]: { value } } })

/** The outbox as it would be sent next. */
export async function changesOf(store, space = SPACE) {
  return (await store.outbox.batch(space)).map(({ change }) => change)
}

/** An answer that accepts everything that was sent, from this seq on. */
export function accepting(sent, firstSeq, more = {}) {
  const results = Object.fromEntries(sent.map(({ cid, hash }, index) => [cid, { verdict: 'ok', seq: firstSeq + index, hash }]))
  return answer({ results, cursor: `${firstSeq + sent.length - 1}.aa`, ...more })
}

export function answer(more = {}) {
  return { results: {}, rows: [], gone: [], cursor: '0.aa', at: '0.bb', more: false, ...more }
}
