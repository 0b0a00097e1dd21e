// @ts-check
/**
 * Photos, joined: the worker that paints them anew, the store that keeps them, the network that carries them. Fetched when the
 * network half is, or with the first photo.
 *
 * @typedef {import("./store/store.js").Store} Store
 * @typedef {import("./store/files.js").Photo} Photo
 */
import { trusted } from './offline.js'
import { makeBytes } from './sync/bytes.js'
import { makeCarrying } from './sync/carrying.js'
import { makeDownloads } from './sync/downloads.js'
import { makeUploads } from './sync/uploads.js'

const WORKER = '/app/static/js/photo-worker.js'
/** A large picture on a slow tablet takes seconds; one that takes longer never comes. */
const PAINTED_WITHIN_MS = 60_000

/** The file is no picture this tablet can read. */
export class NotAPhoto extends Error {
  name = 'NotAPhoto'
}

/** @param {{store: Store, spaces: () => string[], now: () => number, random: () => number}} means */
export function openPhotos(means) {
  const bytes = makeBytes({ now: means.now })
  const uploads = makeUploads({ ...means, bytes })
  const downloads = makeDownloads({ ...means, bytes, isMetered })
  return { after: makeCarrying({ ...means, uploads, downloads }).after, look: downloads.look }
}

/**
 * The picture, small, upright and with nothing in it but itself. Nothing is kept yet.
 * @param {Blob} file @param {import("./photo-worker.js").Box[]} [boxes] what is painted over @returns {Promise<Photo>}
 */
export function paintAnew(file, boxes = []) {
  const worker = new Worker(trusted(WORKER), { type: 'module' })
  const painted = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new NotAPhoto('it took too long')), PAINTED_WITHIN_MS)
    worker.onmessage = ({ data: { photo, trouble } }) => {
      clearTimeout(late)
      if (photo) resolve(photo)
      else reject(new NotAPhoto(trouble))
    }
    worker.onerror = (event) => reject(new NotAPhoto(event.message))
    worker.postMessage({ file, boxes })
  })
  return painted.finally(() => worker.terminate())
}

/** Does the network cost its owner money, or was the browser told to be sparing? */
function isMetered() {
  const { saveData = false, type = '' } = /** @type {any} */ (navigator).connection ?? {}
  return saveData || type === 'cellular'
}
