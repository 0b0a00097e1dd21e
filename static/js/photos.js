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

/** Points. The largest cameras stay below; what is larger can take all the memory of a tablet, and the page with it. */
const MOST_POINTS = 120_000_000

/** The file is no picture this tablet can read. */
export class NotAPhoto extends Error {
  name = 'NotAPhoto'
}

/** The end of the file is missing, and nothing of it could be painted. */
export class PhotoCut extends Error {
  name = 'PhotoCut'
}

/** The picture is larger than a tablet can open. */
export class PhotoTooLarge extends Error {
  name = 'PhotoTooLarge'
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
 * @param {Blob} file @param {import("./photo-worker.js").Box[]} [boxes] what is painted over
 * @returns {Promise<Photo & {cut: boolean}>} `cut` where the file breaks off, and a part of the picture is missing
 */
export async function paintAnew(file, boxes = []) {
  await checkSize(file)
  const worker = new Worker(trusted(WORKER), { type: 'module' })
  const painted = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new NotAPhoto('it took too long')), PAINTED_WITHIN_MS)
    worker.onmessage = ({ data: { photo, trouble, cut } }) => {
      clearTimeout(late)
      if (photo) resolve(photo)
      else reject(cut ? new PhotoCut(trouble) : new NotAPhoto(trouble))
    }
    worker.onerror = (event) => reject(new NotAPhoto(event.message))
    worker.postMessage({ file, boxes })
  })
  return painted.finally(() => worker.terminate())
}

/** Its sides stand at the beginning of the file, and are known before anything of it is painted. @param {Blob} file */
async function checkSize(file) {
  const picture = new Image()
  picture.src = URL.createObjectURL(file)
  try {
    await new Promise((resolve, reject) => {
      picture.onload = resolve
      picture.onerror = () => reject(new NotAPhoto('no picture'))
    })
    if (picture.naturalWidth * picture.naturalHeight > MOST_POINTS) throw new PhotoTooLarge()
  } finally {
    URL.revokeObjectURL(picture.src)
  }
}

/** Does the network cost its owner money, or was the browser told to be sparing? */
function isMetered() {
  const { saveData = false, type = '' } = /** @type {any} */ (navigator).connection ?? {}
  return saveData || type === 'cellular'
}
