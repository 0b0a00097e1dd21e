// @ts-check
/**
 * What was counted in a room, worked out on reading: sweeps at fixed moments, turns on a seat grid, who held the floor, students
 * asked. Nothing derived is stored.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {Body & {id: string}} Entry
 * @typedef {{engaged: number, looked: number, rate: number|null, intervals: number, missed: number,
 *   codes: Record<string, Record<string, number>>}} Sum
 */

/** So long nobody looked up: whoever swept has left, or the tablet's clock was set. */
const LEFT_MS = 3_600_000

/** Entries of a map in the order they were begun. @param {Record<string, Body>|undefined} map @returns {any[]} */
export function inOrder(map) {
  /** @type {any[]} */
  const entries = Object.entries(map ?? {}).map(([id, entry]) => ({ id, ...entry }))
  return entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

/**
 * When the next entry of a map is begun: after all that are there, also where the tablet's clock was set back.
 * @param {Record<string, Body>|undefined} map @param {number} now
 */
export function nextAt(map, now) {
  return Math.max(now, ...Object.values(map ?? {}).map(({ at }) => at + 1))
}

/**
 * The interval that runs now, counted from 1: its signal comes at its end, and what stands at that moment is recorded.
 * @param {{at: number, interval_s: number}} sweep @param {number} now
 */
export function intervalAt({ at, interval_s: length }, now) {
  return Math.max(1, Math.floor((now - at) / (length * 1000)) + 1)
}

/** How many signals there were. @param {Body} sweep @param {number} now of the same clock */
export function signalsOf(sweep, now) {
  return intervalAt(/** @type {any} */ (sweep), Math.min(sweep.ended_at ?? now, now)) - 1
}

/**
 * Every interval of a sweep whose signal came, whether anybody looked or not: what nothing was recorded of was missed.
 * @param {Body} body of the observation @param {Entry} sweep @param {number} now
 * @returns {any[]} by their number; two tablets may have recorded the same one, then the earlier record stands
 */
export function intervalsOf(body, sweep, now) {
  const recorded = new Map()
  for (const one of inOrder(body.intervals)) if (one.sweep === sweep.id && !recorded.has(one.n)) recorded.set(one.n, one)
  const until = isLeft(body, sweep, now) ? lookedAt(body, sweep) : now
  const count = Math.max(signalsOf(sweep, until), 0, ...recorded.keys())
  const at = (/** @type {number} */ n) => sweep.at + n * sweep.interval_s * 1000
  return Array.from({ length: count }, (_, i) => recorded.get(i + 1) ?? { id: null, n: i + 1, at: at(i + 1), missed: true })
}

/** The last signal of a sweep that anything was recorded at, or its beginning. @param {Body} body @param {any} sweep */
function lookedAt(body, { id, at, interval_s: length }) {
  const own = Object.values(body.intervals ?? {}).filter(({ sweep }) => sweep === id)
  return at + Math.max(0, ...own.map(({ n }) => n)) * length * 1000
}

/** Was it neither stopped nor looked at for long? Then it ends with what was recorded. @param {Body} body @param {any} sweep @param {number} now */
function isLeft(body, sweep, now) {
  return sweep.ended_at == null && now - lookedAt(body, sweep) > Math.max(LEFT_MS, 3 * sweep.interval_s * 1000)
}

/**
 * What a sweep comes to, over the intervals that were not missed.
 * @param {any[]} intervals @param {number} sample how many students were looked at @param {Array<{id: string, type: string}>} asks
 * @returns {Sum}
 */
export function sumOf(intervals, sample, asks) {
  const seen = intervals.filter(({ missed }) => !missed)
  const counted = seen.filter(({ engaged }) => engaged != null)
  const engaged = counted.reduce((sum, one) => sum + one.engaged, 0)
  const looked = counted.length * sample
  /** @type {Record<string, Record<string, number>>} */
  const codes = {}
  for (const { id, type } of asks) if (type !== 'count') codes[id] = shares(seen.flatMap((one) => one[id] ?? []))
  return {
    engaged,
    looked,
    rate: looked ? engaged / looked : null,
    intervals: intervals.length,
    missed: intervals.length - seen.length,
    codes,
  }
}

/** How often each stands in a list. @param {string[]} list */
function shares(list) {
  /** @type {Record<string, number>} */
  const found = {}
  for (const one of list) found[one] = (found[one] ?? 0) + 1
  return found
}

/** Turns by seat. @param {Body} body @returns {Record<string, number>} */
export function turnsBySeat(body) {
  return shares(inOrder(body.turns).map(({ seat }) => seat))
}

/**
 * How unevenly turns are spread over seats: 0 is even, towards 1 one seat has them all (Gini 1912).
 * @param {number[]} counts one for each seat, those without a turn too
 * @returns {number|null} nothing where there was no turn
 */
export function spreadOf(counts) {
  const total = counts.reduce((sum, one) => sum + one, 0)
  if (!total) return null
  const sorted = [...counts].sort((a, b) => a - b)
  const weighted = sorted.reduce((sum, one, at) => sum + (at + 1) * one, 0)
  return (2 * weighted) / (counts.length * total) - (counts.length + 1) / counts.length
}

/**
 * Milliseconds for which each held the floor; a stretch that was not ended ends where the next begins, or with the visit, or now.
 * @param {Body} body @param {number} now
 * @returns {Record<string, number>}
 */
export function floorOf(body, now) {
  const stretches = inOrder(body.talk)
  /** @type {Record<string, number>} */
  const held = {}
  stretches.forEach(({ at, until, who }, n) => {
    // After "Finish" its observer may have come back and gone on.
    const over = body.ended_at > at ? body.ended_at : now
    const end = Math.min(until ?? Math.min(over, now), stretches[n + 1]?.at ?? Number.POSITIVE_INFINITY)
    held[who] = (held[who] ?? 0) + Math.max(0, end - at)
  })
  return held
}

/** The stretch that runs now, if one does. @param {Body} body */
export function floorNow(body) {
  const last = inOrder(body.talk).at(-1)
  return last && last.until == null ? last : null
}

/** The sweep that runs now, if one does. @param {Body} body @param {number} now */
export function sweepNow(body, now) {
  return inOrder(body.sweeps).findLast((sweep) => sweep.ended_at == null && !isLeft(body, sweep, now)) ?? null
}
