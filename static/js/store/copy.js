// @ts-check
/**
 * What goes into a saved copy.
 *
 * Each store is read on its own and each entry by itself: a copy is wanted most when half of the storage is broken. What could
 * not be read is named. Whatever went into a copy never changes afterwards, like what was handed to the network: another
 * tablet, or the server, may have it already.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./desk.js").Entry} Entry
 * @typedef {import("../core/copy.js").Content} Content
 * @typedef {{store: string, count: number|null}} Unread how many entries of a store; null when none could be read at all
 * @typedef {{contents: Content[], unread: Unread[], changes: number, needsYou: number, photos: number, records: number}} Collected
 */
import { changesOfEdits, contentsOf, toBase64 } from '../core/copy.js'
import { knownHere } from './copy-in.js'
import { Desk } from './desk.js'
import { filesIn } from './file-rows.js'
import { readFile } from './files.js'
import { stranded } from './rescue.js'
import { editsIn } from './second-copy.js'
import { step } from './step.js'

const AT_ONCE = 100
const LONG_MS = 15_000
/** After so many entries in a row that cannot be read, the rest of the store is not asked for one by one. */
const MOST_FAILURES = 5

/**
 * Everything that no server has confirmed, by space; with `everything`, also every record and photo that lies here.
 * @param {Keeper} keeper @param {string} account @param {boolean} everything
 * @param {import("./rescue.js").Unkept[]} [unkept] edits that are on a screen and not in the database
 * @returns {Promise<Collected>}
 */
export async function collect(keeper, account, everything, unkept = []) {
  // Where the storage takes no writes, what could still change goes as it is now.
  await freeze(keeper).catch(() => {})
  /** @type {Unread[]} */
  const unread = []
  const waiting = await waitingEntries(keeper, account, unkept, unread)
  const refused = await readStore(keeper, 'refused', unread)
  const docs = everything ? await readStore(keeper, 'docs', unread) : []
  const files = await readFiles(keeper, everything, unread)
  const contents = contentsOf(account, { waiting, refused, files, ...(everything ? { docs } : {}) })
  const counts = { changes: waiting.length, needsYou: refused.length, photos: files.length, records: docs.length }
  return { contents, unread, ...counts }
}

/** What is about to be copied never changes again. @param {Keeper} keeper */
async function freeze(keeper) {
  const cids = /** @type {string[]} */ (await keeper.db.keys('outbox'))
  for (let start = 0; start < cids.length; start += AT_ONCE) {
    const some = cids.slice(start, start + AT_ONCE)
    await step(keeper, async (read) => {
      const desk = new Desk()
      for (const [cid, entry] of await read('outbox', some)) if (!entry.frozen) desk.putEntry(cid, { ...entry, frozen: true })
      return desk.touchedEntries.size ? desk.writes() : null
    })
  }
}

/**
 * What waits: in the outbox, only in the second copy, or in neither because the storage took nothing any more.
 * @param {Keeper} keeper @param {string} account @param {any[]} unkept @param {Unread[]} unread @returns {Promise<Entry[]>}
 */
async function waitingEntries(keeper, account, unkept, unread) {
  const kept = (await readStore(keeper, 'outbox', unread)).sort((a, b) => a.n - b.n)
  const live = await secondCopy(keeper)
  const here = new Set(kept.map(({ change }) => change.cid))
  const cids = (live ?? []).map(({ key }) => key).filter((key) => !here.has(key) && !key.startsWith('edits '))
  const answered = cids.length ? await knownHere(keeper, cids).catch(() => new Set()) : new Set()
  const beside = (live ?? []).filter(({ key }) => cids.includes(key) && !answered.has(key))
  const more = await Promise.all(beside.map(({ value }) => keeper.seal.unseal(value.box).catch(() => null)))
  return [...kept, ...more.filter((entry) => entry?.change), ...(await fromEdits(keeper, account, unkept, live))]
}

/** @param {Keeper} keeper @returns {Promise<import("./second-copy.js").Kept[]|null>} */
async function secondCopy(keeper) {
  const copy = /** @type {import("./second-copy.js").Copy|null|undefined} */ (keeper.copy)
  return (await copy?.flush?.().catch(() => null)) ?? null
}

/**
 * Edits that never reached the database.
 * @param {Keeper} keeper @param {string} account @param {any[]} unkept @param {import("./second-copy.js").Kept[]|null} live
 */
async function fromEdits(keeper, account, unkept, live) {
  const inCopy = await Promise.all(editsIn(live).map(({ box }) => keeper.seal.unseal(box).catch(() => null)))
  const lists = [...unkept, ...(await stranded(account, keeper.seal).catch(() => [])), ...inCopy].filter((one) => one?.edits)
  return /** @type {Promise<any[]>} */ (changesOfEdits(lists, keeper.now()))
}

/** @param {Keeper} keeper @param {boolean} everything @param {Unread[]} unread */
async function readFiles(keeper, everything, unread) {
  /** @type {import('./file-rows.js').State[]} */
  const states = everything ? ['waiting', 'needs', 'sent'] : ['waiting', 'needs']
  const found = []
  let lost = 0
  try {
    for (const state of states) {
      for (const entry of await filesIn(keeper, state)) {
        const { bytes } = await readFile(keeper, entry.sha).catch(() => ({ bytes: null }))
        if (bytes) found.push({ ...entry, bytes: toBase64(new Uint8Array(bytes)) })
        else if (state !== 'sent') lost += 1
      }
    }
    if (lost) unread.push({ store: 'files', count: lost })
  } catch {
    unread.push({ store: 'files', count: null })
  }
  return found
}

/**
 * Every entry of a store that can be read, unsealed; one that cannot does not hide the others.
 * @param {Keeper} keeper @param {string} store @param {Unread[]} unread @returns {Promise<any[]>}
 */
async function readStore(keeper, store, unread) {
  try {
    const { kept, lost } = await readRaw(keeper, store)
    const opened = await Promise.all(kept.map((one) => unsealedOne(keeper, one)))
    const good = opened.filter((one) => one !== null)
    const bad = lost + opened.length - good.length
    if (bad) unread.push({ store, count: bad })
    return good
  } catch {
    unread.push({ store, count: null })
    return []
  }
}

/** @param {Keeper} keeper @param {any} one */
async function unsealedOne(keeper, one) {
  try {
    const value = await keeper.seal.unseal(one.box)
    return value && typeof value === 'object' ? { ...value, n: one.n, id: one.id } : null
  } catch {
    return null
  }
}

/** @param {Keeper} keeper @param {string} store @returns {Promise<{kept: any[], lost: number}>} */
async function readRaw(keeper, store) {
  const all = () => keeper.db.tx(store, 'readonly', (t) => t.objectStore(store).getAll(), { limit: LONG_MS })
  try {
    return { kept: await all(), lost: 0 }
  } catch {
    return oneByOne(keeper, store)
  }
}

/** @param {Keeper} keeper @param {string} store */
async function oneByOne(keeper, store) {
  const keys = await keeper.db.keys(store)
  const kept = []
  let failures = 0
  for (const key of keys) {
    if (failures === MOST_FAILURES) break
    const one = await keeper.db.get(store, key).catch(() => null)
    failures = one ? 0 : failures + 1
    if (one) kept.push(one)
  }
  return { kept, lost: keys.length - kept.length }
}
