import { html, nothing } from '../../vendor/lit-html.js'
import { signalsOf, sweepNow } from '../../core/counting.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { roomNow } from '../room-clock.js'
import { icon } from './icons.js'

const TICK_MS = 250
const SHOWN_MS = 8_000
const BUZZ = [120, 80, 120]

/**
 * A sweep that runs, wherever in the visit its observer is: when the next signal comes, and at the signal a visible cue and a buzz
 * where the device has one. Never a sound. Says `signal` with `{n}`.
 */
class SweepCue extends LightElement {
  #timer = 0
  #signals = null

  connectedCallback() {
    super.connectedCallback()
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  view() {
    const now = roomNow(this.now)
    const sweep = sweepNow(this.body, now)
    if (!sweep) return html``
    const signals = signalsOf(sweep, now)
    const since = now - sweep.at - signals * sweep.interval_s * 1000
    const isNow = signals > 0 && since < SHOWN_MS
    const left = Math.max(0, Math.ceil((sweep.interval_s * 1000 - since) / 1000))
    const words = isNow
      ? t('Look up now: {n}', { n: signals })
      : t('Signal {n} in {time}', { n: signals + 1, time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` })
    return html`<a class="sweep-cue" ?data-now=${isNow} href=${`#/visit/${this.visit}/count/sweep`}>${icon('sweep')}<span class="figures">${words}</span></a>
      <span class="visually-hidden" role="alert">${isNow ? words : nothing}</span>`
  }

  #tick() {
    const now = roomNow(this.now)
    const sweep = sweepNow(this.body, now)
    if (!sweep) return void (this.#signals = null)
    const signals = signalsOf(sweep, now)
    // Only a signal that came while we looked is a signal: after a pause nobody is told of one that is long over.
    if (this.#signals !== null && signals === this.#signals + 1 && sweep.signal !== 'none') navigator.vibrate?.(BUZZ)
    if (this.#signals !== null && signals > this.#signals) this.say('signal', { n: signals })
    this.#signals = signals
    this.paintSoon()
  }
}

define('sweep-cue', SweepCue, ['body', 'visit', 'now'])
