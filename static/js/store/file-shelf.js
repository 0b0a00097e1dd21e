// @ts-check
/**
 * The photos of one person on this tablet, as the rest of the app is handed them.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./store.js").Touched} Touched
 * @typedef {(work: () => Promise<Touched>) => Promise<void>} InTurn
 */
import { filesIn } from './file-rows.js'
import * as states from './file-states.js'
import { addPhoto, bringIn, readFile, unsentFiles } from './files.js'
import { hasRoom } from './probe.js'

/** Sealing, and the record beside it, take more room than the bytes alone. */
const ROOM_FACTOR = 2

/**
 * @param {Keeper} keeper
 * @param {{inTurn: InTurn, changed: () => Promise<void>}} store `changed` counts anew and tells every tab
 */
export function makeShelf(keeper, { inTurn, changed }) {
  /** @template T @param {Promise<T>} work @returns {Promise<T>} */
  const told = async (work) => {
    const result = await work
    await changed()
    return result
  }
  return {
    /**
     * Keep a photo with its record; resolves with its hash when it was read back whole. Room is made from what the server has,
     * never from what waits.
     * @param {string} space @param {string} record @param {import("./files.js").Photo} photo
     * @param {{at: number, alt?: string, indicators?: string[]}} words
     */
    async add(space, record, photo, words) {
      await makeRoom(keeper, photo.bytes.byteLength * ROOM_FACTOR)
      let sha = ''
      await inTurn(async () => {
        const done = await addPhoto(keeper, space, record, photo, words)
        sha = done.sha
        return done
      })
      return sha
    },

    /** @param {string} sha */
    read: (sha) => readFile(keeper, sha),
    /** What its person has to look at, oldest first. */
    needing: () => filesIn(keeper, 'needs'),
    /** Everything that is on this tablet only, with its bytes. */
    unsent: () => unsentFiles(keeper),
    /** An unsent photo out of a saved copy. @param {Parameters<typeof bringIn>[1]} file */
    bringBack: (file) => told(bringIn(keeper, file, 'waiting')),
    /** @param {string} sha */
    sendAgain: (sha) => told(states.sendFileAgain(keeper, sha)),
    /** @param {string} sha */
    putAway: (sha) => told(states.letFileGo(keeper, sha)),
    /** @param {string} sha */
    touch: (sha) => states.touchFile(keeper, sha),

    // ---- for `sync/` ---------------------------------------------------------------------------------
    ready: () => states.readyFiles(keeper),
    /** @param {number} since */
    unproven: (since) => states.unprovenFiles(keeper, since),
    /** @param {string} sha @param {import("./file-rows.js").FileReceipt} receipt */
    receive: (sha, receipt) => told(states.receive(keeper, sha, receipt)),
    /** @param {string} sha @param {import("../core/types.js").Problem} problem */
    refuse: (sha, problem) => told(states.refuseFile(keeper, sha, problem)),
    /** @param {string} sha @param {boolean} isThere */
    checked: (sha, isThere) => told(states.checked(keeper, sha, isThere)),
    /** The server's copy of a photo. @param {Parameters<typeof bringIn>[1]} file @param {number} most bytes of such copies */
    async fetched(file, most) {
      const over = (await states.fetchedBytes(keeper)) + file.bytes.byteLength - most
      if (over > 0) await states.freeUp(keeper, over, ['fetched'])
      await bringIn(keeper, file, 'fetched')
    },
    fetchedBytes: () => states.fetchedBytes(keeper),
    sweep: async () => void ((await states.sweepAway(keeper)) && (await changed())),
  }
}

/** @typedef {ReturnType<typeof makeShelf>} Shelf */

/** @param {Keeper} keeper @param {number} bytes */
async function makeRoom(keeper, bytes) {
  if (await hasRoom(keeper, bytes)) return
  await states.freeUp(keeper, bytes)
  if (!(await hasRoom(keeper, bytes))) throw new DOMException('No room for a photo', 'QuotaExceededError')
}
