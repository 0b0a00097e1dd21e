import { applyChange } from '../core/merge.js'
import { PRACTICE } from '../core/practice.js'

/** What a person chose for this tablet holds here too; of what else the tablet remembers nothing is looked at. */
const SETTINGS = ['awake', 'keys']

/** Records in memory, edited by the rules of the real store. When the page goes, they go. */
class MemoryStore extends EventTarget {
  #records
  #lines

  constructor(records, lines) {
    super()
    this.#lines = lines
    this.#records = new Map(records.map((one) => [one.id, one]))
  }

  async read(id) {
    return this.#records.get(id) ?? null
  }

  async all(kind) {
    return [...this.#records.values()].filter((one) => one.kind === kind)
  }

  async recent(kind) {
    return { records: await this.all(kind), isWhole: true }
  }

  /** The rubrics' own words are listed; of visits there is no other. */
  async list(kind) {
    return this.#lines.filter((one) => one.kind === kind)
  }

  /** Nothing of it goes anywhere, so nothing is said of where it is. */
  async receiptOf() {
    return null
  }

  async conflictsIn() {
    return []
  }

  async write(edits) {
    for (const { id, set } of edits) {
      const known = this.#records.get(id)
      this.#records.set(id, { ...known, body: applyChange(known.body, { set }) })
    }
    const kinds = [...new Set(edits.map(({ kind }) => kind))]
    this.dispatchEvent(new CustomEvent('changed', { detail: { ids: edits.map(({ id }) => id), kinds, here: true } }))
  }
}

/**
 * What the visit screen is handed in a practice visit: everything it asks of the app, kept in memory. It is not given the app
 * itself, so there is no way from here to the storage, the server or a file. Says `step` when something was done.
 */
export class PracticeApp extends EventTarget {
  isAlone = true
  isTyping = false
  space = { id: PRACTICE, person: PRACTICE, roles: [] }
  #remembered = new Map()
  #setting

  /** @param {{records: any[], lines: any[], now: () => number, newId: () => string, go: Function, announce: Function, setting: Function}} hands */
  constructor({ records, lines, now, newId, go, announce, setting }) {
    super()
    Object.assign(this, { now, newId, go, announce })
    this.store = new MemoryStore(records, lines)
    this.#setting = setting
  }

  async save(edits) {
    await this.store.write(edits)
    this.#tell()
  }

  remember(name, value) {
    this.#remembered.set(name, value)
    this.#tell()
  }

  recall(name) {
    return this.#remembered.get(name) ?? (SETTINGS.includes(name) ? this.#setting(name) : null)
  }

  setTyping(is) {
    if (this.isTyping === is) return
    this.isTyping = is
    this.#tell()
  }

  // Nothing waits, and what was practised is not carried away.
  async sendNow() {}
  async copy() {}

  #tell() {
    this.dispatchEvent(new Event('step'))
  }
}
