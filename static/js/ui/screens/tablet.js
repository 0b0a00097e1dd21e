import { html, nothing } from '../../vendor/lit-html.js'
import { sayAge, sayTime } from '../../core/time.js'
import { define, Screen } from '../element.js'
import { icon } from '../parts/icons.js'

/** What is on the server and what is not; one green sentence when the tablet is safe to put away. */
class TabletScreen extends Screen {
  #refused = null
  #onStatus = () => this.reload()

  connectedCallback() {
    super.connectedCallback()
    this.app.addEventListener('status', this.#onStatus)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.app.removeEventListener('status', this.#onStatus)
  }

  async load() {
    this.room = await this.app.room()
    this.isOfflineReady = await this.app.isOfflineReady()
  }

  view() {
    const { app } = this
    const { status } = app
    const isSafe = !status.waiting && !status.needsYou && status.lastContactAt !== null && !status.storageTrouble
    return html`<div class="page page-narrow">
      <h1>This tablet</h1>
      <section class="stack" aria-label="Where the work is">
        <p class="safe-sentence" data-tone=${isSafe ? 'quiet' : 'waiting'}>${icon(isSafe ? 'safe' : 'waiting')}<span>${
          isSafe ? 'Everything is on the server. The tablet is safe to put away.' : this.#unsafe(status)
        }</span></p>
        ${status.needsYou ? html`<p><a class="button" href="#/needs">See what needs you (${status.needsYou})</a></p>` : nothing}
        ${status.held ? html`<p class="quiet">${status.held} ${status.held === 1 ? 'change is' : 'changes are'} kept for the lead to decide.</p>` : nothing}
        <p class="cluster"><button type="button" class="button" @click=${() => app.sendNow()}>Send and fetch now</button>
          <button type="button" class="button" @click=${() => app.saveCopy()} ?hidden=${!status.waiting && !status.needsYou}>Save a copy of what is unsent</button></p>
        ${status.signedOut ? html`<p class="note-box note-caution">The server asks you to sign in again. Nothing is lost. <a href="#/tablet" @click=${(event) => this.#signIn(event)}>Sign in</a></p>` : nothing}
      </section>
      <dl class="facts">${this.#facts(status).map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>
      ${app.person.spaces.length > 1 ? this.#spaces() : nothing}
      <section class="stack" aria-labelledby="out-title">
        <h2 id="out-title">Signed in</h2>
        <p>${app.space.person_name} <span class="quiet">· ${app.person.account.email} · ${app.space.name}</span></p>
        ${this.#refused && (status.waiting || status.needsYou) ? this.#mayNotLeave() : html`<p><button type="button" class="button" @click=${this.#leave}>Sign out</button></p>`}
      </section>
    </div>`
  }

  #unsafe({ waiting, needsYou, lastContactAt }) {
    if (waiting)
      return `${waiting} ${waiting === 1 ? 'change is' : 'changes are'} on this tablet only. Keep it safe until ${waiting === 1 ? 'it is' : 'they are'} sent.`
    if (needsYou) return 'Something needs you before everything is on the server.'
    if (lastContactAt === null) return 'Saved on this tablet. It has not reached the server yet.'
    return 'The storage of this tablet needs attention.'
  }

  #facts({ lastReceiptAt, lastContactAt, oldestWaitingAt, persisted, heals }) {
    const now = this.app.now()
    const time = (at) => (at ? sayTime(at, now) : 'not yet')
    return [
      ['Last reached the server', time(lastContactAt)],
      ['Last receipt from the server', time(lastReceiptAt)],
      ...(oldestWaitingAt ? [['Oldest waiting', `${sayAge(oldestWaitingAt, now)} ago`]] : []),
      ['Works without a network', this.isOfflineReady ? 'Yes' : 'Not yet: open the app once more with a network'],
      [
        'Storage',
        { true: 'Kept by this tablet', false: 'This tablet may clear it. Add the app to the home screen.' }[persisted] ??
          'Not known',
      ],
      ...(this.room ? [['Space used', this.room]] : []),
      ['Version', this.app.build.slice(0, 8) || 'not known'],
      ...(heals ? [['Storage repaired itself', `${heals} ${heals === 1 ? 'time' : 'times'}`]] : []),
    ]
  }

  #spaces() {
    return html`<p class="field"><label for="choose-space">District or group</label><select class="input" id="choose-space" @change=${(event) => this.app.chooseSpace(event.target.value)}>
      ${this.app.person.spaces.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.app.space.id}>${name}</option>`)}</select></p>`
  }

  #leave = async () => {
    const answer = await this.app.signOut()
    this.#refused = answer?.refused ?? null
    if (this.isConnected) this.paint()
    this.querySelector('[data-refused]')?.focus()
  }

  #mayNotLeave() {
    return html`<div class="note-box note-caution" tabindex="-1" data-refused>
      <p><strong>Some work is not on the server yet.</strong> Signing out would leave it behind, so you stay signed in.</p>
      <p class="cluster"><button type="button" class="button button-primary" @click=${this.#send}>Send now</button>
        <button type="button" class="button" @click=${() => this.app.saveCopy()}>Save a copy</button>
        <button type="button" class="button" @click=${this.#stay}>Stay signed in</button></p></div>`
  }

  #send = async () => {
    await this.app.sendNow()
    this.#refused = null
    this.paint()
  }

  #stay = () => {
    this.#refused = null
    this.paint()
  }

  #signIn(event) {
    event.preventDefault()
    this.app.signInAgain()
  }
}

define('tablet-screen', TabletScreen, ['route'])
