import { t } from '../core/gettext.js'
import { isWriting } from './shortcuts.js'

export const DESK_KEYS = [
  [t('j or ↓'), t('Next one in the list')],
  [t('k or ↑'), t('The one before')],
  ['o', t('Open it')],
  ['r', t('Release')],
  ['s', t('Send back')],
  ['c', t('Write a comment')],
  ['t', t('Say thank you')],
  ['?', t('This help')],
]
const ASKS = { s: 'return', c: 'comment', t: 'thank' }

/** What the keys of a hardware keyboard do at a desk; they do nothing while somebody writes, and can be switched off. */
export class DeskKeys {
  /** @param {{screen: any, ask: (verb: string) => void, release: () => void}} hands */
  constructor({ screen, ask, release }) {
    Object.assign(this, { screen, ask, release })
  }

  pressed = (event) => {
    const { ctrlKey, metaKey, altKey, isComposing, target, key } = event
    if (ctrlKey || metaKey || altKey || isComposing || isWriting(target)) return
    if (this.screen.app.recall('keys') === 'off' || document.querySelector('dialog[open]')) return
    if (this.#do(key, target)) event.preventDefault()
  }

  #do(key, target) {
    if (key === 'j') return this.#move(1)
    if (key === 'k') return this.#move(-1)
    // Elsewhere the arrows scroll what is read.
    if (target.closest?.('.desk-list .row')) {
      if (key === 'ArrowDown') return this.#move(1)
      if (key === 'ArrowUp') return this.#move(-1)
    }
    if (key === 'o') return this.#open()
    if (key === 'r') return this.release()
    if (key in ASKS) return this.ask(ASKS[key])
    if (key === '?') return this.#help()
    return false
  }

  get #rows() {
    return [...this.screen.querySelectorAll('.desk-list a.row')]
  }

  /** Where the list is hidden behind what is read, the next one opens at once. */
  #move(by) {
    const rows = this.#rows
    const focused = rows.indexOf(document.activeElement)
    const here = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent === 'true')
    const row = rows[Math.min(rows.length - 1, Math.max(0, here + by))]
    if (!row) return false
    if (row.checkVisibility?.() === false || !row.getClientRects().length) location.hash = row.hash
    else row.focus()
    return true
  }

  #open() {
    const row = this.#rows.find((one) => one === document.activeElement)
    row?.click()
    return Boolean(row)
  }

  #help() {
    import('./parts/shortcut-help.js').then(() => {
      this.screen.append(Object.assign(document.createElement('shortcut-help'), { keys: DESK_KEYS }))
    })
    return true
  }
}
