import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { photosOf, safetyWords } from '../../core/safety.js'
import { sayAge, sayTime } from '../../core/time.js'
import { clockWords, needsYouCount, triesWords, unsent } from '../../core/words.js'
import { define, Screen } from '../element.js'
import '../parts/hand-settings.js'
import { icon } from '../parts/icons.js'
import '../parts/language-choice.js'
import { canObserve } from '../routes.js'

const COUNTED_AT_ONCE = 200
const PASSING = t(
  'A private window: what is written here goes when it is closed. Save a copy, and open the app in a usual window.',
)
const KEPT = {
  true: t('Kept by this tablet'),
  false: t('This tablet may clear it. Add the app to the home screen, and send often.'),
}
const SECOND = { true: t('Kept in another kind of storage'), false: t('Not possible on this kind of tablet') }

/** What is on the server and what is not; one green sentence when the tablet is safe to put away. */
class TabletScreen extends Screen {
  #refused = null
  #onStatus = () => this.#again()

  connectedCallback() {
    super.connectedCallback()
    this.app.addEventListener('status', this.#onStatus)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.app.removeEventListener('status', this.#onStatus)
  }

  async load() {
    this.own = await ownObservations(this.app)
    await this.#look()
  }

  /** The state changes often; how many observations there are only with the records. */
  async #again() {
    if (!this.ready) return
    await this.#look()
    if (this.isConnected) this.paint()
  }

  async #look() {
    this.room = await this.app.room()
    this.isOfflineReady = await this.app.isOfflineReady()
  }

  view() {
    const { app } = this
    const { status } = app
    if (!this.ready) return html`<div class="page page-narrow"><h1>${t('This tablet')}</h1></div>`
    const { isSafe, text, why } = safetyWords(status, this.own, { now: app.now(), isBusy: Boolean(app.saving || app.typing) })
    return html`<div class="page page-narrow">
      <h1>${t('This tablet')}</h1>
      <section class="stack" aria-label=${t('Where the work is')}>
        <p class="safe-sentence" data-tone=${isSafe ? 'quiet' : 'waiting'}>${icon(isSafe ? 'safe' : 'waiting')}<span>${text}</span></p>
        ${why.length ? html`<ul class="reasons">${why.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
        ${needsYouCount(status) ? html`<p><a class="button" href="#/needs">${t('See what needs you ({count})', { count: needsYouCount(status) })}</a></p>` : nothing}
        ${status.held ? html`<p class="quiet">${tn('{count} change is kept for the lead to decide.', '{count} changes are kept for the lead to decide.', status.held)} <a href="#/needs">${t('Why')}</a></p>` : nothing}
        <p class="cluster"><button type="button" class="button" @click=${() => app.sendNow()}>${t('Send and fetch now')}</button>
          <button type="button" class="button" @click=${() => app.saveCopy()}>${t('Save a copy')}</button> <a class="button" href="#/copy/open">${t('Open a copy')}</a></p>
        ${
          status.signedOut
            ? html`<div class="note-box note-caution"><p>${t('The server asks you to sign in again. Nothing is lost.')}</p>
          <p><a class="button" href="#/tablet" @click=${(event) => this.#signIn(event)}>${t('Sign in')}</a></p></div>`
            : nothing
        }
      </section>
      <dl class="facts facts-list">${this.#facts(status).map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>
      ${app.person.spaces.length > 1 ? this.#spaces() : nothing}
      <section class="stack" aria-labelledby="language-title">
        <h2 id="language-title">${t('Language')}</h2>
        <language-choice .app=${app}></language-choice>
      </section>
      <hand-settings .app=${app}></hand-settings>
      ${app.space && canObserve(app.space) ? html`<p><a class="button" href="#/visit/practice">${t('Practise a visit')}</a></p>` : nothing}
      ${isLead(app.space) ? this.#kept() : nothing}
      <section class="stack" aria-labelledby="out-title">
        <h2 id="out-title">${t('Signed in')}</h2>
        <p>${app.space.person_name} <span class="quiet">· ${app.person.account.email} · ${app.space.name}</span></p>
        ${this.#refused && (unsent(status) || status.unkept || needsYouCount(status)) ? this.#mayNotLeave() : html`<p><button type="button" class="button" @click=${this.#leave}>${t('Sign out')}</button></p>`}
      </section>
      ${this.#forRebuilt()}
    </div>`
  }

  #facts({ lastReceiptAt, lastContactAt, oldestWaitingAt, persisted, isPassing, lowRoom, secondCopy, heals, clockOff }) {
    const now = this.app.now()
    const [observations, photos] = [this.own, photosOf(this.app.status)]
    const said = (term, words) => (words ? [[term, words]] : [])
    const time = (at) => (at ? sayTime(at, now) : t('not yet'))
    const there = ({ onServer, total }) => (total ? t('{n} of {of}', { n: onServer, of: total }) : t('None yet'))
    return [
      [t('Your observations on the server'), there(observations)],
      [t('Photos of this tablet on the server'), there(photos)],
      [t('Last reached the server'), time(lastContactAt)],
      [t('Last receipt from the server'), time(lastReceiptAt)],
      ...said(t('Oldest waiting'), oldestWaitingAt && t('{age} ago', { age: sayAge(oldestWaitingAt, now) })),
      [
        t('Works without a network'),
        this.isOfflineReady && lastContactAt !== null ? t('Yes') : t('Not yet: open the app once more with a network'),
      ],
      [t('Storage'), isPassing ? PASSING : (KEPT[persisted] ?? t('Not known. Add the app to the home screen to be sure.'))],
      ...said(t('Space'), this.room && spaceWords(this.room, lowRoom)),
      [t('Second copy of what is unsent'), SECOND[secondCopy] ?? t('Not known')],
      [t('Version'), this.app.build.slice(0, 8) || t('not known')],
      ...said(t('Sending'), triesWords(this.app.status, now)),
      ...said(t('Clock'), clockWords(clockOff)),
      ...said(t('Storage repaired itself'), heals && tn('{count} time', '{count} times', heals)),
    ]
  }

  #spaces() {
    return html`<p class="field"><label for="choose-space">${t('District or group')}</label><select class="input" id="choose-space" @change=${(event) => this.app.chooseSpace(event.target.value)}>
      ${this.app.person.spaces.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.app.space.id}>${name}</option>`)}</select></p>`
  }

  /** A page of the server: the words of others are read there, and never kept on a tablet. */
  #kept() {
    return html`<section class="stack" aria-labelledby="kept-title">
      <h2 id="kept-title">${t('Kept work for you to decide')}</h2>
      <p>${t('What people wrote while their role lasted, and sent after it had ended. It needs a network.')}</p>
      <p><a class="button" href=${`/lead/${this.app.space.id}/kept`}>${t('See the kept work')}</a></p>
    </section>`
  }

  /** What `walkapp refound` asks for when a district's server is gone and no backup is left. */
  #forRebuilt() {
    const { id, person } = this.app.space
    return html`<details><summary>${t('For a rebuilt server')}</summary>
      <p class="quiet">${t("Only when the district's server was lost: whoever sets it up anew asks for these.")}</p>
      <dl class="facts facts-list">
        <div><dt>${t('District')}</dt><dd class="id-text">${id}</dd></div>
        <div><dt>${t('You')}</dt><dd class="id-text">${person}</dd></div>
      </dl></details>`
  }

  #leave = async () => {
    const answer = await this.app.signOut()
    this.#refused = answer?.refused ?? null
    if (this.isConnected) this.paint()
    this.querySelector('[data-refused]')?.focus()
  }

  #mayNotLeave() {
    return html`<div class="note-box note-caution" tabindex="-1" data-refused>
      <p><strong>${t('Some work is not on the server yet.')}</strong> ${t('Signing out would leave it behind, so you stay signed in.')}</p>
      <p class="cluster"><button type="button" class="button button-primary" @click=${this.#send}>${t('Send now')}</button>
        <button type="button" class="button" @click=${() => this.app.saveCopy()}>${t('Save a copy')}</button>
        <button type="button" class="button" @click=${this.#stay}>${t('Stay signed in')}</button></p></div>`
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

/** @param {string} room @param {boolean} isLow */
function spaceWords(room, isLow) {
  return isLow ? t('{room}. That is little: free some space on the tablet.', { room }) : room
}

/** May the person decide about kept work of the district? The server says so again. */
function isLead({ roles }) {
  return roles.some(({ role, school }) => role === 'district_lead' && !school)
}

/** The person's own observations on this tablet, and how many of them the server holds as they are here. */
async function ownObservations({ store, person }) {
  const me = new Set(person.spaces.map((space) => space.person))
  const count = { onServer: 0, total: 0 }
  for (let before, more = true; more; ) {
    const rows = await store.list('observation', { limit: COUNTED_AT_ONCE, before })
    const mine = rows.filter(({ summary }) => me.has(summary.observer))
    count.total += mine.length
    count.onServer += mine.filter(({ waiting, seq }) => !waiting && seq > 0).length
    before = rows.at(-1)
    more = rows.length === COUNTED_AT_ONCE
  }
  return count
}

define('tablet-screen', TabletScreen, ['route'])
