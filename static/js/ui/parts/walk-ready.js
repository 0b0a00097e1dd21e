import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { readiness } from '../../core/ready.js'
import { isTogether, teamOf } from '../../core/team.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

const ICONS = { there: 'tick', know: 'waiting', missing: 'trouble' }
const LOOKS = 8
const LOOK_AGAIN_MS = 1_000
const STANDS = { there: t('Is here:'), know: t('Good to know:'), missing: t('Is missing:') }

/** Whether a walk can be walked on this tablet without a network, and exactly what is missing if not. */
class WalkReady extends LightElement {
  #facts = null
  #isLooking = false
  #isAsked = false
  #again = () => this.#look()

  connectedCallback() {
    super.connectedCallback()
    this.app.addEventListener('status', this.#again)
    addEventListener('pageshow', this.#again)
    this.#look()
    this.#tryRoom()
  }

  disconnectedCallback() {
    this.app.removeEventListener('status', this.#again)
    removeEventListener('pageshow', this.#again)
  }

  /** What only the browser can say. One look at a time: the state changes with every letter that is saved. */
  async #look() {
    this.#isAsked = true
    if (this.#isLooking) return
    this.#isLooking = true
    while (this.#isAsked && this.isConnected) {
      this.#isAsked = false
      const isHere = await this.app.isOfflineReady()
      this.#facts = { ...this.#facts, app: isHere, status: this.app.status }
      this.paintSoon()
    }
    this.#isLooking = false
  }

  /** Browsers promise room they do not have: as much as a photo takes is really written. */
  async #tryRoom() {
    const hasRoom = await this.app.store.hasRoom().catch(() => null)
    this.#facts = { ...this.#facts, hasRoom }
    this.paintSoon()
  }

  view() {
    if (!this.#facts?.status) return nothing
    const { isReady, missing, lines } = readiness(this.#said())
    return html`<details class="walk-ready" ?open=${!isReady}>
      <summary><span class="tag" data-tone=${isReady ? 'positive' : 'caution'}>${icon(isReady ? 'safe' : 'trouble')} ${
        isReady
          ? t('Ready for offline')
          : tn('Not ready for offline: {count} thing is missing', 'Not ready for offline: {count} things are missing', missing)
      }</span></summary>
      <div class="stack"><ul class="stack-tight">${lines.map((line) => this.#line(line))}</ul>
      <p class="cluster"><button type="button" class="button" @click=${this.#checkAgain}>${t('Fetch and check again')}</button></p></div>
    </details>`
  }

  #said() {
    const { app, walk, rubric, stops, people } = this
    const nameOf = (id) => people.find((one) => one.id === id)?.body.name ?? null
    return {
      hasRoom: null,
      ...this.#facts,
      rubric: rubric && { title: rubric.body.title, lang: rubric.lang },
      language: document.documentElement.lang,
      isWhole: rubric?.body.content.unit === 'school',
      stops,
      names: isTogether(walk) ? teamOf(walk).map(nameOf) : [],
      wantsPhotos: walk.media !== 'none',
      person: app.space.person_name,
      now: app.now(),
    }
  }

  #line({ is, text, todo, at }) {
    return html`<li data-is=${is}>${icon(ICONS[is])}<span><span class="visually-hidden">${STANDS[is]} </span>${text}${
      todo ? (at ? html` <a href=${at}>${todo}</a>` : html` <span class="quiet">${todo}</span>`) : nothing
    }</span></li>`
  }

  /** What was here once and is lost comes only when all of it is asked for. */
  #checkAgain = async () => {
    const { isReady } = readiness(this.#said())
    await (isReady ? this.app.sendNow() : this.app.fetchMissing())
    await this.#wait()
    await Promise.all([this.#look(), this.#tryRoom()])
    this.app.announce(this.querySelector('summary').textContent.trim())
  }

  /** The worker fetches the app's files by itself and says nothing when it is done. */
  async #wait() {
    for (let left = LOOKS; left && !(await this.app.isOfflineReady()); left -= 1)
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

define('walk-ready', WalkReady, ['app', 'walk', 'rubric', 'stops', 'people'])
