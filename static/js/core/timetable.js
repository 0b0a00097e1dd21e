// @ts-check
/** When a walk is at each of its stops: equally long in each room, by the tablet's own clock. */

const MINUTE_MS = 60_000

/**
 * The moment each stop begins; none where the day or the time is no day or no time.
 * @param {{date: string, time: string, stay: number, between: number, count: number}} plan `stay` and `between` in minutes
 * @returns {number[]}
 */
export function timesOf({ date, time, stay, between, count }) {
  const first = momentOf(date, time)
  return first === null ? [] : Array.from({ length: count }, (_, at) => first + at * (stay + between) * MINUTE_MS)
}

/**
 * What is to be written when the stops are gone to in this order: the places keep their times, the stops change places.
 * @param {Array<{id: string, body: import("./types.js").Body}>} stops in their new order
 * @param {Array<number|undefined>} times of the places, as they were
 * @returns {Array<{id: string, kind: "visit", set: Record<string, number|null>}>}
 */
export function inOrder(stops, times) {
  return stops.map(({ id, body }, order) => ({
    id,
    kind: 'visit',
    set: { order, ...(body.planned_at === times[order] ? {} : { planned_at: times[order] ?? null }) },
  }))
}

/**
 * When one stop more would begin: as long after the last as that is after the one before it.
 * @param {Array<number|undefined>} times of the stops, in order
 * @returns {number|undefined}
 */
export function nextTime(times) {
  const [before, last] = times.slice(-2)
  return before === undefined || last === undefined || last <= before ? undefined : last + (last - before)
}

/** @param {string} date YYYY-MM-DD @param {string} time HH:MM @returns {number|null} */
function momentOf(date, time) {
  const [day, clock] = [/^(\d{4})-(\d\d)-(\d\d)$/.exec(date), /^(\d\d):(\d\d)$/.exec(time)]
  if (!day || !clock) return null
  return new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3]), Number(clock[1]), Number(clock[2])).getTime()
}
