import { applyChange } from '../core/merge.js'
import { keepSame } from '../core/same.js'

/** So long the hand rests before what it wrote is read back: reading would stand in the way of the next tap. */
const REST_MS = 300

/**
 * One record, most often an observation, under somebody's hand: a change shows within the frame and is then kept on the tablet; what could not be
 * kept stays here and is tried again; everything can be taken back.
 */
export class Draft {
  #undo = []
  /** By path, the newest value that could not be kept. */
  #unsaved = {}
  #inFlight = 0
  #isStale = false
  #rest = 0

  /** @param {{id: string, kind?: string, app: any, shown: () => void, again: () => void}} hands `shown` paints, `again` reads once more */
  constructor({ id, kind = 'observation', app, shown, again }) {
    Object.assign(this, { id, kind, app, shown, again, record: null })
    app.addEventListener('storage', () => this.hasUnsaved && this.saveAgain())
  }

  get body() {
    return this.record.body
  }

  /** What the last step was, in words, or undefined. */
  get last() {
    return this.#undo.at(-1)?.what
  }

  get hasUnsaved() {
    return Object.keys(this.#unsaved).length > 0
  }

  /** Take over what the store has, unless something newer is on its way there. @returns {Promise<boolean>} was it taken? */
  async read() {
    const record = this.#isBusy() ? null : await this.app.store.read(this.id)
    // A tap made while this was read is newer than what was read.
    this.#isStale = this.#isBusy()
    if (!this.#isStale) this.record = record && { ...record, body: keepSame(this.record?.body, record.body) }
    return !this.#isStale
  }

  /**
   * The record changed in the store. Most often these are the words of this very hand, which stand here already.
   * @param {boolean} isOwn written in this page by a person
   */
  changed(isOwn) {
    if (!this.#isBusy()) this.again()
    else if (isOwn) this.#readAtRest()
    else this.#isStale = true
  }

  #readAtRest() {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => {
      this.#isStale = this.#isBusy()
      if (!this.#isStale) this.again()
    }, REST_MS)
  }

  #isBusy() {
    return this.#inFlight > 0 || this.hasUnsaved
  }

  /** Show the change, then keep it; without `what` there is nothing to undo. */
  async write(set, what) {
    if (what) this.remember(what, Object.fromEntries(Object.keys(set).map((path) => [path, valueAt(this.body, path)])))
    this.record = { ...this.record, body: applyChange(this.body, { set }) }
    this.shown()
    await this.#keep(set)
  }

  /** Offer to undo a step that was written in several parts. */
  remember(what, set) {
    this.#undo.push({ what, set })
  }

  forgetSteps() {
    this.#undo = []
  }

  undoLast() {
    const step = this.#undo.pop()
    if (step) this.write(step.set)
  }

  async saveAgain() {
    if (this.hasUnsaved) await this.#keep(this.#unsaved)
    this.shown()
  }

  async #keep(set) {
    this.#inFlight += 1
    // What is newer takes the place of what waited: an older answer must not come back over it.
    this.#drop(set)
    const isKept = await this.app.save([{ id: this.id, kind: this.kind, set }]).then(
      () => true,
      () => false,
    )
    if (isKept) this.#drop(set)
    else this.#unsaved = { ...this.#unsaved, ...set }
    if (!isKept) this.shown()
    this.#inFlight -= 1
    // There is room again: the rest goes with it, and nobody has to ask.
    if (isKept && this.hasUnsaved) await this.saveAgain()
    if (this.#isStale && !this.#isBusy()) this.again()
  }

  #drop(set) {
    this.#unsaved = Object.fromEntries(Object.entries(this.#unsaved).filter(([path]) => !(path in set)))
  }
}

/** What stands at a path, null when nothing does. */
function valueAt(body, path) {
  const slash = path.indexOf('/')
  if (slash < 0) return body[path] ?? null
  return body[path.slice(0, slash)]?.[path.slice(slash + 1)] ?? null
}
