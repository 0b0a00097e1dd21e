/**
 * The workloads, for peers that are spoken to in plain HTTP. A peer gives `device(n)`, and a device
 * `push(changes)`, `pull()` (everything it lacks; how many documents came) and `close()`.
 */
import { timed } from './commands.mjs'
import { changesIn, slices } from './documents.mjs'
import { counted } from './wire.mjs'

/** @param {{device: (n: number | 'writer' | 'reader') => any}} peer */
export function workloads(peer) {
  let settled
  let writer

  const measured = async (devices, work) => {
    const before = counted(devices.map((device) => device.wire))
    const said = await timed(work)
    const after = counted(devices.map((device) => device.wire))
    return { ...said, sent: after.sent - before.sent, received: after.received - before.received }
  }

  return {
    async push({ file }) {
      if (!writer) {
        writer = peer.device('writer')
        await writer.settle()
      }
      const changes = changesIn(file)
      return measured([writer], () => writer.push(changes))
    },
    async again({ file }) {
      const changes = changesIn(file)
      return measured([writer], () => writer.push(changes))
    },
    async pull() {
      const device = peer.device('reader')
      await device.open()
      const said = await measured([device], async () => ({ count: await device.pull() }))
      device.close()
      return said
    },
    /** A device that has everything, for `news`. */
    async settle() {
      settled?.close()
      settled = peer.device('reader')
      await settled.settle()
    },
    async news() {
      return measured([settled], async () => ({ count: await settled.pull() }))
    },
    /** Everybody comes back to the office at once. */
    async crowd({ file, devices }) {
      const all = changesIn(file)
      const parts = [...slices(all, all.length / devices)]
      const crowd = parts.map((_, n) => peer.device(n))
      for (const device of crowd) await device.settle()
      const waits = []
      const said = await measured(crowd, async () => {
        const began = performance.now()
        await Promise.all(
          crowd.map(async (device, n) => {
            await device.push(parts[n])
            waits.push(performance.now() - began)
          }),
        )
      })
      for (const device of crowd) device.close()
      waits.sort((one, other) => one - other)
      return { ...said, p95_ms: waits[Math.ceil(waits.length * 0.95) - 1] }
    },
    /** How many of these does a fresh device get? */
    async count({ file }) {
      const device = peer.device('reader')
      await device.open()
      await device.pull()
      const found = changesIn(file).filter(({ id }) => device.has(id)).length
      device.close()
      return { found }
    },
  }
}
