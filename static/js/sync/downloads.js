// @ts-check
/**
 * Photos come down when somebody looks at them, and ahead of that for the visits a person has in hand; never so many that they
 * crowd out what is written here.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("./bytes.js").Bytes} Bytes
 * @typedef {{space: string, record: string, sha: string}} Wanted
 * @typedef {{bytes: ArrayBuffer, type: string, trouble?: undefined}
 *   | {bytes?: undefined, trouble: "missing"|"damaged"|"no-network"|"signed-out"|"server-trouble"}} Looked
 */
import { segmentsOf } from '../core/jpeg.js'
import { pathOf } from './uploads.js'
import { NetworkTrouble, Unserved } from './trouble.js'

const MOST_BYTES = 50_000_000
const MOST_IN_ONE_RUN = 8
/** A photo is looked at many times while one screen is open. */
const TOUCH_EVERY_MS = 3_600_000
const FULL_FOR_MS = 3_600_000
const IN_HAND_MS = 3 * 24 * 3_600_000
const PHOTO = 'image/jpeg'

/**
 * @param {{store: Store, bytes: Bytes, spaces: () => string[], isMetered?: () => boolean, now: () => number}} means
 */
export function makeDownloads({ store, bytes, spaces, isMetered = () => false, now }) {
  /** Asked for since the page was opened, and not there. @type {Set<string>} */
  const missing = new Set()
  /** When a photo last found no room here: fetching it over and over would only cost its owner. */
  let fullAt = -Infinity

  /** The photo from here, else from the server; or why it cannot be shown. @param {Wanted} wanted @returns {Promise<Looked>} */
  async function look(wanted) {
    const files = await store.files()
    const { entry, bytes: here } = await files.read(wanted.sha)
    if (entry && here) {
      if (entry.seenAt < now() - TOUCH_EVERY_MS) await files.touch(wanted.sha)
      return { bytes: here, type: entry.type }
    }
    if (entry?.damaged) {
      await store.refresh()
      return { trouble: 'damaged' }
    }
    try {
      return await fetched(wanted)
    } catch (error) {
      return { trouble: troubleOf(error) }
    }
  }

  /**
   * Fetch what will be looked at; true when more could be fetched at once.
   * @param {import("./uploads.js").Going} going @returns {Promise<boolean>}
   */
  async function ahead({ moved, signal }) {
    if (isMetered() || isFull()) return false
    const files = await store.files()
    let count = 0
    for (const wanted of await inHand()) {
      if (missing.has(wanted.sha) || (await files.read(wanted.sha)).entry) continue
      if ((await files.fetchedBytes()) >= MOST_BYTES) return false
      if (++count > MOST_IN_ONE_RUN) return true
      if (signal.aborted) return false
      await fetched(wanted)
      moved()
      if (isFull()) return false
    }
    return false
  }

  function isFull() {
    return Math.abs(now() - fullAt) < FULL_FOR_MS
  }

  /** Photos of what is still being worked on, and of what is days old: one page of the list knows. @returns {Promise<Wanted[]>} */
  async function inHand() {
    const rows = await store.list('observation')
    const open = rows.filter(({ at, space, summary }) => {
      return spaces().includes(space) && summary.photos && (summary.state !== 'released' || at > now() - IN_HAND_MS)
    })
    return open.flatMap(({ id, space, summary }) =>
      summary.photos.map((/** @type {string} */ sha) => ({ space, record: id, sha })),
    )
  }

  /** @param {Wanted} wanted @returns {Promise<Looked>} */
  async function fetched({ space, record, sha }) {
    const got = await bytes.get(`${pathOf({ space, sha })}?record=${encodeURIComponent(record)}`)
    if (got.status === 404) {
      missing.add(sha)
      return { trouble: 'missing' }
    }
    if (!got.ok || !got.bytes) throw new Unserved(got.status, got.retryAfter, got.json)
    assertWhole(got.bytes)
    await keep({ space, record, sha, type: PHOTO, bytes: got.bytes })
    return { bytes: got.bytes, type: PHOTO }
  }

  /** A photo that finds no room is shown all the same. @param {Wanted & {type: string, bytes: ArrayBuffer}} file */
  async function keep(file) {
    const files = await store.files()
    await files.fetched(file, MOST_BYTES).catch((/** @type {any} */ error) => {
      if (error?.name !== 'QuotaExceededError') throw error
      fullAt = now()
    })
  }

  return { look, ahead }
}

/** @param {ArrayBuffer} bytes */
function assertWhole(bytes) {
  try {
    segmentsOf(new Uint8Array(bytes))
  } catch {
    throw new NetworkTrouble('garbled')
  }
}

/** @param {unknown} error @returns {"no-network"|"signed-out"|"server-trouble"} */
function troubleOf(error) {
  if (error instanceof NetworkTrouble) return 'no-network'
  if (error instanceof Unserved) return error.status === 401 ? 'signed-out' : 'server-trouble'
  throw error
}
