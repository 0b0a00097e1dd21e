/** One day on one tablet, again and again: each time it dies at another operation of its store, and the day goes on (S2). */
import { World } from './world.mjs'

const SEED = 20
const KNOBS = { page: 2, slowSeal: false, removes: 0, poison: 0, tablets: 2, sizes: { AT_ONCE: 2, MOST_CHANGES: 3 } }
const NO_TROUBLE = { world: { wake: 1 }, faults: { requestLost: 1 }, share: 0 }
const ACTS = 7

/** Die at every `every`-th operation from `first` on; the run that does not die says how many there are. */
export async function sweep({ app, server, first, every }) {
  const { ops } = await day(app, server, Infinity)
  const told = { points: ops, died: 0, failed: [] }
  for (let point = first; point <= ops; point += every) {
    try {
      const { died } = await day(app, server, point)
      told.died += died ? 1 : 0
    } catch (error) {
      told.failed.push({ point, error })
    }
  }
  return told
}

async function day(app, server, point) {
  const world = new World({ seed: SEED, app, server, only: NO_TROUBLE, knobs: KNOBS })
  try {
    return await live(world, point)
  } finally {
    for (const tablet of world.tablets) tablet.die()
  }
}

async function live(world, point) {
  await world.begin()
  const [tablet] = world.tablets
  const { storage } = tablet
  const start = storage.ops
  storage.cutAt = start + point
  for (let act = 0; act < ACTS; act += 1) {
    if (!tablet.tabs.length) tablet.open()
    await world.pass(500)
    const [tab] = tablet.tabs
    if (tab?.isReady) world.who.act(tab)
    await world.pass(3_000)
    if (act % 2 && tab?.isReady) tab.does(() => tab.syncer.poke())
    await world.pass(3_000)
  }
  const ops = storage.ops - start
  // It starts to count anew when it starts anew.
  const died = storage.cutAt === Infinity && point !== Infinity
  await world.quiet()
  await world.check()
  return { ops, died }
}
