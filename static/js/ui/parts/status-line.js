import { html, nothing } from '../../vendor/lit-html.js'
import { statusWords } from '../../core/words.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

const SIGNS = { quiet: 'safe', waiting: 'waiting', attention: 'trouble' }

const TICK_MS = 30_000
/** The tap is newer than the last receipt: until it is durable, neither "saved" nor "on the server" is true of it. */
const SAVING = { text: 'Saving…', tone: 'waiting' }

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
    const said = saving && !status.waiting ? SAVING : statusWords(status, this.app.now())
    return html`<div class="status-line" data-tone=${said.tone}>
      <div class="words">
        ${icon(SIGNS[said.tone])}
        <span aria-hidden="true" ?hidden=${!typing}>Typing…</span>
        <p role="status" class=${typing ? 'visually-hidden' : ''}>${sentence(said.text)}</p>
      </div>
      ${status.needsYou ? html`<a class="needs" href="#/needs">${status.needsYou} ${status.needsYou === 1 ? 'needs' : 'need'} you</a>` : nothing}
    </div>`
  }
}

/** The words are made to stand anywhere; here they begin a line. */
export function sentence(text) {
  return text[0].toUpperCase() + text.slice(1)
}

define('status-line', StatusLine, ['app'])
