import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { momentOfStep } from '../../core/feedback.js'
import { t, tc, tn } from '../../core/gettext.js'
import { DeskKeys } from '../desk-keys.js'
import { DeskShelf } from '../desk-shelf.js'
import { define, Screen } from '../element.js'
import { icon } from '../parts/icons.js'
import { deskSchools } from '../routes.js'
import { readRubric } from '../rubrics.js'
import '../parts/bulk-release.js'
import '../parts/desk-queue.js'
import '../parts/desk-reading.js'
import '../parts/reason-form.js'
import '../parts/staff-preview.js'
import '../parts/thank-form.js'

const ASKS = {
  return: {
    label: t('Why do you send it back?'),
    hint: t('The observer reads this and can then change words and notes, never ratings.'),
    words: t('Send back'),
  },
  reopen: { label: t('Why do you reopen it?'), hint: t('It goes back to the observer with this reason.'), words: t('Reopen') },
  comment: { label: t('Your comment'), hint: t('You and the observer can read it.'), words: t('Add the comment') },
}
/** What may be asked in which state. */
const OPEN_TO = {
  return: ['submitted'],
  reopen: ['released'],
  comment: ['submitted', 'released'],
  thank: ['submitted', 'released'],
}
const SEVERAL = 'several'

/** The principal's desk: what was given to her, read beside its evidence, released or sent back. Works offline. */
class DeskScreen extends Screen {
  #asking = null
  #begun = ''
  /** While several are chosen, which. @type {Set<string>|null} */
  #chosen = null
  #shelf = null
  #keys = new DeskKeys({ screen: this, ask: (verb) => this.#ask(verb), release: () => this.#releaseByKey() })

  connectedCallback() {
    this.#shelf ??= new DeskShelf(this.app)
    super.connectedCallback()
    document.addEventListener('keydown', this.#keys.pressed)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#keys.pressed)
  }

  get id() {
    return this.route.parts[0] ?? null
  }

  set route(route) {
    const before = this.#route?.parts ?? []
    this.#route = route
    if (route.parts[0] !== before[0]) this.#asking = null
    const isOther = route.parts.join('/') !== before.join('/')
    if (isOther && this.isConnected) this.reload().then(() => this.#arrive())
  }

  get route() {
    return this.#route
  }
  #route

  onChanged(touched) {
    if (this.#shelf.concerns(touched)) this.reload()
  }

  async load() {
    const route = this.route
    const desk = await this.#shelf.read(deskSchools(this.app.space))
    const reading = this.id === SEVERAL ? { whole: await this.#wholeOfChosen(desk) } : await this.#reading(desk)
    // Whoever opened another one meanwhile reads that one.
    if (route === this.route) Object.assign(this, { desk, reading })
  }

  /** The observation as it stands, or, while it is with its observer, as it was when it went back. */
  async #reading(desk) {
    const { store, space } = this.app
    const { id, route } = this
    if (!id) return null
    const reviews = desk.reviews.filter(({ summary }) => summary.observation === id).reverse()
    const versions = await this.#shelf.versionsIn(reviews)
    const record = await store.read(id)
    const isHere = record && deskSchools(space).includes(record.body.school) && record.body.state !== 'draft'
    const chosen = versions.find((one) => one.id === route.parts[1]) ?? (isHere ? null : versions.at(-1))
    const body = chosen ? chosen.version : isHere ? record.body : null
    const rubric = body && (await readRubric(this.app, body.rubric))
    if (!rubric) return null
    const thanks = desk.thanks.filter((one) => one.body.observation === id)
    return {
      id,
      body,
      current: isHere ? record.body : null,
      chosen,
      rubric,
      reviews,
      versions,
      thanks,
      receipt: await store.receiptOf(id),
    }
  }

  async #wholeOfChosen(desk) {
    const records = await Promise.all([...(this.#chosen ?? [])].map((id) => this.app.store.read(id)))
    const contents = new Map(desk.library.map(({ id, body }) => [id, body.content]))
    return records
      .filter((one) => one?.body.state === 'submitted')
      .map(({ id, body }) => ({ id, body, content: contents.get(body.rubric) }))
  }

  #arrive() {
    const pane = this.querySelector('.reading')
    if (pane) pane.scrollTop = 0
    this.querySelector(this.id ? '.reading h1' : '.desk-list h1')?.focus()
  }

  view() {
    if (!this.ready || !this.desk) return html`<div class="page"><h1>${t('Desk')}</h1></div>`
    return html`<div class="desk" ?data-reading=${Boolean(this.id)}>
      <div class="desk-side">
        <desk-queue class="desk-list" role="region" aria-label=${t('Observations')} .desk=${this.desk} .current=${this.id} .chosen=${this.#chosen} .now=${this.app.now()}
          @choose=${({ detail }) => this.#choose(detail.is ? new Set() : null)} @chosen=${this.#onChosen}></desk-queue>
        ${this.#chosen ? this.#choosingDock() : nothing}
      </div>
      <div class="desk-pane">${this.id ? this.#pane() : html`<p class="reading quiet">${t('Choose an observation to read it.')}</p>`}</div>
    </div>`
  }

  // ---- reading ------------------------------------------------------------------------------------

  #pane() {
    if (this.id === SEVERAL) return this.#several()
    if (!this.reading)
      return html`<div class="reading">${this.#back('#/desk', t('Desk'))}
      <h1 tabindex="-1">${t('This observation is not on your desk')}</h1><p class="quiet">${t('It may have been taken back or sent back.')}</p></div>`
    const { current, body, rubric } = this.reading
    const isPreview = this.route.parts[1] === 'staff' && current
    return html`<article class="reading">${isPreview ? this.#preview(body, rubric) : this.#article()}</article>
      ${current ? html`<div class="desk-dock">${this.#asking ? this.#form() : this.#actions(current)}</div>` : nothing}`
  }

  /** Beside the list the way back to it is not needed; to another page of the same observation it is. */
  #back(href, words) {
    return html`<p class=${href === '#/desk' ? 'back' : ''}><a class="button button-quiet" href=${href}>${icon('back')} ${words}</a></p>`
  }

  #preview(body, rubric) {
    return html`${this.#back(`#/desk/${this.id}`, t('The whole observation'))}
      <staff-preview class="groups" .body=${body} .content=${rubric.body.content}></staff-preview>`
  }

  #article() {
    const { current, chosen } = this.reading
    return html`${chosen && current ? this.#back(`#/desk/${this.id}`, t('The newest version')) : this.#back('#/desk', t('Desk'))}
      <desk-reading class="groups" .app=${this.app} .reading=${this.reading} .desk=${this.desk} .now=${this.app.now()} .look=${this.#look} @quote=${this.#onQuote} @reopen=${this.#onReopen}></desk-reading>`
  }

  #look = (sha) => this.app.lookAtPhoto(this.id, sha)

  #onQuote = ({ detail: { text } }) => {
    const form = this.#asking && this.querySelector('reason-form')
    if (form) return form.add(text)
    this.#begun = text
    this.#ask('comment')
  }

  #onReopen = ({ detail: { text } }) => {
    this.#begun = text
    this.#ask('reopen')
  }

  // ---- one at a time ------------------------------------------------------------------------------

  #actions(body) {
    const button = (verb, words) => html`<button type="button" class="button" @click=${() => this.#ask(verb)}>${words}</button>`
    const next = this.desk.items.find(({ state }) => state === 'waiting')
    return html`<div class="actions">
      ${
        body.state === 'submitted'
          ? html`<button type="button" class="button button-primary" @click=${this.#release}>${t('Release')}</button>${button('return', t('Send back'))}`
          : html`${next ? html`<a class="button" href=${`#/desk/${next.id}`}>${t('Next one waiting')}</a>` : nothing}${button('reopen', t('Reopen'))}`
      }
      ${button('comment', tc('a button', 'Comment'))}${button('thank', t('Thank you'))}
    </div>`
  }

  #form() {
    if (this.#asking === 'thank') {
      const isObserver = this.reading.body.observer === this.app.space.person
      return html`<thank-form .body=${this.reading.body} .isObserver=${isObserver} @thanked=${this.#thanked} @left=${this.#leave}></thank-form>`
    }
    const { label, hint, words } = ASKS[this.#asking]
    return keyed(
      this.#asking,
      html`<reason-form .label=${label} .hint=${hint} .words=${words} .text=${this.#begun} @said=${(event) => this.#said(event.detail.text)} @left=${this.#leave}></reason-form>`,
    )
  }

  /** Open the form for it, if it can be asked of what is read. True when it is open now. */
  #ask(verb) {
    if (!OPEN_TO[verb].includes(this.reading?.current?.state)) return false
    this.#asking = verb
    this.paint()
    return true
  }

  #leave = () => {
    this.#asking = null
    this.#begun = ''
    this.paint()
  }

  #releaseByKey() {
    if (this.reading?.current?.state !== 'submitted' || this.#asking) return false
    this.#release()
    return true
  }

  #release = async () => {
    // The page stays: a second tap in haste must never release the next one.
    await this.app.save([this.#releaseOf(this.id, this.reading.current)])
    this.app.announce(t('Released.'))
  }

  #releaseOf(id, body) {
    const at = momentOfStep(body, this.app.now())
    return { id, kind: 'observation', set: { state: 'released', released: { at, by: this.app.space.person } } }
  }

  async #said(text) {
    const verb = this.#asking
    const body = this.reading.current
    const at = this.app.now()
    const by = this.app.space.person
    this.#leave()
    if (verb === 'comment') return this.app.save([this.#about('review', { verb, text, at, by })])
    // The second change stands only if the first does: a reason without its return would be a lie.
    await this.app.save([
      { id: this.id, kind: 'observation', set: { state: 'draft', returned: { verb, reason: text, at, by } } },
      { ...this.#about('review', { verb, text, at, by, version: body }), after: 0 },
    ])
    this.app.announce(verb === 'return' ? t('Sent back.') : t('Reopened.'))
    this.app.go('#/desk')
  }

  #thanked = async ({ detail }) => {
    const { number } = this.reading.body
    this.#leave()
    await this.app.save([this.#about('thank_you', { ...detail, number, by: this.app.space.person, at: this.app.now() })])
    this.app.announce(t('Thank you said.'))
  }

  #about(kind, said) {
    const { observer, school } = this.reading.body
    return { new: { kind, id: this.app.newId(), body: { observation: this.id, observer, school, ...said } } }
  }

  // ---- several at once ----------------------------------------------------------------------------

  #choose(chosen) {
    this.#chosen = chosen
    this.paint()
  }

  #onChosen = ({ detail: { id, is } }) => {
    const others = [...this.#chosen].filter((one) => one !== id)
    this.#choose(new Set(is ? [...others, id] : others))
  }

  #choosingDock() {
    const count = this.#chosen.size
    const all = () => this.#choose(new Set(this.querySelector('desk-queue').shown.map(({ id }) => id)))
    return html`<div class="desk-dock"><div class="actions">
      ${count ? html`<a class="button button-primary" href=${`#/desk/${SEVERAL}`}>${tn('Look at {count}', 'Look at {count}', count)}</a>` : nothing}
      <button type="button" class="button" @click=${all}>${t('Choose all')}</button>
      <button type="button" class="button" @click=${() => this.#choose(null)}>${t('Not now')}</button></div></div>`
  }

  #several() {
    const whole = this.reading?.whole ?? []
    return html`<div class="reading">${this.#back('#/desk', t('Desk'))}
        ${
          whole.length
            ? html`<bulk-release class="groups" .whole=${whole} .people=${this.desk.people} .rubrics=${this.desk.rubrics}></bulk-release>`
            : html`<h1 tabindex="-1">${t('Nothing is chosen')}</h1><p class="quiet">${t('Choose several on the desk first.')}</p>`
        }</div>
      ${
        whole.length
          ? html`<div class="desk-dock"><div class="actions">
        <button type="button" class="button button-primary" @click=${this.#releaseSeveral}>${tn('Release {count}', 'Release {count}', whole.length)}</button>
        <a class="button" href="#/desk">${t('Not now')}</a></div></div>`
          : nothing
      }`
  }

  /** Each a change of its own: one the server does not take holds none of the others up. */
  #releaseSeveral = async () => {
    const { whole } = this.reading
    this.#chosen = null
    await this.app.save(whole.map(({ id, body }) => this.#releaseOf(id, body)))
    this.app.announce(tn('{count} released.', '{count} released.', whole.length))
    this.app.go('#/desk')
  }
}

define('desk-screen', DeskScreen, [])
