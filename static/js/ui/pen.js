/**
 * Where somebody was writing when the page was put aside: if it comes back as a new page, because the tablet needed its room or
 * was told to reload, the pen stands there again. Only the place is remembered here; the words are in the record.
 */
const KEPT = 'walkapp:pen'

export class Pen {
  #root
  #leave = () => document.visibilityState === 'hidden' && this.#remember()
  #go = () => this.#remember()

  /** @param {HTMLElement} root the screen in which is written */
  constructor(root) {
    this.#root = root
  }

  watch() {
    document.addEventListener('visibilitychange', this.#leave)
    addEventListener('pagehide', this.#go)
  }

  rest() {
    document.removeEventListener('visibilitychange', this.#leave)
    removeEventListener('pagehide', this.#go)
  }

  /** Once, and only at the address it was left at. @param {(field: string) => void} open brings a field that is not open yet */
  returns(open) {
    const { at, field, from, to } = taken()
    // Whoever has begun to write meanwhile keeps the pen.
    if (at !== location.hash || document.activeElement?.matches('textarea, input')) return
    open(field)
    const box = /** @type {HTMLTextAreaElement|null} */ (this.#root.querySelector(`#${CSS.escape(field)}`))
    box?.focus()
    box?.setSelectionRange(from, to)
  }

  #remember() {
    const box = document.activeElement
    if (!box?.id || !box.matches('textarea') || !this.#root.contains(box)) return keep(null)
    keep({ at: location.hash, field: box.id, from: box.selectionStart, to: box.selectionEnd })
  }
}

/** A browser that keeps nothing begins anew. */
function keep(place) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(place))
  } catch {}
}

function taken() {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null')
    sessionStorage.removeItem(KEPT)
    return place ?? {}
  } catch {
    return {}
  }
}
