// @ts-check
/**
 * The entries of files and how their bytes lie in chunks.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("../core/types.js").Problem} Problem
 * @typedef {{sha256: string, bytes: number, kept: {sha256: string, bytes: number}, at: number}} FileReceipt
 *
 * @typedef {"waiting"|"needs"|"away"|"sent"|"fetched"} State `needs`: its person has to look at it; `away`: taken out of its
 *   record, and let go of soon
 *
 * @typedef {object} FileEntry
 * @property {string} sha the hash of what was sent, or will be
 * @property {State} state
 * @property {string} space
 * @property {string} record the one it was kept for last
 * @property {string[]} records all whose line it is: the same photo may stand in two
 * @property {string} type
 * @property {number} bytes
 * @property {number} width
 * @property {number} height
 * @property {number} at when it was kept here
 * @property {string} hash of the bytes that lie here; the server's copy of a fetched photo has its own
 * @property {boolean} isHere are its bytes on this tablet?
 * @property {number} seenAt when somebody last looked at it
 * @property {number} [checkedAt] when the server last said that it holds it
 * @property {FileReceipt} [receipt]
 * @property {boolean} [damaged] its bytes were not what was kept
 * @property {Problem} [problem] why the server did not take it
 */
import { step } from './step.js'

export const CHUNK_BYTES = 256 * 1024

/** @param {Keeper} keeper @param {string} sha @returns {Promise<FileEntry|null>} */
export async function entryOf(keeper, sha) {
  const kept = await keeper.db.get('files', sha)
  return kept ? unsealed(keeper, kept) : null
}

/** Every file in the state, oldest first. @param {Keeper} keeper @param {State} state @returns {Promise<FileEntry[]>} */
export async function filesIn(keeper, state) {
  const kept = await keeper.db.tx('files', 'readonly', (t) => t.objectStore('files').index('state').getAll(state))
  const entries = await Promise.all(kept.map((/** @type {any} */ one) => unsealed(keeper, one)))
  return entries.sort((a, b) => a.at - b.at || (a.sha < b.sha ? -1 : 1))
}

/**
 * @param {Keeper} keeper @param {string} sha @param {(entry: any) => any} how
 * @param {"strict"|"relaxed"} [durability]
 */
export function change(keeper, sha, how, durability = 'strict') {
  return step(
    keeper,
    async (read) => {
      const { n: _n, ...entry } = (await read('files', [sha])).get(sha) ?? {}
      if (!entry.state) return null
      const next = how(entry)
      return next === entry ? null : { put: [entryPut(next.state, sha, next)], drop: [] }
    },
    { durability },
  )
}

/** @param {string} state @param {string} sha @param {any} facts */
export function entryPut(state, sha, facts) {
  const { sha: _sha, ...value } = facts
  return { store: 'files', clear: { sha, state }, value: { ...value, state } }
}

/** @param {string} sha @param {number} length @returns {Array<[string, number]>} */
export function chunkKeys(sha, length) {
  return Array.from({ length: Math.ceil(length / CHUNK_BYTES) }, (_, n) => [sha, n])
}

/** @param {number} at @returns {{state: State, seenAt: number}} */
export function putAway(at) {
  return { state: 'away', seenAt: at }
}

/** @param {Keeper} keeper @param {any} kept @returns {Promise<FileEntry>} */
async function unsealed(keeper, { sha, state, box }) {
  return { ...(await keeper.seal.unseal(box)), sha, state }
}
