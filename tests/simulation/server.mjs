/** The real server in a process of its own: asked line by line, killed when a run says so. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Memory, where the machine has such a folder: what is tested is the server, not the disk. */
const SHELF = process.env.SIMULATION_SHELF ?? '/dev/shm'

export class Server {
  #child
  #lines
  #home
  #ended = false

  /** @param {{python: string, templates: string, path?: string, cwd: string}} how `path` holds other sources of walkapp */
  constructor({ python, templates, path, cwd }) {
    this.#home = mkdtempSync(join(SHELF, 'walkapp-simulation-'))
    const PYTHONPATH = [path, cwd].filter(Boolean).join(':')
    this.#child = spawn(python, ['-P', '-m', 'tests.simulation.served', templates, this.#home], {
      cwd,
      env: { ...process.env, PYTHONPATH, PYTHONHASHSEED: '0', PYTHONWARNINGS: 'ignore' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    this.#child.on('exit', () => {
      this.#ended = true
    })
  }

  ready() {
    return this.#answer()
  }

  /** One question; `{died: true}` when the server was killed over it. */
  async ask(question) {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`)
    return this.#answer()
  }

  async #answer() {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('The server process ended.')
    const answer = JSON.parse(value)
    if (answer.failed) throw new Error(`The server process failed: ${answer.failed}`)
    return 'died' in answer ? { died: true } : answer.ok
  }

  async stop() {
    if (!this.#ended) {
      this.#child.stdin.end()
      await new Promise((done) => this.#child.once('exit', done))
    }
    rmSync(this.#home, { recursive: true, force: true })
  }
}

export const CORES = availableParallelism()
