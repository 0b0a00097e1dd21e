import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { countWords } from '../debrief-words.js'
import { define, LightElement } from '../element.js'
import { visitName } from '../room-words.js'
import { icon } from './icons.js'

/**
 * One cluster of the board: what was noticed, in how many rooms, and apart from it what the team wonders. Cards are moved by a
 * list of places. Says `move` with `{card, to}`, `away` with `{card}`, `area` with `{key}`, `untie` with `{key}`.
 */
class DebriefCluster extends LightElement {
  #moving = null

  view() {
    const { cluster, visited } = this
    const { key, notices, wonders } = cluster
    const title = key ? cluster.title : t('Not sorted yet')
    const counted = key && notices.length ? countWords(cluster, visited) : ''
    return html`<div class="section-head"><h3 id=${`cluster-${key}`}>${title}</h3>${counted ? html`<span class="quiet figures">${counted}</span>` : nothing}</div>
      ${notices.length ? this.#list(t('We notice'), notices) : nothing}
      ${wonders.length ? this.#list(t('We wonder'), wonders) : nothing}
      ${this.open && key ? this.#tools(title) : nothing}`
  }

  #tools(title) {
    const { cluster, isArea, isFull } = this
    const isEmpty = !cluster.notices.length && !cluster.wonders.length
    const named = html`<span class="visually-hidden">: ${title}</span>`
    return html`<p class="cluster">
      ${isArea || !isFull ? html`<button type="button" class="button" aria-pressed=${isArea ? 'true' : 'false'} @click=${() => this.say('area', { key: cluster.key })}>${isArea ? icon('tick') : nothing}${t('Focus area')}${named}</button>` : nothing}
      ${cluster.named && isEmpty && !isArea ? html`<button type="button" class="button" @click=${() => this.say('untie', { key: cluster.key })}>${t('Take the empty cluster away')}${named}</button>` : nothing}</p>`
  }

  #list(words, cards) {
    return html`<h4 class="quiet small">${words}</h4><ul class="cards">${cards.map((card) => this.#card(card))}</ul>`
  }

  #card({ id, body }) {
    return html`<li class="card" data-card=${id} data-sort=${body.sort}><p class="keep-lines">${body.text}</p>
      <div class="cluster"><span class="quiet small">${body.visit ? visitName(body) : nothing}</span>${this.open ? this.#hands(id, body) : nothing}</div>
      ${this.#moving === id ? this.#places(id, body) : nothing}</li>`
  }

  #hands(id, body) {
    const words = html`<span class="visually-hidden">: ${body.text}</span>`
    return html`<button type="button" class="button button-quiet" aria-expanded=${this.#moving === id ? 'true' : 'false'} @click=${() => this.#turn(id)}>${t('Move')}${words}</button>
      ${body.by === this.me ? html`<button type="button" class="button button-quiet" @click=${() => this.say('away', { card: id })}>${t('Take away')}${words}</button>` : nothing}`
  }

  #places(id, body) {
    return html`<p class="field"><label for=${`move-${id}`}>${t('Where does it belong?')}</label><select class="input" id=${`move-${id}`} @change=${(event) => this.#move(id, event.target.value)}>
      ${this.places.map(({ key, title }) => html`<option value=${key} .selected=${live(key === this.cluster.key)}>${title}</option>`)}</select>
      <span class="visually-hidden">${body.text}</span></p>`
  }

  #turn(id) {
    this.#moving = this.#moving === id ? null : id
    this.paint()
    if (this.#moving) this.querySelector(`#move-${CSS.escape(id)}`).focus()
  }

  #move(card, to) {
    this.#moving = null
    this.paint()
    this.say('move', { card, to })
  }
}

define('debrief-cluster', DebriefCluster, ['cluster', 'places', 'visited', 'me', 'open', 'isArea', 'isFull'])
