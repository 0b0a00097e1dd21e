import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { needsYouCount, statusWords, unsent } from '../../core/words.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

const SIGNS = { quiet: 'safe', waiting: 'waiting', attention: 'trouble' }

const TICK_MS = 30_000
/** The tap is newer than the last receipt: until it is durable, neither "saved" nor "on the server" is true of it. */
const SAVING = { text: t('Saving…'), tone: 'waiting' }

/** The truth about what is saved and sent, always at the same place, announced once when it changes. */
class StatusLine extends LightElement {
  #timer = 0
  #onStatus = () => this.paintSoon()

  connectedCallback() {
    this.app.addEventListener('status', this.#onStatus)
    this.#timer = setInterval(this.#onStatus, TICK_MS)
    this.paint()
  }

  disconnectedCallback() {
    this.app.removeEventListener('status', this.#onStatus)
    clearInterval(this.#timer)
  }

  view() {
    const { status, typing, saving } = this.app
    const needs = needsYouCount(status)
    const isSaving = saving > 0 && !status.storageTrouble
    const said = isSaving && !unsent(status) ? SAVING : statusWords(status, this.app.now())
    // Heard, each tap is told once, when it is kept; seen, nothing else may stand there meanwhile.
    const doing = typing ? t('Typing…') : isSaving ? SAVING.text : ''
    return html`<div class="status-line" data-tone=${said.tone}>
      <div class="words">
        ${icon(SIGNS[said.tone])}
        <span aria-hidden="true" ?hidden=${!doing}>${doing}</span>
        <p role="status" class=${doing ? 'visually-hidden' : ''}>${sentence(said.text)}</p>
      </div>
      ${needs ? this.#wayToNeeds(needs, said !== SAVING && !isGraver(status)) : nothing}
    </div>`
  }

  /** Seen, nothing is said twice; heard alone, the link says where it leads. */
  #wayToNeeds(count, isSaid) {
    const words = tn('{count} needs you', '{count} need you', count)
    return html`<a class="needs" href="#/needs" aria-label=${isSaid ? t('Look at what is yours to do: {what}', { what: words }) : nothing}>${isSaid ? t('Look') : words}</a>`
  }
}

/** Does the line say something more pressing than what needs its person? @param {import("../../core/types.js").Status} status */
function isGraver({ storageTrouble, damage, stalled }) {
  return Boolean(storageTrouble || damage || stalled)
}

/** The words are made to stand anywhere; here they begin a line. */
export function sentence(text) {
  return text[0].toUpperCase() + text.slice(1)
}

define('status-line', StatusLine, ['app'])
