import { html, nothing, svg } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

const MINUTE_MS = 60_000
const TICK_MS = 15_000
const A_LONG_TIME_MINUTES = 180
const BUZZ_MS = 40

/** How long the visit has lasted: a thin ring and the minutes in words. It never rings and never turns red. */
class VisitRing extends LightElement {
  #timer = 0

  connectedCallback() {
    this.#timer = setInterval(() => this.paintSoon(), TICK_MS)
    this.paint()
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  /** Once, when the time planned is over: the ring is full, the words say so, and a short buzz where the device has one. */
  #cue(isDue) {
    if (isDue && this.#wasDue === false) navigator.vibrate?.(BUZZ_MS)
    this.#wasDue = isDue
  }
  #wasDue = null

  view() {
    const minutes = Math.max(0, Math.floor((this.clock() - this.from) / MINUTE_MS))
    if (minutes > A_LONG_TIME_MINUTES) return nothing
    const aim = this.planned ?? this.minutes?.typical ?? 10
    this.#cue(minutes >= aim)
    const share = Math.min(100, Math.round((minutes / aim) * 100))
    return html`<span class="ring" ?data-due=${minutes >= aim}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><circle class="track" cx="12" cy="12" r="10"/>${share ? svg`<circle class="spent" cx="12" cy="12" r="10" pathLength="100" stroke-dasharray="${share} 100"/>` : nothing}</svg>
      <span class="figures">${t('{minutes} min', { minutes })}<span class=${minutes >= aim ? '' : 'visually-hidden'}> ${tc('after the minutes', 'of about {n}', { n: aim })}</span></span>
    </span>`
  }
}

define('visit-ring', VisitRing, ['from', 'minutes', 'planned', 'clock'])
