import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { clockOf } from '../rubric-view.js'

const WHY_NOT = {
  missing: t('This photo is not on the server. If the tablet it was taken with still has it, it comes by itself.'),
  damaged: t(
    'This photo was damaged on this tablet. The notes are as they were. Take it away, and photograph it again if you can.',
  ),
  'no-network': t('This photo is not on this tablet yet. It comes when there is a network.'),
  'signed-out': t('This photo is not on this tablet yet. Sign in to fetch it.'),
  'server-trouble': t('The server could not show this photo at the moment.'),
}
const MAY_COME = ['missing', 'no-network', 'server-trouble']

/** One photo, from this tablet or from the server, small and on a tap large; or why it cannot be shown. */
class PhotoView extends LightElement {
  #url = ''
  #trouble = ''

  connectedCallback() {
    super.connectedCallback()
    this.#load()
  }

  disconnectedCallback() {
    URL.revokeObjectURL(this.#url)
    this.#url = ''
  }

  #load = async () => {
    const { bytes, type, trouble } = await this.look(this.photo.sha)
    if (!this.isConnected) return
    this.#trouble = trouble ?? ''
    if (bytes) this.#url = URL.createObjectURL(new Blob([bytes], { type }))
    this.paint()
  }

  get #name() {
    return this.photo.alt || t('Photo of {time}', { time: clockOf(this.photo.at) })
  }

  view() {
    const { alt, at } = this.photo
    return html`<figure class="photo">
      ${this.#url ? this.#picture() : this.#placeholder()}
      <figcaption><time datetime=${new Date(at).toISOString()}>${clockOf(at)}</time>${alt ? html` <span>${alt}</span>` : nothing}</figcaption>
    </figure>
    <dialog class="photo-large" aria-label=${this.#name}>
      <p><button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>${t('Close')}</button></p>
      ${this.#url ? html`<img src=${this.#url} alt=${this.#name}>` : nothing}
    </dialog>`
  }

  #picture() {
    const { width, height } = this.photo
    return html`<button type="button" class="photo-open" aria-label=${t('Look at it large: {name}', { name: this.#name })} @click=${() => this.querySelector('dialog').showModal()}>
      <img src=${this.#url} alt="" width=${width} height=${height}></button>`
  }

  #placeholder() {
    if (!this.#trouble) return html`<p class="photo-none quiet">${t('Opening…')}</p>`
    return html`<div class="photo-none" data-trouble=${this.#trouble}><p>${WHY_NOT[this.#trouble]}</p>
      ${MAY_COME.includes(this.#trouble) ? html`<p><button type="button" class="button" @click=${this.#load}>${t('Try again')}<span class="visually-hidden">: ${this.#name}</span></button></p>` : nothing}</div>`
  }
}

define('photo-view', PhotoView, ['photo', 'look'])
