import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { define, Screen } from '../element.js'
import { icon } from '../parts/icons.js'
import { visitName } from '../room-words.js'
import { deskSchools } from '../routes.js'
import { allRubrics, readRubric } from '../rubrics.js'
import '../parts/observation-reading.js'
import '../parts/reason-form.js'

const PAGE = 50
const ASKS = {
  return: {
    label: t('Why do you send it back?'),
    hint: t('The observer reads this and can then change words and notes, never ratings.'),
    words: t('Send back'),
  },
  reopen: { label: t('Why do you reopen it?'), hint: t('It goes back to the observer with this reason.'), words: t('Reopen') },
  comment: { label: t('Your comment'), hint: t('You and the observer can read it.'), words: t('Add the comment') },
}

/** The principal's desk: what was given to her, read beside its evidence, released or sent back. Works offline. */
class DeskScreen extends Screen {
  #asking = null
  #pages = 1

  get id() {
    return this.route.parts[0] ?? null
  }

  set route(route) {
    const isOther = route.parts[0] !== this.#route?.parts[0]
    this.#route = route
    if (isOther) this.#asking = null
    if (isOther && this.isConnected) this.reload().then(() => this.querySelector('.reading h1')?.focus())
  }

  get route() {
    return this.#route
  }
  #route

  async load() {
    const { store, space } = this.app
    const schools = deskSchools(space)
    const rows = await store.list('observation', { space: space.id, limit: PAGE * this.#pages })
    const mine = rows.filter(({ summary }) => schools.includes(summary.school))
    this.waiting = mine.filter(({ summary }) => summary.state === 'submitted').reverse()
    this.released = mine.filter(({ summary }) => summary.state === 'released')
    this.hasMore = rows.length === PAGE * this.#pages
    this.people = new Map((await store.all('person')).map(({ id, body }) => [id, body.name]))
    this.library = await allRubrics(this.app)
    this.rubrics = new Map(this.library.map(({ id, body }) => [id, body.title]))
    await this.#loadReading(schools)
  }

  #look = (sha) => this.app.lookAtPhoto(this.id, sha)

  async #loadReading(schools) {
    const { store, space } = this.app
    const record = this.id && (await store.read(this.id))
    const isHere = record && schools.includes(record.body.school) && record.body.state !== 'draft'
    this.reading = isHere ? record : null
    if (!isHere) return
    this.rubric = await readRubric(this.app, record.body.rubric)
    this.receipt = await store.receiptOf(this.id)
    this.reviews = (await store.list('review', { space: space.id, limit: PAGE * 4 }))
      .filter(({ summary }) => summary.observation === this.id)
      .reverse()
  }

  view() {
    if (!this.ready) return html`<div class="page"><h1>${t('Desk')}</h1></div>`
    return html`<div class="desk" ?data-reading=${Boolean(this.id)}>
      <section class="desk-list" aria-label=${t('Observations')}>
        ${this.id ? html`<p class="focus-question">${t('Desk')}</p>` : html`<h1>${t('Desk')}</h1>`}
        ${this.#list(t('Waiting for you'), this.waiting, t('Nothing waits. What coaches give to you stands here, also without a network.'))}
        ${this.released.length ? this.#list(tc('a list of observations', 'Released'), this.released) : nothing}
        ${this.hasMore ? html`<p><button type="button" class="button" @click=${this.#older}>${t('Show older ones')}</button></p>` : nothing}
      </section>
      <div class="desk-pane">${this.id ? this.#pane() : html`<p class="reading quiet">${t('Choose an observation to read it.')}</p>`}</div>
    </div>`
  }

  #list(title, rows, empty) {
    return html`<section><h2 class="section-head">${title}</h2>
      ${rows.length ? html`<ul class="rows">${rows.map((row) => html`<li>${this.#row(row)}</li>`)}</ul>` : html`<p class="quiet">${empty}</p>`}</section>`
  }

  #row({ id, summary }) {
    return html`<a class="row" href=${`#/desk/${id}`} aria-current=${id === this.id ? 'true' : nothing}>
      <span><span class="title">${visitName(summary)}</span>
      <span class="about">${this.rubrics.get(summary.rubric) ?? ''}</span>
      <span class="about">${this.people.get(summary.observer) ?? t('An observer')} · ${sayTime(summary.started_at, this.app.now())}</span></span>${icon('next')}</a>`
  }

  #pane() {
    if (!this.reading || !this.rubric)
      return html`<div class="reading"><p class="back"><a class="button button-quiet" href="#/desk">${icon('back')} ${t('Desk')}</a></p>
      <h1 tabindex="-1">${t('This observation is not on your desk')}</h1><p class="quiet">${t('It may have been taken back or sent back.')}</p></div>`
    const { body } = this.reading
    return html`<article class="reading">
        <p class="back"><a class="button button-quiet" href="#/desk">${icon('back')} ${t('Desk')}</a></p>
        <header class="stack">
          <h1 tabindex="-1">${visitName(body)}</h1>
          <p class="quiet">${[this.rubric.body.title, this.people.get(body.observer), sayTime(body.started_at, this.app.now()), body.form === 'short' ? t('short form') : ''].filter(Boolean).join(' · ')}</p>
          ${body.focus ? html`<p class="focus-question">${body.focus}</p>` : nothing}
          ${body.state === 'released' ? html`<p class="tag" data-tone="positive">${icon('safe')} ${this.receipt?.waiting ? t('Released, waiting to be sent') : t('Released')}</p>` : nothing}
        </header>
        ${this.#reviews()}
        <observation-reading class="groups" .content=${this.rubric.body.content} .body=${body} .look=${this.#look} .rubrics=${this.library}></observation-reading>
      </article>
      <div class="desk-dock">${this.#asking ? this.#ask() : this.#actions(body)}</div>`
  }

  #reviews() {
    if (!this.reviews.length) return nothing
    const words = { comment: t('Comment'), return: t('Sent back'), reopen: t('Reopened') }
    return html`<section class="stack" aria-labelledby="reviews-title"><h2 id="reviews-title">${t('Said so far')}</h2>
      ${this.reviews.map(({ summary }) => html`<div class="note-box"><p class="small quiet">${words[summary.verb]} · ${this.people.get(summary.by) ?? ''} · ${sayTime(summary.at, this.app.now())}</p><p class="keep-lines">${summary.text}</p></div>`)}</section>`
  }

  #actions(body) {
    const ask = (verb) => () => {
      this.#asking = verb
      this.paint()
    }
    return html`<div class="actions">
      ${
        body.state === 'submitted'
          ? html`<button type="button" class="button button-primary" @click=${this.#release}>${t('Release')}</button><button type="button" class="button" @click=${ask('return')}>${t('Send back')}</button>`
          : html`${this.waiting.length ? html`<a class="button" href=${`#/desk/${this.waiting[0].id}`}>${t('Next one waiting')}</a>` : nothing}
          <button type="button" class="button" @click=${ask('reopen')}>${t('Reopen')}</button>`
      }
      <button type="button" class="button" @click=${ask('comment')}>${tc('a button', 'Comment')}</button>
    </div>`
  }

  #ask() {
    const { label, hint, words } = ASKS[this.#asking]
    return keyed(
      this.#asking,
      html`<reason-form .label=${label} .hint=${hint} .words=${words} @said=${(event) => this.#said(event.detail.text)} @left=${this.#leave}></reason-form>`,
    )
  }

  #leave = () => {
    this.#asking = null
    this.paint()
  }

  #older = () => {
    this.#pages += 1
    this.reload()
  }

  #release = async () => {
    // The page stays: a second tap in haste must never release the next one.
    await this.app.save([{ id: this.id, kind: 'observation', set: { state: 'released' } }])
    this.app.announce(t('Released.'))
  }

  async #said(text) {
    const verb = this.#asking
    const { id, body } = this.reading
    const at = this.app.now()
    const by = this.app.space.person
    this.#asking = null
    if (verb === 'comment') return this.app.save([this.#review({ verb, text, at, by })])
    // The second change stands only if the first does: a reason without its return would be a lie.
    await this.app.save([
      { id, kind: 'observation', set: { state: 'draft', returned: { verb, reason: text, at, by } } },
      { ...this.#review({ verb, text, at, by, version: body }), after: 0 },
    ])
    this.app.announce(verb === 'return' ? t('Sent back.') : t('Reopened.'))
    this.app.go('#/desk')
  }

  #review(said) {
    const { observer, school } = this.reading.body
    return { new: { kind: 'review', id: this.app.newId(), body: { observation: this.id, observer, school, ...said } } }
  }
}

define('desk-screen', DeskScreen, [])
