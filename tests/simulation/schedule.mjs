/**
 * Virtual time. Every timer and every turn of the event loop of the app's code is a task here, and belongs to the tab it was
 * started in: a tab that dies takes its tasks along, so a crash can come between any two of them.
 */
const realSetImmediate = globalThis.setImmediate

export class Schedule {
  now
  owner = null
  #chance
  #ready = new Map()
  #later = []
  #order = 0
  #dead = new WeakSet()

  constructor(chance, now) {
    this.#chance = chance
    this.now = now
  }

  /** Run soon, after what this owner has placed before. */
  soon(work, owner = this.owner) {
    const task = { work, owner }
    if (this.#isDead(owner)) return task
    if (!this.#ready.has(owner)) this.#ready.set(owner, [])
    this.#ready.get(owner).push(task)
    return task
  }

  /** Run when that many milliseconds have passed. */
  after(ms, work, owner = this.owner) {
    if (!(ms > 0)) return this.soon(work, owner)
    const task = { work, owner, at: this.now + Math.ceil(ms), order: (this.#order += 1) }
    if (!this.#isDead(owner)) push(this.#later, task)
    return task
  }

  #isDead(owner) {
    return owner !== null && this.#dead.has(owner)
  }

  cancel(task) {
    if (task) task.work = null
  }

  /** Whatever this owner had placed never happens, and neither does what others place for it from now on. */
  forget(owner) {
    this.#dead.add(owner)
    this.#ready.delete(owner)
    this.#later = this.#later.filter((task) => task.owner !== owner)
    heapify(this.#later)
  }

  /** What this owner waits for comes now, in the order it would have come. */
  hurry(owner) {
    for (const task of this.#later) if (task.owner === owner) task.at = Math.min(task.at, this.now)
    heapify(this.#later)
  }

  /** Run everything that comes up to this moment; then it is that moment. */
  async until(moment, between = () => {}) {
    for (;;) {
      const task = this.#next(moment)
      if (!task) break
      if (!task.work) continue
      await this.#run(task)
      between()
    }
    this.now = Math.max(this.now, moment)
  }

  async #run({ work, owner }) {
    this.owner = owner
    const going = work()
    // Only what talks to the server waits for the world outside.
    if (owner === null && going) await going
    else await new Promise((done) => realSetImmediate(done))
    this.owner = null
  }

  #next(moment) {
    if (this.#ready.size) {
      const owners = [...this.#ready.keys()]
      const owner = owners.length === 1 ? owners[0] : this.#chance.one(owners)
      const queue = this.#ready.get(owner)
      const task = queue.shift()
      if (!queue.length) this.#ready.delete(owner)
      return task
    }
    if (!this.#later.length || this.#later[0].at > moment) return null
    const task = pop(this.#later)
    this.now = Math.max(this.now, task.at)
    return task
  }
}

/** Put the app's own turns and timers on this schedule for as long as the process lives. */
export function takeOverTime(schedule) {
  globalThis.setImmediate = (work, ...args) => schedule().soon(() => void work(...args))
  globalThis.setTimeout = (work, ms = 0, ...args) => schedule().after(ms, () => void work(...args))
  globalThis.clearTimeout = (task) => schedule().cancel(task)
  AbortSignal.timeout = (ms) => {
    const limit = new AbortController()
    schedule().after(ms, () => limit.abort(new DOMException('The time is over', 'TimeoutError')))
    return limit.signal
  }
}

/** Let everything that was promised happen before going on; for what stands outside the schedule. */
export function breathe() {
  return new Promise((done) => realSetImmediate(done))
}

const isBefore = (one, other) => one.at < other.at || (one.at === other.at && one.order < other.order)

function push(heap, task) {
  heap.push(task)
  let at = heap.length - 1
  while (at) {
    const parent = (at - 1) >> 1
    if (!isBefore(heap[at], heap[parent])) return
    ;[heap[at], heap[parent]] = [heap[parent], heap[at]]
    at = parent
  }
}

function pop(heap) {
  const first = heap[0]
  const last = heap.pop()
  if (heap.length) {
    heap[0] = last
    sink(heap, 0)
  }
  return first
}

function sink(heap, from) {
  let at = from
  for (;;) {
    let least = at
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && isBefore(heap[child], heap[least])) least = child
    }
    if (least === at) return
    ;[heap[at], heap[least]] = [heap[least], heap[at]]
    at = least
  }
}

function heapify(heap) {
  for (let at = (heap.length >> 1) - 1; at >= 0; at -= 1) sink(heap, at)
}
