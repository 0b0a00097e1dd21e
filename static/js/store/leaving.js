// @ts-check
/**
 * A page can go in the middle of a write. What is on its way into the database then is put, sealed, into the tab's session
 * storage, at once and without waiting for anything that takes time; the next page of the tab writes what did not arrive.
 *
 * @typedef {import("./rescue.js").Unkept} Unkept
 * @typedef {{id: string, sealed: Promise<any>, isAside: boolean}} OnTheWay
 */

export class Leaving {
  #account
  #seal
  /** @type {Map<string, OnTheWay>} */
  #onTheWay = new Map()
  #isGoing = false

  /** @param {string} account @param {import("./seal.js").Seal} seal */
  constructor(account, seal) {
    this.#account = account
    this.#seal = seal
  }

  /** A page that is hidden may be thrown away without another word. @param {Document} [page] */
  watch(page) {
    const look = () => (page?.hidden ? this.go() : this.stay())
    page?.addEventListener?.('visibilitychange', look)
    globalThis.addEventListener?.('pagehide', () => this.go())
    globalThis.addEventListener?.('pageshow', look)
  }

  /** A write begins. It is sealed now: a page that goes has no time for it. @param {Unkept} unkept */
  begin(unkept) {
    const one = { id: unkept.id, sealed: this.#seal.seal(unkept), isAside: false }
    this.#onTheWay.set(one.id, one)
    if (this.#isGoing) this.#putAside(one)
  }

  /** It is in the database, refused for good, or kept for another try. @param {string} id @param {boolean} isKept */
  async end(id, isKept) {
    const one = this.#onTheWay.get(id)
    this.#onTheWay.delete(id)
    if (one?.isAside && !isKept) unshelve(this.#account, [await one.sealed])
  }

  /** What is on its way is put aside, and what comes after it as well: last words are written while a page goes. */
  go() {
    this.#isGoing = true
    for (const one of this.#onTheWay.values()) this.#putAside(one)
  }

  /** It did not go. */
  stay() {
    this.#isGoing = false
  }

  /** @param {OnTheWay} one */
  async #putAside(one) {
    if (one.isAside) return
    one.isAside = true
    const box = await one.sealed
    if (this.#onTheWay.has(one.id)) shelve(this.#account, box)
  }
}

/** @param {string} account */
const keyOf = (account) => `walkapp:rescued:${account}`

/** @param {string} account @returns {any[]} sealed, oldest first */
export function shelved(account) {
  try {
    return JSON.parse(shelf()?.getItem(keyOf(account)) ?? '[]')
  } catch {
    return []
  }
}

/** @param {string} account @param {any} sealed @returns {boolean} will it survive a reload? */
export function shelve(account, sealed) {
  try {
    shelf()?.setItem(keyOf(account), JSON.stringify([...shelved(account), sealed]))
    return shelf() !== null
  } catch {
    return false
  }
}

/** Looks once more and takes them away in one go: another may have come meanwhile. @param {string} account @param {any[]} gone */
export function unshelve(account, gone) {
  const words = new Set(gone.map((one) => JSON.stringify(one)))
  const left = shelved(account).filter((one) => !words.has(JSON.stringify(one)))
  if (left.length) shelf()?.setItem(keyOf(account), JSON.stringify(left))
  else shelf()?.removeItem(keyOf(account))
}

function shelf() {
  try {
    return globalThis.sessionStorage ?? null
  } catch {
    return null
  }
}
