import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Chance } from '../simulation/chance.mjs'
import { Schedule } from '../simulation/schedule.mjs'
import { World } from '../simulation/world.mjs'

const LONGEST_QUESTION_MS = 30_000

/** A world with one tablet, whose app is open in one tab that is being closed, and where nothing else happens. */
function worldWithATabClosing(ms) {
  const world = new World({ seed: 1, app: { turn: () => {} }, server: { ask: async () => ({}) } })
  const schedule = new Schedule(new Chance(1), 0)
  const tablet = { storage: {}, tabs: [{ isReady: false }], open: () => tablet.tabs.push({ isReady: true, does: () => {} }) }
  const oracle = { waitingOn: () => [], isLevel: () => null, nothingIsSaidTooSoon: () => {} }
  Object.assign(world, { schedule, oracle, tablets: [tablet], network: {} })
  schedule.after(ms, () => void tablet.tabs.shift(), null)
  return { world, tablet }
}

for (const ms of [1_000, LONGEST_QUESTION_MS, 3 * LONGEST_QUESTION_MS]) {
  test(`when peace comes the app is opened again where a tab needs ${ms / 1000} s to close`, async () => {
    const { world, tablet } = worldWithATabClosing(ms)
    await world.quiet()
    assert.deepEqual(
      tablet.tabs.map(({ isReady }) => isReady),
      [true],
    )
  })
}
