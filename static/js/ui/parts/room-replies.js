import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import './reason-form.js'

/** What a room said, for who reads it. */
const SAYS = {
  acknowledge: t('The room has read it'),
  context: t('The room adds'),
  thanks: t('The room says thank you'),
  correction: t('The room asks for a correction'),
  contest: t('The room sees it differently'),
}
const OF_THE_DESK = ['correction', 'contest']

/**
 * What the room replied to an observation, and an answer to it by its observer or the desk. Reads and saves for itself, also
 * without a network. Where it can be reopened (`isDesk`) says `reopen` with `{text}`.
 */
class RoomReplies extends LightElement {
  #replies = []
  #people = new Map()
  #answering = null
  #onChanged = ({ detail }) => (!detail?.kinds || detail.kinds.includes('reply')) && this.#load()

  connectedCallback() {
    this.app.store?.addEventListener('changed', this.#onChanged)
    this.#load()
  }

  disconnectedCallback() {
    this.app.store?.removeEventListener('changed', this.#onChanged)
  }

  async #load() {
    const [replies, people] = await Promise.all(['reply', 'person'].map((kind) => this.app.store.all(kind)))
    this.#replies = replies.sort((a, b) => a.body.at - b.body.at)
    this.#people = new Map(people.map(({ id, body }) => [id, body.name]))
    if (this.isConnected) this.paint()
  }

  view() {
    const here = this.#replies.filter(({ body }) => body.observation === this.observation)
    if (!here.length) return nothing
    return html`<section class="stack" aria-labelledby="replies-title"><h2 id="replies-title">${t('From the room')}</h2>
      ${here.map((one) => this.#reply(one))}</section>`
  }

  #reply({ id, body }) {
    const { says, text, answer } = body
    const about = (who, at) => html`<p class="small quiet">${who} · ${sayTime(at, this.app.now())}</p>`
    return html`<div class="note-box stack-tight">${about(SAYS[says] ?? t('The room'), body.changed_at ?? body.at)}
      ${text ? html`<p class="keep-lines">${text}</p>` : nothing}
      ${answer ? html`${about(this.#people.get(answer.by) ?? t('The principal'), answer.at)}<p class="keep-lines">${answer.text}</p>` : this.#way(id, body)}</div>`
  }

  #way(id, { says, text }) {
    if (this.#answering === id)
      return html`<reason-form .label=${t('Your answer')} .hint=${t('The room, its visitor and the principal read it. Then neither changes any more.')} .words=${t('Answer')}
        @said=${({ detail }) => this.#answer(id, detail.text)} @left=${() => this.#turn(null)}></reason-form>`
    const mayReopen = this.isDesk && OF_THE_DESK.includes(says)
    return html`<p class="cluster"><button type="button" class="button" @click=${() => this.#turn(id)}>${t('Answer')}</button>
      ${mayReopen ? html`<button type="button" class="button" @click=${() => this.say('reopen', { text })}>${t('Reopen with this reason')}</button>` : nothing}</p>`
  }

  #turn(id) {
    this.#answering = id
    this.paint()
  }

  async #answer(id, text) {
    this.#answering = null
    const answer = { text, at: this.app.now(), by: this.app.space.person }
    await this.app.save([{ id, kind: 'reply', set: { answer } }])
  }
}

define('room-replies', RoomReplies, ['app', 'observation', 'isDesk'])
