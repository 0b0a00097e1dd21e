// @ts-check
/**
 * A JPEG's own structure: segments that say how to paint it, and segments in which cameras write where, when and with what it
 * was taken.
 */

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const JFIF = 0xe0
const ADOBE = 0xee
const FIRST_APP = 0xe0
const LAST_APP = 0xef
const COMMENT = 0xfe
const MARKER = 0xff

const NO_END = 'no end'

/** The bytes are no JPEG, or end in the middle of one. */
export class NotAJpeg extends Error {}

/** Does a JPEG break off within the picture itself? @param {Uint8Array} bytes of any file */
export function isCut(bytes) {
  try {
    segmentsOf(bytes)
  } catch (error) {
    return error instanceof NotAJpeg && error.message === NO_END
  }
  return false
}

/**
 * The same picture with nothing in it but what is needed to paint it: no EXIF, no place, no comment, no small copy of itself.
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function bare(bytes) {
  const parts = [
    bytes.subarray(0, 2),
    ...segmentsOf(bytes)
      .filter(({ marker }) => isNeeded(marker))
      .map(({ part }) => part),
  ]
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * The segments up to the picture's own data, which is the last one and reaches to the end.
 * @param {Uint8Array} bytes
 * @returns {Array<{marker: number, part: Uint8Array}>}
 */
export function segmentsOf(bytes) {
  if (bytes[0] !== MARKER || bytes[1] !== START) throw new NotAJpeg('no start')
  const found = []
  for (let at = 2; ; ) {
    const marker = bytes[at + 1]
    if (bytes[at] !== MARKER || marker === undefined) throw new NotAJpeg('no segment')
    if (marker === SCAN) return [...found, { marker, part: toTheEnd(bytes, at) }]
    const length = 2 + (bytes[at + 2] << 8) + bytes[at + 3]
    if (!(length >= 4) || at + length > bytes.length) throw new NotAJpeg('cut off')
    found.push({ marker, part: bytes.subarray(at, at + length) })
    at += length
  }
}

/** What follows the picture's end belongs to no picture. @param {Uint8Array} bytes @param {number} at */
function toTheEnd(bytes, at) {
  for (let end = bytes.length - 1; end > at; end -= 1) {
    if (bytes[end] === END && bytes[end - 1] === MARKER) return bytes.subarray(at, end + 1)
  }
  throw new NotAJpeg(NO_END)
}

/** @param {number} marker */
function isNeeded(marker) {
  if (marker === COMMENT) return false
  return marker < FIRST_APP || marker > LAST_APP || marker === JFIF || marker === ADOBE
}
