import { html, nothing } from '../../vendor/lit-html.js'
import { floorNow, floorOf, nextAt } from '../../core/counting.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { roomNow } from '../room-clock.js'

const TICK_MS = 1_000
export const FLOOR = {
  teacher: t('Teacher'),
  students: t('Students'),
  both: tc('who holds the floor', 'Both'),
  quiet: tc('who holds the floor', 'Quiet'),
}
/** The step to undo when it changes hands. */
const STEP = { teacher: t('floor: teacher'), students: t('floor: students'), both: t('floor: both'), quiet: t('floor: quiet') }

/** Who holds the floor: one tap when it changes hands. Says `talk` with `{set, why}`, a map from stretch to what is kept of it. */
class TalkTimer extends LightElement {
  #timer = 0

  connectedCallback() {
    super.connectedCallback()
    this.#timer = setInterval(() => floorNow(this.body) && this.paintSoon(), TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  view() {
    const { body, frozen } = this
    const held = floorOf(body, roomNow(this.now))
    const total = Object.values(held).reduce((sum, ms) => sum + ms, 0)
    const running = floorNow(body)?.who
    return html`<section class="stack" aria-labelledby="talk-title">
      <h2 id="talk-title" tabindex="-1">${t('Who holds the floor')}</h2>
      <p class="quiet">${t('Tap when it changes hands.')}</p>
      <div class="floor">${Object.entries(FLOOR).map(
        ([
          who,
          words,
        ]) => html`<button type="button" class="button button-large" aria-pressed=${String(running === who)} ?disabled=${frozen} @click=${() => this.#turn(who)}>
        <span>${words}</span><span class="figures small">${clock(held[who] ?? 0)}${total ? ` · ${Math.round(((held[who] ?? 0) / total) * 100)} %` : ''}</span></button>`,
      )}</div>
      ${running && !frozen ? html`<p><button type="button" class="button" @click=${() => this.#turn(null)}>${t('Stop the timer')}</button></p>` : nothing}
    </section>`
  }

  #turn(who) {
    const running = floorNow(this.body)
    if (running?.who === who) return
    const at = nextAt(this.body.talk, roomNow(this.now))
    const set = {}
    if (running) {
      const { id, ...stretch } = running
      set[id] = { ...stretch, until: at }
    }
    if (who) set[this.newId()] = { at, who }
    this.say('talk', { set, why: who ? STEP[who] : t('timer stopped') })
  }
}

/** @param {number} ms */
function clock(ms) {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

define('talk-timer', TalkTimer, ['body', 'frozen', 'newId', 'now'])
