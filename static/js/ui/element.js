import { render } from '../vendor/lit-html.js'

/** An element in light DOM: it shows its properties and says in events what happened. */
export class LightElement extends HTMLElement {
  #waiting = false
  #painting = false

  connectedCallback() {
    this.paintSoon()
  }

  /** Paint once for any number of changes made in the same turn. */
  paintSoon() {
    if (this.#waiting) return
    this.#waiting = true
    queueMicrotask(() => {
      this.#waiting = false
      if (this.isConnected) this.paint()
    })
  }

  paint() {
    // A field that is taken away while somebody writes in it is left first, and what it says then comes in the middle of this.
    if (this.#painting) return this.paintSoon()
    this.#painting = true
    try {
      render(this.view(), this)
    } finally {
      this.#painting = false
    }
  }

  /** @returns {unknown} what a lit template makes */
  view() {
    return null
  }

  /** @param {string} name @param {unknown} [detail] */
  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
  }
}

/**
 * Register an element; setting one of its properties paints it again.
 * @param {string} name @param {typeof LightElement} element @param {string[]} properties
 */
export function define(name, element, properties) {
  for (const property of properties) addProperty(element.prototype, property)
  customElements.define(name, element)
}

function addProperty(prototype, property) {
  const kept = Symbol(property)
  Object.defineProperty(prototype, property, {
    get() {
      return this[kept]
    },
    set(value) {
      if (Object.is(this[kept], value)) return
      this[kept] = value
      this.paintSoon()
    },
  })
}

/** A screen is handed the app; it reads what it needs, and reads again when the store changed. */
export class Screen extends LightElement {
  ready = false
  #onChanged = (event) => this.onChanged(event.detail ?? {})

  connectedCallback() {
    this.app.store?.addEventListener('changed', this.#onChanged)
    this.reload()
  }

  disconnectedCallback() {
    this.app.store?.removeEventListener('changed', this.#onChanged)
  }

  onChanged() {
    this.reload()
  }

  async reload() {
    await this.load()
    const isFirst = !this.ready
    this.ready = true
    if (!this.isConnected) return
    this.paint()
    if (isFirst) this.say('screen-ready')
  }

  async load() {}
}
