// @ts-check
/**
 * When a planned walk stands on its lead's page.
 * @typedef {import("./types.js").Body} Body
 */

/**
 * Until its day is over and every stop of it was begun. That a stop was begun is written in it, and known a moment earlier to
 * whoever began it; what was observed there may be too long ago to be looked through.
 * @param {Body} walk
 * @param {Array<{id: string, body: Body}>} stops of this walk
 * @param {{today: string, hasBegun: (stop: string) => boolean}} known
 */
export function isDue(walk, stops, { today, hasBegun }) {
  return walk.date >= today || stops.some(({ id, body }) => body.started_at == null && !hasBegun(id))
}
