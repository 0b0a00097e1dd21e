// @ts-check
/**
 * What becomes of a file after it was kept: sent, proven, doubted, taken away, let go of.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./file-rows.js").FileEntry} FileEntry
 * @typedef {import("./file-rows.js").FileReceipt} FileReceipt
 * @typedef {import("./file-rows.js").State} State
 * @typedef {import("../core/types.js").Problem} Problem
 */
import { change, chunkKeys, entryPut, filesIn, putAway } from './file-rows.js'
import { shownOf } from './reading.js'
import { step } from './step.js'

/** As long as somebody may still take back that a photo was taken away. */
const AWAY_KEEP_MS = 3_600_000

/**
 * What may go to the server now: files whose record holds them and whose record's words are there already.
 * @param {Keeper} keeper @returns {Promise<FileEntry[]>}
 */
export async function readyFiles(keeper) {
  const waiting = await filesIn(keeper, 'waiting')
  const docs = await docsOf(keeper, [...new Set(waiting.flatMap(({ records }) => records))])
  const undecided = await recordsUndecided(keeper)
  const ready = []
  for (const entry of waiting) {
    const its = entry.records.flatMap((id) => docs.get(id) ?? [])
    // Another tablet took it away. Of a record that had to be forgotten, the bytes still belong to its person; and where the
    // line itself was not taken, somebody has yet to decide.
    const isGone = its.length && !its.some((doc) => holds(doc, entry.sha)) && !entry.records.some((id) => undecided.has(id))
    if (isGone) await letBe(keeper, entry.sha)
    else if (its.every((doc) => doc.pending.length === 0)) ready.push(entry)
  }
  return ready
}

/** Records of which a change was refused, or kept for the lead. @param {Keeper} keeper @returns {Promise<Set<string>>} */
async function recordsUndecided(keeper) {
  const kept = await keeper.db.tx('refused', 'readonly', (t) => t.objectStore('refused').getAll())
  const notes = await Promise.all(kept.map((/** @type {any} */ one) => keeper.seal.unseal(one.box).catch(() => null)))
  return new Set(notes.flatMap((note) => note?.change?.id ?? []))
}

/** @param {import("./reading.js").Doc} doc @param {string} sha */
function holds(doc, sha) {
  const shown = shownOf(doc)
  return !shown || shown.photos?.[sha] !== undefined
}

/** @param {Keeper} keeper @param {string} sha */
function letBe(keeper, sha) {
  return change(keeper, sha, (entry) => (entry.state === 'waiting' ? { ...entry, ...putAway(keeper.now()) } : entry))
}

/**
 * The server holds the file, and says so with the hash of what was sent.
 * @param {Keeper} keeper @param {string} sha @param {FileReceipt} receipt
 */
export function receive(keeper, sha, receipt) {
  const at = keeper.now()
  return change(keeper, sha, ({ problem: _problem, damaged: _damaged, ...entry }) => ({
    ...entry,
    state: entry.state === 'away' ? 'away' : 'sent',
    receipt,
    checkedAt: at,
  }))
}

/** The server did not take the file: its person has to look. @param {Keeper} keeper @param {string} sha @param {Problem} problem */
export function refuseFile(keeper, sha, problem) {
  return change(keeper, sha, (entry) => (entry.state === 'waiting' ? { ...entry, state: 'needs', problem } : entry))
}

/** Give up a file that needs its person; only ever by the person's own choice. @param {Keeper} keeper @param {string} sha */
export function letFileGo(keeper, sha) {
  return change(keeper, sha, (entry) => (entry.state === 'needs' ? { ...entry, ...putAway(keeper.now()) } : entry))
}

/** Send a file once more that the server did not take. @param {Keeper} keeper @param {string} sha */
export function sendFileAgain(keeper, sha) {
  return change(keeper, sha, ({ problem: _problem, ...entry }) =>
    entry.state === 'needs' && !entry.damaged ? { ...entry, state: 'waiting' } : entry,
  )
}

/**
 * What the server confirmed once and was not asked about since then, as far as this tablet could send it again.
 * @param {Keeper} keeper @param {number} since
 */
export async function unprovenFiles(keeper, since) {
  const mine = (await filesIn(keeper, 'sent')).filter((entry) => entry.isHere && entry.hash === entry.sha)
  return mine.filter(({ checkedAt = 0 }) => checkedAt < since).sort((a, b) => (a.checkedAt ?? 0) - (b.checkedAt ?? 0))
}

/**
 * The server still has it, or has lost it: then its receipt proves nothing any more, and this tablet sends it again.
 * @param {Keeper} keeper @param {string} sha @param {boolean} isThere
 */
export function checked(keeper, sha, isThere) {
  const at = keeper.now()
  return change(keeper, sha, ({ receipt, ...entry }) => {
    if (entry.state !== 'sent') return { ...entry, receipt }
    return isThere ? { ...entry, receipt, checkedAt: at } : { ...entry, state: 'waiting' }
  })
}

/** After the server was restored, nothing it confirmed is sure to be there. @param {Keeper} keeper @param {string} space */
export async function doubtFiles(keeper, space) {
  for (const { sha, space: where } of await filesIn(keeper, 'sent')) {
    if (where === space) await change(keeper, sha, (entry) => ({ ...entry, checkedAt: 0 }))
  }
}

/** Somebody looked at it: it is let go of last. @param {Keeper} keeper @param {string} sha */
export function touchFile(keeper, sha) {
  const at = keeper.now()
  return change(keeper, sha, (entry) => ({ ...entry, seenAt: at }), 'relaxed')
}

/**
 * Let go of bytes that the server has until that much room is made: fetched ones first, the longest unseen first. What waits
 * is never among them, nor what a restored server was not asked about yet.
 * @param {Keeper} keeper @param {number} wanted bytes
 * @param {State[]} [states]
 * @returns {Promise<number>} bytes made free
 */
export async function freeUp(keeper, wanted, states = ['fetched', 'sent']) {
  let free = 0
  for (const state of states) {
    const here = (await filesIn(keeper, state)).filter((entry) => entry.isHere && isElsewhere(entry))
    for (const entry of here.sort((a, b) => a.seenAt - b.seenAt)) {
      if (free >= wanted) return free
      await letGo(keeper, entry)
      free += entry.bytes
    }
  }
  return free
}

/** Does the server surely hold it? @param {FileEntry} entry */
function isElsewhere({ state, receipt, checkedAt }) {
  return state === 'fetched' || (state === 'sent' && Boolean(receipt && checkedAt))
}

/** How many bytes of the server's copies lie here. @param {Keeper} keeper */
export async function fetchedBytes(keeper) {
  const here = (await filesIn(keeper, 'fetched')).filter((entry) => entry.isHere)
  return here.reduce((sum, entry) => sum + entry.bytes, 0)
}

/** Let go of what was taken away and can no longer be taken back. @param {Keeper} keeper @returns {Promise<number>} how many */
export async function sweepAway(keeper) {
  const old = (await filesIn(keeper, 'away')).filter((entry) => entry.seenAt < keeper.now() - AWAY_KEEP_MS)
  for (const { sha, bytes } of old) {
    const drop = [{ store: 'files', key: sha }, ...chunkKeys(sha, bytes).map((key) => ({ store: 'chunks', key }))]
    await step(keeper, async (read) => ((await read('files', [sha])).get(sha)?.state === 'away' ? { put: [], drop } : null))
  }
  return old.length
}

/** @param {Keeper} keeper @param {FileEntry} entry */
function letGo(keeper, { sha, bytes }) {
  return step(keeper, async (read) => {
    const { n: _n, ...entry } = (await read('files', [sha])).get(sha) ?? {}
    if (!entry.isHere || !isElsewhere(entry)) return null
    const chunks = chunkKeys(sha, bytes).map((key) => ({ store: 'chunks', key }))
    if (entry.state === 'fetched') return { put: [], drop: [{ store: 'files', key: sha }, ...chunks] }
    return { put: [entryPut('sent', sha, { ...entry, isHere: false })], drop: chunks }
  })
}

/** @param {Keeper} keeper @param {string[]} ids @returns {Promise<Map<string, import("./reading.js").Doc>>} */
async function docsOf(keeper, ids) {
  const kept = await Promise.all(ids.map((id) => keeper.db.get('docs', id)))
  const docs = await Promise.all(kept.map((one) => one && keeper.seal.unseal(one.box)))
  return new Map(ids.flatMap((id, index) => (docs[index] ? [[id, docs[index]]] : [])))
}
