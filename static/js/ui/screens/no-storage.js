import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, Screen } from '../element.js'

/** The browser does not open the app's storage: nothing can be read or kept, so nothing pretends to be there. */
class NoStorageScreen extends Screen {
  #stillShut = false

  async load() {
    this.canCopy = Boolean(this.app.store) && (this.app.store.unkept().length > 0 || this.app.status.secondCopy === true)
  }

  view() {
    return html`<div class="page page-narrow">
      <h1>${t('Storage cannot be opened')}</h1>
      <p>${t('The browser does not let this app read its storage on this tablet. What you wrote is still in it: nothing was deleted.')}</p>
      <p>${t('Try again. If it stays like this, close other tabs, restart the browser, and free some space on the tablet.')}</p>
      ${this.#stillShut ? html`<p class="note-box note-caution" role="status">${t('It still cannot be opened.')}</p>` : nothing}
      <p class="cluster"><button type="button" class="button button-primary" @click=${this.#again}>${t('Try again')}</button>
        ${this.canCopy ? html`<button type="button" class="button" @click=${() => this.app.saveCopy()}>${t('Save a copy')}</button>` : nothing}</p>
    </div>`
  }

  #again = async () => {
    if (this.app.isShut) return location.reload()
    await this.app.tryStorageAgain()
    this.#stillShut = this.app.status.storageTrouble === 'closed'
    if (this.isConnected) this.paint()
  }
}

define('no-storage-screen', NoStorageScreen, ['route'])
