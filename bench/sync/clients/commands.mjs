/** A client or server of the bench hears commands as lines of JSON and answers each with one line. */
import { createInterface } from 'node:readline'

/** @param {Record<string, (given: any) => unknown>} commands */
export async function obey(commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...given } = JSON.parse(line)
    let answer
    try {
      answer = { ok: (await commands[command](given)) ?? null }
    } catch (trouble) {
      answer = { trouble: String(trouble?.stack ?? trouble) }
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
  process.exit(0)
}

/** How long the work took, and what else there is to say of it. */
export async function timed(work) {
  globalThis.gc?.() // what the last run left behind is not this run's to clear away
  const cpu = process.cpuUsage()
  const began = performance.now()
  const said = await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  return { ms, client_cpu_ms: (user + system) / 1000, ...said }
}
