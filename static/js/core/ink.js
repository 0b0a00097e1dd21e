// @ts-check
/**
 * A drawing as it is kept: its strokes in the order they were drawn, one to a line, each point as `x,y,ms` (whole points of the
 * drawing's own width and height; milliseconds since it was begun).
 *
 * @typedef {{x: number, y: number, ms: number}} Point
 */

/** Points nearer than this to the one before add nothing that can be seen. */
const NEAR = 2

/** @param {Point[][]} strokes @returns {string} */
export function written(strokes) {
  return strokes.map((stroke) => stroke.map(({ x, y, ms }) => `${x},${y},${ms}`).join(' ')).join('\n')
}

/** @param {string} text @returns {Point[][]} */
export function read(text) {
  const point = (/** @type {string} */ said) => {
    const [x, y, ms] = said.split(',').map(Number)
    return { x, y, ms }
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ').map(point))
}

/** A stroke with one point more, unless that would not be seen. @param {Point[]} stroke @param {Point} point @returns {Point[]} */
export function extended(stroke, point) {
  const last = stroke.at(-1)
  const isNear = last && Math.hypot(last.x - point.x, last.y - point.y) < NEAR
  return isNear ? stroke : [...stroke, point]
}

/** What an SVG path draws of a stroke; a single point is a dot. @param {Point[]} stroke */
export function pathOf(stroke) {
  const [first, ...rest] = stroke
  if (!rest.length) return `M${first.x} ${first.y}h.1`
  return `M${first.x} ${first.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`
}
