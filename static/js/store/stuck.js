// @ts-check
/**
 * Changes the server falls over: left out for a while, ever more seldom tried, and shown to their person. Kept with the change,
 * so that neither a reload nor another tab begins the counting anew.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./step.js").Read} Read
 * @typedef {import("./store.js").Touched} Touched
 */
import { waitAfter } from '../core/backoff.js'
import { Desk } from './desk.js'
import { step } from './step.js'

export const LONGEST_LEFT_OUT_MS = 3_600_000
/** Doublings of the first wait: half a minute at least. */
const LEFT_OUT_FROM = 4

/**
 * Leave the change out for a while, longer each time.
 * @param {Keeper} keeper @param {string} space @param {string} cid @param {number} random
 * @returns {Promise<{touched: Touched}>}
 */
export async function leaveOut(keeper, space, cid, random) {
  return onEntry(keeper, cid, async (desk, read, entry) => {
    const times = (entry.stuck?.times ?? 0) + 1
    const at = keeper.now()
    desk.putEntry(cid, {
      ...entry,
      stuck: { at, times, until: at + waitAfter(times + LEFT_OUT_FROM, random, LONGEST_LEFT_OUT_MS) },
    })
    desk.puts.push(await place(read, space, (stuck) => ({ ...stuck, [cid]: times })))
  })
}

/** Its person wants it tried now. @param {Keeper} keeper @param {string} cid @returns {Promise<{touched: Touched}>} */
export async function letIn(keeper, cid) {
  return onEntry(keeper, cid, async (desk, _read, entry) => {
    const { space, change, stuck } = entry
    if (!stuck) return
    desk.doc(change.id, change.kind, space)
    desk.putEntry(cid, { ...entry, stuck: { ...stuck, until: 0 } })
  })
}

/**
 * Its person gives it up, for good.
 * @param {Keeper} keeper @param {string} cid @returns {Promise<{touched: Touched}>}
 */
export async function giveUp(keeper, cid) {
  return onEntry(keeper, cid, async (desk, read, { space, change, stuck }) => {
    if (!stuck) return
    desk.takeOut(cid, desk.doc(change.id, change.kind, space))
    desk.puts.push(await unstuck(read, space, cid))
  })
}

/** The change is settled: it is not counted any more. @param {Read} read @param {string} space @param {string} cid */
export function unstuck(read, space, cid) {
  return place(read, space, ({ [cid]: _gone, ...others }) => others)
}

/**
 * Is it still left out? A clock that was set back does not leave it out for longer than was meant.
 * @param {{until: number}|undefined} stuck @param {number} now
 */
export function isLeftOut(stuck, now) {
  return stuck !== undefined && stuck.until > now && stuck.until <= now + LONGEST_LEFT_OUT_MS
}

/** @param {Read} read @param {string} space @param {(stuck: Record<string, number>) => Record<string, number>} change */
async function place(read, space, change) {
  const name = `space:${space}`
  const { n: _n, ...here } = (await read('meta', [name])).get(name) ?? {}
  return { store: 'meta', clear: { name }, value: { ...here, stuck: change(here.stuck ?? {}) } }
}

/**
 * @param {Keeper} keeper @param {string} cid
 * @param {(desk: Desk, read: Read, entry: import("./desk.js").Entry) => Promise<void>} act
 */
async function onEntry(keeper, cid, act) {
  let touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  await step(keeper, async (read) => {
    const entry = (await read('outbox', [cid])).get(cid)
    if (!entry) return null
    const desk = await Desk.lay(read, [entry.change.id], [cid])
    await act(desk, read, entry)
    touched = desk.touched()
    return desk.writes()
  })
  return { touched }
}
