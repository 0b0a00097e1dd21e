/**
 * node tests/simulation/sim.mjs --seed 123        one run, told in full with --verbose
 * node tests/simulation/sim.mjs --from 1 --count 200
 * node tests/simulation/sim.mjs --sweep 1 --every 10     a tablet dies at store operation 1, 11, 21 … of one day
 *
 * Also: --house DIR (sources of the app), --python FILE, --templates DIR, --minutes N, --stop (at the first broken promise).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadApp } from './app.mjs'
import { Broken } from './oracle.mjs'
import { Server } from './server.mjs'
import { sweep } from './sweep.mjs'
import { World } from './world.mjs'

const HERE = join(dirname(fileURLToPath(import.meta.url)), '../..')
const text = { type: 'string' }
const { values } = parseArgs({
  options: {
    seed: text, from: text, count: text, minutes: text, sweep: text, every: text, house: text, python: text, templates: text,
    stop: { type: 'boolean' }, verbose: { type: 'boolean' },
  },
})

const python = values.python ?? process.env.PYTHON ?? 'python3'
const realNow = Date.now
const made = values.templates ? null : mkdtempSync(join(tmpdir(), 'walkapp-templates-'))
const templates = values.templates ?? made
if (made) makeTemplates()

const server = new Server({ python, templates, path: values.house, cwd: HERE })
const app = await loadApp(values.house ?? HERE)
await server.ready()
const failed = values.sweep ? await sweepAll() : await runAll()
await server.stop()
if (made) rmSync(made, { recursive: true })
process.exit(failed ? 1 : 0)

function makeTemplates() {
  const env = { ...process.env, PYTHONPATH: [values.house, HERE].filter(Boolean).join(':') }
  const done = spawnSync(python, ['-P', '-m', 'tests.simulation.template', made], { cwd: HERE, env, stdio: 'inherit' })
  if (done.status !== 0) process.exit(2)
}

async function runAll() {
  const first = Number(values.seed ?? values.from ?? 1)
  const count = values.minutes ? Infinity : Number(values.count ?? 1)
  const end = realNow() + Number(values.minutes ?? 0) * 60_000
  const sums = { seeds: 0, steps: 0, tasks: 0, requests: 0, failed: 0 }
  const began = realNow()
  for (let seed = first; seed < first + count; seed += 1) {
    if (values.minutes && realNow() > end) break
    const broken = await runOne(seed, sums)
    if (broken instanceof Broken && values.stop) break
  }
  const took = (realNow() - began) / 1000
  console.log(`${JSON.stringify({ ...sums, seconds: Math.round(took * 10) / 10 })}`)
  return sums.failed
}

async function sweepAll() {
  const told = await sweep({ app, server, first: Number(values.sweep), every: Number(values.every ?? 1) })
  for (const { point, error } of told.failed) console.log(`FAILED point ${point}: ${error.message}\n  replay: --sweep ${point} --every ${told.points}`)
  console.log(JSON.stringify({ points: told.points, died: told.died, failed: told.failed.length }))
  return told.failed.length
}

async function runOne(seed, sums) {
  const log = values.verbose ? (line) => console.log(line.slice(0, 2_000)) : null
  const world = new World({ seed, app, server, log })
  try {
    await world.run()
    return null
  } catch (error) {
    sums.failed += 1
    console.log(`FAILED seed ${seed}: ${error instanceof Broken ? error.message : error.stack}`)
    console.log(`  ${world.story()}`)
    console.log(`  replay: python -m tests.simulation --seed ${seed}`)
    return error
  } finally {
    if (values.seed) console.log(`seed ${seed} digest ${world.digest()}`)
    for (const tablet of world.tablets) tablet.die()
    Object.assign(sums, {
      seeds: sums.seeds + 1,
      steps: sums.steps + world.steps,
      tasks: sums.tasks + world.tasks,
      requests: sums.requests + (world.network?.requests ?? 0),
    })
  }
}
