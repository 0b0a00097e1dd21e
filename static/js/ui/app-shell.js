import { html, keyed, nothing, svg } from '../vendor/lit-html.js'
import { t } from '../core/gettext.js'
import { define, LightElement } from './element.js'
import { deskSchools, readRoute, screenFor, SCREENS } from './routes.js'

/** A door standing ajar: the sign of the app. */
export function brandMark() {
  return svg`<svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
    <rect class="ground" x="1" y="1" width="22" height="22" rx="5.5"/>
    <path class="frame" d="M7 19V5.5h10V19M4.8 19h14.4"/><path class="door" d="M7 5.5l6 2.2V19H7z"/>
  </svg>`
}

const WRITING = new Set(['visit', 'plan', 'start', 'desk', 'coaching'])
/** Screens that come and go with the state of the storage. */
const SHUT = new Set(['damage', 'read-only', 'no-storage'])

/** The frame around every screen: head, page, status line; it turns the address into a screen. */
class WalkApp extends LightElement {
  #onHash = () => this.show()
  #first = true
  #isMissing = false

  connectedCallback() {
    addEventListener('hashchange', this.#onHash)
    this.app.addEventListener('person', this.#onHash)
    this.app.addEventListener('offer', () => this.paintSoon())
    this.app.addEventListener('status', this.#onStatus)
    this.app.addEventListener('said', ({ detail }) => this.#say(detail))
    this.paint()
  }

  /** Storage changed what may be shown. Whoever is writing is told above the page and is not taken away from it. */
  #onStatus = () => {
    const due = screenFor(readRoute(location.hash), this.app)
    if (this.screen && due !== this.screen && !WRITING.has(this.screen) && (SHUT.has(due) || SHUT.has(this.screen))) this.show()
  }

  /** Fetch the screen the address names, then paint it and put the focus on its heading. */
  async show() {
    const route = readRoute(location.hash)
    const name = screenFor(route, this.app)
    const before = this.screen
    this.#isMissing = !(await SCREENS[name].bring().then(Boolean, () => false))
    if (readRoute(location.hash).name !== route.name) return
    Object.assign(this, { screen: name, route })
    document.title = `${SCREENS[name].title} · walkapp`
    this.dataset.screen = name
    this.paint()
    if (before !== name || SCREENS[name].tag !== 'visit-screen') this.#arrive(before !== name)
  }

  #arrive(isNew) {
    if (isNew) scrollTo(0, 0)
    if (!this.#first && isNew) this.querySelector('main')?.focus({ preventScroll: true })
    this.#first = false
  }

  // Emptied first, so that the same words are read out a second time.
  #say(words) {
    const said = this.querySelector('[data-said]')
    said.textContent = ''
    setTimeout(() => (said.textContent = words), 100)
  }

  view() {
    const { app, screen } = this
    return html`
      <a class="button skip-link" href="#main" @click=${this.#skip}>${t('Skip to the page')}</a>
      ${screen === 'sign-in' ? nothing : this.#head()}
      <main id="main" class="app-frame" tabindex="-1">
        ${app.offer ? this.#offer() : nothing}
        ${screen === 'read-only' ? nothing : html`<storage-notices .app=${app}></storage-notices>`}
        ${this.#isMissing ? this.#missing() : keyed(`${screen} ${this.#subject()}`, this.#screenElement())}
      </main>
      <footer class="status-bar">${app.person ? html`<status-line .app=${app}></status-line>` : html`<p class="small quiet">${t('Works without a network once you have signed in.')}</p>`}</footer>
      <p class="visually-hidden" aria-live="polite" data-said></p>`
  }

  #missing() {
    return html`<div class="page page-narrow">
      <h1>${t('This screen could not be opened')}</h1>
      <p>${t("What you wrote is safe on this tablet. The screen's own file did not come: the server may be away.")}</p>
      <p class="cluster"><button type="button" class="button" @click=${this.#onHash}>${t('Try again')}</button> <a class="button button-quiet" href="#/">${t('Today')}</a></p>
    </div>`
  }

  // A visit keeps its element from part to part, so that nothing typed ever moves.
  #subject() {
    return ['visit', 'walk', 'together', 'hall', 'debrief'].includes(this.screen) ? this.route.parts[0] : ''
  }

  #screenElement() {
    this.#elements ??= {}
    const key = `${this.screen} ${this.#subject()}`
    if (this.#elements.key !== key) {
      const element = document.createElement(SCREENS[this.screen].tag)
      element.app = this.app
      this.#elements = { key, element }
    }
    this.#elements.element.route = this.route
    return this.#elements.element
  }
  #elements

  #head() {
    const { app } = this
    return html`<header class="top-bar">
      <a class="home" href="#/">${brandMark()}<span>walkapp</span></a>
      <nav aria-label=${t('Screens')}><ul>
        ${this.#home()}
        ${!SHUT.has(this.screen) && app.space && deskSchools(app.space).length ? this.#link('desk', '#/desk', t('Desk')) : nothing}
        ${this.#link('tablet', '#/tablet', t('This tablet'))}
      </ul></nav>
    </header>`
  }

  /** A teacher who observes nothing has the coaching zone in the place of Today. */
  #home() {
    const { space } = this.app
    const isTaught = space && screenFor(readRoute(''), this.app) === 'coaching'
    return isTaught ? this.#link('coaching', '#/coaching', t('Coaching')) : this.#link('today', '#/', t('Today'))
  }

  #link(screen, href, words) {
    return html`<li><a href=${href} aria-current=${this.screen === screen ? 'page' : nothing}>${words}</a></li>`
  }

  #offer() {
    return html`<div class="page page-narrow"><aside class="note-box" aria-label=${t('New version')}>
      <p>${this.app.offer.text}</p>
      <p><button class="button" @click=${this.app.offer.take}>${this.app.offer.words}</button></p>
    </aside></div>`
  }

  #skip = (event) => {
    event.preventDefault()
    this.querySelector('main').focus()
  }
}

define('walk-app', WalkApp, ['app'])
