// @ts-check
/**
 * The second copy of what has no receipt yet, in a file beside the database (`copy-worker.js`), where the platform has one. It
 * is written after each write of a person and delays nothing; a worker that is busy gets the latest of everything at once.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {{key: string, value: any}} Kept
 * @typedef {{postMessage: (message: any) => void, onmessage: ((event: any) => void)|null, onerror: ((event: any) => void)|null,
 *   terminate?: () => void}} Port
 */
import { Desk } from './desk.js'
import { step } from './step.js'

const AT_ONCE = 100
const LONG_READ_MS = 15_000
/** Edits that could not be written to the database lie there under this. */
const EDITS = 'edits '
/** A worker that says nothing for so long has no file to write to. */
const ANSWER_WITHIN_MS = 10_000

/**
 * The second copy of one account.
 * @param {string} account
 * @param {() => Port} start
 */
export function makeCopy(account, start) {
  /** @type {Port|null} */
  let port = null
  let asked = 0
  /** @type {{put: Map<string, any>, drop: Set<string>}} */
  let next = { put: new Map(), drop: new Set() }
  /** @type {Promise<Kept[]|null>|null} */
  let busy = null
  /** Is there one at all? Not known before it was tried. @type {boolean|null} */
  let works = null
  let isHopeless = false
  let onWorks = (/** @type {boolean} */ _works) => {}

  /** @returns {Promise<Kept[]|null>} what lies there once everything noted so far does; null when there is no second copy */
  async function flush() {
    while (busy) await busy
    return send(true)
  }

  /** @param {boolean} [tell] is it asked what lies there? */
  function send(tell = false) {
    const { put, drop } = next
    next = { put: new Map(), drop: new Set() }
    busy = ask({ put: [...put].map(([key, value]) => ({ key, value })), drop: [...drop], tell }).then((live) => {
      busy = null
      if (live === null) takeBack(put, drop)
      else if (next.put.size || next.drop.size) send()
      return live
    })
    return busy
  }

  /** What the file did not take goes with the next that is noted, unless that is newer. @param {Map<string, any>} put @param {Set<string>} drop */
  function takeBack(put, drop) {
    if (isHopeless) return void (next = { put: new Map(), drop: new Set() })
    for (const [key, value] of put) if (!next.put.has(key) && !next.drop.has(key)) next.put.set(key, value)
    for (const key of drop) if (!next.put.has(key)) next.drop.add(key)
  }

  /** @param {{put: Kept[], drop: string[], tell: boolean}} what @returns {Promise<Kept[]|null>} */
  function ask(what) {
    if (isHopeless) return Promise.resolve(null)
    return new Promise((resolve) => {
      const done = (/** @type {Kept[]|null} */ live) => {
        clearTimeout(timer)
        const was = works
        works = live !== null
        // What never worked here never will; what did may only have found no room.
        isHopeless = was === null && !works
        if (was !== null && was !== works) onWorks(works)
        resolve(live)
      }
      const timer = setTimeout(done, ANSWER_WITHIN_MS, null)
      try {
        port ??= start()
        const id = ++asked
        port.onmessage = ({ data }) => data.id === id && done(data.live ?? null)
        port.onerror = () => done(null)
        port.postMessage({ id, account, ...what })
      } catch {
        done(null)
      }
    })
  }

  const copy = {
    works: () => works,
    /** @param {(works: boolean) => void} listener hears when the file stops taking anything, and when it takes it again */
    onWorks: (listener) => void (onWorks = listener),
    flush,
    /** Note what waits and what does so no longer; nobody has to wait for it. @param {any[]} records @param {string[]} gone */
    keep(records, gone) {
      for (const { cid, n, rev, box } of records) note(cid, { n, rev, box })
      for (const cid of gone) copy.drop(cid)
      goOn()
    },
    /** Edits the database did not take. @param {string} id @param {any} box */
    keepEdits(id, box) {
      note(`${EDITS}${id}`, { box })
      goOn()
    },
    /** @param {string} key */
    drop(key) {
      next.put.delete(key)
      next.drop.add(key)
    },
    /** @param {string} id */
    dropEdits(id) {
      copy.drop(`${EDITS}${id}`)
      goOn()
    },
    close: () => port?.terminate?.(),
  }

  function goOn() {
    if (isHopeless) next = { put: new Map(), drop: new Set() }
    else if (!busy && (next.put.size || next.drop.size)) send()
  }

  /** @param {string} key @param {any} value */
  function note(key, value) {
    next.drop.delete(key)
    next.put.set(key, value)
  }

  return copy
}

/** @typedef {ReturnType<typeof makeCopy>} Copy */

/** @param {Kept[]|null} live @returns {Array<{id: string, box: any}>} edits that the database did not take */
export function editsIn(live) {
  return (live ?? [])
    .filter(({ key }) => key.startsWith(EDITS))
    .map(({ key, value }) => ({ id: key.slice(EDITS.length), box: value.box }))
}

/**
 * Bring both to one state at the start: what waits is copied, what was answered for leaves the copy.
 * @param {Keeper & {copy: Copy}} keeper
 * @returns {Promise<string[]>} changes that only the second copy still has
 */
export async function compare(keeper) {
  const live = await keeper.copy.flush()
  if (!live) return []
  const changes = live.filter(({ key }) => !key.startsWith(EDITS)).map(({ key }) => key)
  const { waiting, answered } = await placesOf(keeper, changes)
  const copied = new Map(live.map(({ key, value }) => [key, value.rev]))
  keeper.copy.keep(
    // The same change may have been gone on with since it was copied.
    waiting.filter((/** @type {any} */ one) => !copied.has(one.cid) || copied.get(one.cid) !== one.rev),
    [...answered],
  )
  const here = new Set(waiting.map((/** @type {any} */ one) => one.cid))
  return changes.filter((cid) => !here.has(cid) && !answered.has(cid))
}

/** @param {Keeper} keeper @param {string[]} cids */
async function placesOf(keeper, cids) {
  const stores = ['outbox', 'sent', 'refused']
  const place = (/** @type {IDBTransaction} */ t) => {
    const all = t.objectStore('outbox').getAll()
    const each = cids.flatMap((cid) => ['sent', 'refused'].map((store) => t.objectStore(store).getKey(cid)))
    return {
      get result() {
        return { waiting: all.result, found: each.map((request) => request.result) }
      },
    }
  }
  const { waiting, found } = await keeper.db.tx(stores, 'readonly', place, { limit: LONG_READ_MS })
  return { waiting, answered: new Set(/** @type {string[]} */ (found.filter(Boolean))) }
}

/**
 * Put changes that are only in the second copy back into the outbox. What is here already, or was answered for, stays as it
 * is: doing it twice is the same as doing it once. They go out exactly as they were, for the server may have them.
 * @param {Keeper & {copy: Copy}} keeper
 * @returns {Promise<{count: number, touched: import("./store.js").Touched}>}
 */
export async function bringBack(keeper) {
  const touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  const live = (await keeper.copy.flush()) ?? []
  const missing = new Set(await compare(keeper))
  const opened = await Promise.all(
    live
      .filter(({ key }) => missing.has(key))
      .map(async ({ value }) => ({ ...(await keeper.seal.unseal(value.box).catch(() => null)), n: value.n })),
  )
  // One that cannot be read stays where it is.
  const entries = opened.filter(({ change }) => change)
  entries.sort((a, b) => a.n - b.n)
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const done = await putBack(keeper, entries.slice(at, at + AT_ONCE))
    touched.ids.push(...done.ids)
    touched.kinds.push(...done.kinds)
  }
  return { count: entries.length, touched }
}

/** @param {Keeper} keeper @param {import("./desk.js").Entry[]} entries @returns {Promise<import("./store.js").Touched>} */
export async function putBack(keeper, entries) {
  let touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  await step(keeper, async (read) => {
    const cids = entries.map(({ change }) => change.cid)
    const answered = new Set([...(await read('sent', cids)).keys(), ...(await read('refused', cids)).keys()])
    const desk = await Desk.lay(read, [...new Set(entries.map(({ change }) => change.id))], cids)
    for (const entry of entries) if (!answered.has(entry.change.cid)) lay(desk, entry)
    touched = desk.touched()
    return desk.writes()
  })
  return touched
}

/** @param {Desk} desk @param {import("./desk.js").Entry} entry */
function lay(desk, entry) {
  const { cid, id, kind } = entry.change
  const doc = desk.doc(id, kind, entry.space)
  if (!doc.pending.includes(cid)) doc.pending.push(cid)
  if (!desk.entries.has(cid)) desk.putEntry(cid, { ...entry, frozen: true, closed: true })
}
