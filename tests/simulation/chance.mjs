/** Everything that is left to chance comes from one number. */
export class Chance {
  #state

  constructor(seed) {
    this.#state = seed >>> 0
  }

  /** mulberry32: in [0, 1). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number below `end`. */
  below(end) {
    return Math.floor(this.next() * end)
  }

  between(least, most) {
    return least + this.below(most - least + 1)
  }

  /** Does what happens so often happen now? */
  happens(share) {
    return this.next() < share
  }

  one(list) {
    return list[this.below(list.length)]
  }

  some(list, count) {
    const left = [...list]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1)[0])
  }

  /** One name of a table of name -> weight. */
  weighted(table) {
    const names = Object.keys(table)
    let at = this.next() * names.reduce((sum, name) => sum + table[name], 0)
    return names.find((name) => (at -= table[name]) < 0) ?? names.at(-1)
  }

  /** A stream of its own, so that one part's use of chance does not move another's. */
  branch() {
    return new Chance(Math.floor(this.next() * 4294967296))
  }

  uuid() {
    const hex = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('')
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
  }
}
