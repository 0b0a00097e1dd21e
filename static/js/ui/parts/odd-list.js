import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'

const STORES = {
  outbox: t('A change that was waiting to be sent'),
  docs: t('A record'),
  rows: t('A line of a list'),
  refused: t('A change the server did not take'),
  sent: t('A change the server has'),
}

/** Entries of this tablet's storage that cannot be read: set apart as they were found, so that all the rest goes on. */
class OddList extends LightElement {
  #leaving = null

  connectedCallback() {
    this.reload()
  }

  async reload() {
    this.odd = this.app.status.odd ? await this.app.store.listOdd() : []
    if (this.isConnected) this.paint()
  }

  view() {
    if (!this.odd?.length) return nothing
    return html`<section class="stack" aria-label=${t('Cannot be read')}>${this.odd.map((one) => this.#one(one))}</section>`
  }

  #one({ key, store, at, raw }) {
    const isAsked = this.#leaving === key
    return html`<article class="note-box note-caution">
      <p class="quiet small">${STORES[store] ?? t('An entry')} · ${sayTime(at, this.app.now())}</p>
      <h2>${t('This cannot be read on this tablet')}</h2>
      <p>${t("It was damaged in this tablet's storage. It is kept exactly as it was found, and everything else goes on without it.")}</p>
      <p class="cluster"><button type="button" class="button" @click=${() => this.app.copy(JSON.stringify(raw))}>${t('Copy it as it is')}</button>
        ${isAsked ? nothing : html`<button type="button" class="button" @click=${() => this.#ask(key)}>${t('Put away')}</button>`}</p>
      ${
        isAsked
          ? html`<p><strong>${t('Put it away for good?')}</strong> ${t('It leaves this tablet.')}</p>
        <p class="cluster"><button type="button" class="button button-danger" @click=${() => this.#putAway(key)}>${t('Put away for good')}</button>
        <button type="button" class="button" @click=${() => this.#ask(null)}>${t('Keep it')}</button></p>`
          : nothing
      }
    </article>`
  }

  #ask(key) {
    this.#leaving = key
    this.paint()
  }

  async #putAway(key) {
    await this.app.store.dropOdd(key)
    this.reload()
  }
}

define('odd-list', OddList, ['app'])
