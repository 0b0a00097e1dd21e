import { html, nothing, svg } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

const TICK_MS = 1000
const BUZZ_MS = 60

/** A silence that ends by itself: a ring that fills, the time that is left, at the end a short buzz where the device has one. Says `over`. */
class QuietRing extends LightElement {
  #timer = 0

  connectedCallback() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    this.paint()
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  get #left() {
    return Math.max(0, Math.ceil((this.from + this.seconds * 1000 - this.clock()) / 1000))
  }

  #tick() {
    this.paintSoon()
    if (this.#left > 0) return
    clearInterval(this.#timer)
    navigator.vibrate?.(BUZZ_MS)
    this.say('over')
  }

  view() {
    const left = this.#left
    const share = Math.round((1 - left / this.seconds) * 100)
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    return html`<p class="ring quiet-ring"><svg viewBox="0 0 24 24" aria-hidden="true"><circle class="track" cx="12" cy="12" r="10"/>${share ? svg`<circle class="spent" cx="12" cy="12" r="10" pathLength="100" stroke-dasharray="${share} 100"/>` : nothing}</svg>
      <span class="figures" role="timer">${t('{time} left', { time })}</span></p>`
  }
}

define('quiet-ring', QuietRing, ['from', 'seconds', 'clock'])
