import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { problemWords } from '../../core/problems.js'
import { sayTime } from '../../core/time.js'
import { HELD, TWO_VERSIONS } from '../../core/words.js'
import { define, Screen } from '../element.js'
import { sentence } from '../parts/status-line.js'
import '../parts/odd-list.js'
import '../parts/photo-needs.js'

const KINDS = {
  observation: t('A visit'),
  visit: t('A visit'),
  visit_room: t('The room of a visit'),
  walk: t('A walk'),
  review: t('Words to an observer'),
  agreement: t('An agreement'),
  coaching_step: t('A step for a teacher'),
  consensus: t('What your team agrees on'),
  card: t('A card of the debrief'),
  next_step: t('A next step'),
  reply: t('An answer to a room'),
}

const STEP_WORDS = ['strength', 'question', 'step', 'look_for']

/** What the server did not take: why, what to do next, and every word of it still here. */
class NeedsScreen extends Screen {
  #leaving = null

  async load() {
    this.needs = await this.app.store.needsYou()
    this.photos = await (await this.app.store.files()).needing()
    this.conflicts = await this.app.store.recordsInConflict()
  }

  view() {
    if (!this.ready) return html`<div class="page"><h1>${t('Needs you')}</h1></div>`
    const held = this.needs.filter(({ verdict }) => verdict === 'held')
    const isOnlyHeld = held.length === this.needs.length + this.photos.length + (this.app.status.odd ?? 0)
    return html`<div class="page page-narrow">
      <h1>${t('Needs you')}</h1>
      ${this.conflicts.length ? this.conflicts.map((one) => this.#conflict(one)) : nothing}
      ${
        this.needs.length || this.photos.length || this.app.status.odd
          ? html`${isOnlyHeld ? nothing : html`<p>${t('These were not taken as they are. Nothing is lost: all of it is kept on this tablet until you put it away yourself.')}</p>`}
        <odd-list .app=${this.app}></odd-list>
        <photo-needs class="groups" .photos=${this.photos} .now=${this.app.now()} @send-again=${this.#sendPhoto} @put-away=${this.#leavePhoto}></photo-needs>
        ${this.needs.filter(({ verdict }) => verdict !== 'held').map((one) => this.#one(one))}
        ${held.length ? this.#held(held) : nothing}
        <p><button type="button" class="button" @click=${() => this.app.saveCopy()}>${t('Save a copy')}</button></p>`
          : this.conflicts.length
            ? nothing
            : html`<div class="empty"><p>${t('Nothing needs you. If the server ever does not take something, it stands here with the reason.')}</p><p><a class="button" href="#/">${t('Today')}</a></p></div>`
      }
    </div>`
  }

  #conflict({ id, kind }) {
    const where = { walk: `#/walk/${id}`, coaching_step: '#/coaching' }[kind] ?? `#/visit/${id}`
    return html`<article class="note-box note-caution">
      <p class="quiet small">${KINDS[kind] ?? t('A record')}</p>
      <h2>${TWO_VERSIONS}</h2>
      <p>${t('Nothing was lost: both versions are kept side by side. Look at them, and choose what stands.')}</p>
      <p><a class="button" href=${where}>${t('See the two versions')}</a></p>
    </article>`
  }

  /** One visit can be kept in many changes; to its person it is one thing, and not theirs to settle. */
  #held(held) {
    const came = tn(
      '{count} change came in after your role or an agreement had ended.',
      '{count} changes came in after your role or an agreement had ended.',
      held.length,
    )
    return html`<article class="note-box note-caution">
      <p class="quiet small">${sayTime(Math.max(...held.map(({ at }) => at)), this.app.now())}</p>
      <h2>${sentence(HELD)}</h2>
      <p>${came} ${t('All of it is on the server, and the lead of the district decides about it. There is nothing you need to do.')}</p>
      <p><button type="button" class="button" @click=${() => this.#putAllAway(held)}>${t('Put this message away')}</button></p>
    </article>`
  }

  #one(one) {
    const { cid, kind, id, problem, at, change, verdict } = one
    const { title, next } = problemWords(problem)
    const text = textOf(change)
    return html`<article class="note-box note-caution">
      <p class="quiet small">${KINDS[kind] ?? t('A record')} · ${sayTime(at, this.app.now())}</p>
      <h2>${title}</h2>
      ${next ? html`<p>${next}</p>` : nothing}
      ${text ? html`<details><summary>${t('What was in it')}</summary><p class="keep-lines">${text}</p></details>` : nothing}
      <p class="cluster">
        ${kind === 'observation' ? html`<a class="button" href=${`#/visit/${id}`}>${t('Open the visit')}</a>` : nothing}
        ${text ? html`<button type="button" class="button" @click=${() => this.app.copy(text)}>${t('Copy the text')}</button>` : nothing}
        ${['refused', 'stuck'].includes(verdict) ? html`<button type="button" class="button" @click=${() => this.app.tryAgain(cid)}>${t('Try again')}</button>` : nothing}
        ${this.#leaving === cid ? nothing : html`<button type="button" class="button" @click=${() => this.#ask(cid)}>${t('Put away')}</button>`}
      </p>
      ${
        this.#leaving === cid
          ? html`<p><strong>${t('Put it away for good?')}</strong> ${t('What was written in it leaves this tablet.')}</p>
        <p class="cluster"><button type="button" class="button button-danger" @click=${() => this.#putAway(cid)}>${t('Put away for good')}</button>
        <button type="button" class="button" @click=${() => this.#ask(null)}>${t('Keep it')}</button></p>`
          : nothing
      }
    </article>`
  }

  #sendPhoto = async ({ detail: { sha } }) => {
    await (await this.app.store.files()).sendAgain(sha)
    this.app.sendNow()
    this.reload()
  }

  #leavePhoto = async ({ detail: { sha } }) => {
    await (await this.app.store.files()).putAway(sha)
    this.reload()
  }

  #ask(cid) {
    this.#leaving = cid
    this.paint()
  }

  async #putAllAway(held) {
    for (const { cid } of held) await this.app.store.dismiss(cid)
    this.reload()
  }

  async #putAway(cid) {
    await this.app.store.dismiss(cid)
    this.#leaving = null
    this.reload()
  }
}

/** Every text a person wrote in a change, one on a line. */
function textOf(change) {
  const found = []
  const walk = (value) => {
    if (value?.text && typeof value.text === 'string') found.push(value.text)
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  const said = change?.new ?? change?.set ?? {}
  walk(said)
  for (const [path, value] of Object.entries(change?.set ?? {}))
    if (typeof value === 'string' && /^(answers|context)\//.test(path)) found.push(value)
  for (const named of Object.values(change?.set ?? {})) if (typeof named?.title === 'string') found.push(named.title)
  for (const field of ['focus', 'problem', 'title']) if (typeof change?.new?.[field] === 'string') found.push(change.new[field])
  for (const field of STEP_WORDS) if (said[field]) found.push(said[field])
  return found.join('\n')
}

define('needs-screen', NeedsScreen, ['route'])
