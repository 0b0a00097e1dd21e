// @ts-check
/**
 * Paints a camera's picture anew, small, on a thread of its own: what comes out holds the picture and nothing else. The faces
 * that a person covered by hand are painted over here, before anything is kept.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box in thousandths of the picture's sides
 */
import { bare, isCut } from './core/jpeg.js'

const LONGEST_SIDE = 1_600
const TYPE = 'image/jpeg'
const QUALITY = 0.8

addEventListener('message', async ({ data: { file, boxes } }) => {
  // Some browsers paint what there is of such a file, others nothing.
  const cut = isCut(new Uint8Array(await file.arrayBuffer()))
  try {
    const photo = { ...(await painted(file, boxes)), cut }
    // @ts-ignore the checker takes this for a page
    postMessage({ photo }, [photo.bytes])
  } catch (error) {
    postMessage({ trouble: String(error), cut })
  }
})

/** Around a cover, so that the smoothing of the picture shows nothing at its edge. */
const MARGIN = 2

/** @param {Blob} file @param {Box[]} boxes @returns {Promise<{type: string, width: number, height: number, bytes: ArrayBuffer}>} */
async function painted(file, boxes) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) throw new Error('nothing to paint on')
  pen.imageSmoothingQuality = 'high'
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  picture.close()
  cover(pen, width, height, boxes)
  const blob = await canvas.convertToBlob({ type: TYPE, quality: QUALITY })
  // An engine that cannot write a type writes a PNG instead and does not say so.
  if (blob.type !== TYPE) throw new Error(`made a ${blob.type}`)
  const bytes = bare(new Uint8Array(await blob.arrayBuffer()))
  return { type: TYPE, width, height, bytes: /** @type {ArrayBuffer} */ (bytes.buffer) }
}

/** @param {OffscreenCanvasRenderingContext2D} pen @param {number} width @param {number} height @param {Box[]} boxes */
function cover(pen, width, height, boxes) {
  pen.fillStyle = 'black'
  for (const { x, y, w, h } of boxes) {
    const [left, top] = [Math.floor((x * width) / 1_000) - MARGIN, Math.floor((y * height) / 1_000) - MARGIN]
    pen.fillRect(left, top, Math.ceil((w * width) / 1_000) + 2 * MARGIN, Math.ceil((h * height) / 1_000) + 2 * MARGIN)
  }
}
