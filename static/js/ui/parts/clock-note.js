import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayAge } from '../../core/time.js'
import { clockWords } from '../../core/words.js'
import { define, LightElement } from '../element.js'
import { clockSetBy } from '../room-clock.js'

const TICK_MS = 5_000

/** Says when shown times may be wrong: the server has another time, or the tablet's clock was set while the visit is open. */
class ClockNote extends LightElement {
  #timer = 0

  connectedCallback() {
    super.connectedCallback()
    this.#timer = setInterval(() => this.paintSoon(), TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  view() {
    const words = clockWords(this.app.status?.clockOff) || setWords(clockSetBy(this.app.now))
    return words ? html`<p class="note-box note-caution" role="status">${words}</p>` : nothing
  }
}

/** @param {number} by ms, ahead or, below nought, back */
function setWords(by) {
  const length = sayAge(0, Math.abs(by))
  if (by > 0)
    return t(
      "This tablet's clock was set {length} ahead during this visit. Times of notes may be wrong; their order is right, and what is timed goes on as before.",
      { length },
    )
  if (by < 0)
    return t(
      "This tablet's clock was set back {length} during this visit. Times of notes may be wrong; their order is right, and what is timed goes on as before.",
      { length },
    )
  return ''
}

define('clock-note', ClockNote, ['app'])
