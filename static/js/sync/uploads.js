// @ts-check
/**
 * Photos go up after the words of their record, one at a time and piece by piece. A piece that was lost is asked for and sent
 * again; a photo counts as sent only by a receipt that names the hash of what was sent.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("../store/file-shelf.js").Shelf} Shelf
 * @typedef {import("../store/file-rows.js").FileEntry} FileEntry
 * @typedef {import("./bytes.js").Bytes} Bytes
 * @typedef {import("./bytes.js").Told} Told
 * @typedef {{moved: () => void, signal: AbortSignal}} Going `moved` is said with every step forward; aborted, nobody listens
 */
import { problemOf } from '../core/problems.js'
import { NetworkTrouble, Unserved } from './trouble.js'

/** The server takes 512 kB in one piece. */
const LARGEST_PIECE = 512_000
const SMALLEST_PIECE = 32_000
/** Then it is somebody else's turn: what was written meanwhile, another tab, the sign-in. */
const MOST_IN_ONE_RUN = 8
const MOST_ASKED_AGAIN = 20
const MOST_MISSTEPS = 3
const ASK_AGAIN_AFTER_MS = 24 * 3_600_000

/** @param {{store: Store, bytes: Bytes, spaces: () => string[], now: () => number}} means */
export function makeUploads({ store, bytes, spaces, now }) {
  let most = LARGEST_PIECE
  let piece = LARGEST_PIECE

  /**
   * Send what may go now; true when more could go at once. Throws what stopped it, for whoever decides when to try again.
   * @param {Going} going @returns {Promise<boolean>}
   */
  async function run(going) {
    const files = await store.files()
    await files.sweep()
    const { waiting } = store.status()
    const ready = (await files.ready()).filter(({ space }) => spaces().includes(space))
    for (const entry of ready.slice(0, MOST_IN_ONE_RUN)) {
      // Somebody is writing: words go first.
      if (store.status().waiting > waiting) return true
      if (going.signal.aborted) return false
      await sendOne(files, entry, going)
    }
    // A round after the last photo tells the server that none is left here.
    return ready.length > 0 || (await askAgain(files))
  }

  /** @param {Shelf} files @param {FileEntry} entry @param {Going} going */
  async function sendOne(files, entry, { moved, signal }) {
    const { sha } = entry
    const { bytes: whole } = await files.read(sha)
    // Damaged here: that is told to its person, and nothing broken is ever sent.
    if (!whole) return files.refuse(sha, problemOf('file-damaged'))
    const path = pathOf(entry)
    let offset = (await heard(bytes.head(path))).offset ?? 0
    for (let missteps = 0; missteps <= MOST_MISSTEPS && !signal.aborted; ) {
      const part = whole.slice(offset, offset + piece)
      const told = await heard(bytes.send(path, part, { offset, length: whole.byteLength }))
      if (told.ok && told.json?.receipt) return proven(files, entry, told.json.receipt)
      const next = told.ok ? told.offset : stepBack(told)
      if (next === null) return files.refuse(sha, told.json ?? problemOf('file-refused'))
      if (!told.ok || next <= offset) missteps += 1
      else piece = Math.min(most, piece * 2)
      offset = Math.min(next, whole.byteLength)
      moved()
    }
    if (!signal.aborted) await files.refuse(sha, problemOf('file-refused'))
  }

  /**
   * Where to go on after an answer that was no yes, or null when the server does not want the photo.
   * @param {Told} told @returns {number|null}
   */
  function stepBack({ status, offset, json }) {
    if (status === 409 && offset !== null) return offset
    if (status === 422 && json?.code === 'file-damaged') return 0
    if (status !== 413 || piece <= SMALLEST_PIECE) return null
    most = Math.max(SMALLEST_PIECE, Math.floor(piece / 2))
    piece = most
    return offset ?? 0
  }

  /** @param {Shelf} files @param {FileEntry} entry @param {any} receipt */
  async function proven(files, { sha, bytes: length }, receipt) {
    if (receipt.sha256 !== sha || receipt.bytes !== length) throw new NetworkTrouble('garbled')
    await files.receive(sha, receipt)
  }

  /**
   * What was confirmed once is asked about again, seldom: a server that lost a file gets it back from whoever still has it.
   * @param {Shelf} files
   */
  async function askAgain(files) {
    const unproven = (await files.unproven(now() - ASK_AGAIN_AFTER_MS)).filter(({ space }) => spaces().includes(space))
    let lost = false
    for (const entry of unproven.slice(0, MOST_ASKED_AGAIN)) {
      const told = await heard(bytes.head(pathOf(entry)))
      if (!told.ok) continue
      await files.checked(entry.sha, told.isComplete)
      lost ||= !told.isComplete
    }
    return lost
  }

  /** Troubles of the way are for the one who waits and tries again. @param {Promise<Told>} asked @returns {Promise<Told>} */
  async function heard(asked) {
    const told = await asked.catch((error) => {
      // A piece that took too long is halved: a slow line carries small ones.
      if (error?.code === 'timeout') piece = Math.max(SMALLEST_PIECE, Math.floor(piece / 2))
      throw error
    })
    const isTheirs = told.status === 401 || told.status === 429 || told.status >= 500
    if (isTheirs) throw new Unserved(told.status, told.retryAfter, told.json)
    return told
  }

  return { run }
}

/** @param {{space: string, sha: string}} file */
export function pathOf({ space, sha }) {
  return `/api/v1/spaces/${space}/files/${sha}`
}
