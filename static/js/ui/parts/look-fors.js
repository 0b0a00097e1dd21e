import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

/** What a walk looks for, read from the walk where it is on the tablet: one line folded away, or open where it is planned. */
class LookFors extends LightElement {
  #lines = []
  #onChanged = ({ detail }) => (!detail?.ids || detail.ids.includes(this.walk)) && this.#read()

  connectedCallback() {
    this.app.store.addEventListener('changed', this.#onChanged)
    this.#read()
  }

  disconnectedCallback() {
    this.app.store.removeEventListener('changed', this.#onChanged)
  }

  async #read() {
    const walk = await this.app.store.read(this.walk)
    this.#lines = (walk?.body.look_fors ?? '').split('\n').filter((line) => line.trim())
    if (this.isConnected) this.paint()
  }

  view() {
    if (!this.#lines.length) return nothing
    return html`<details class="look-fors" ?open=${this.open}><summary>${t('Look for')}</summary>
      <ul class="plain-list">${this.#lines.map((line) => html`<li>${line}</li>`)}</ul></details>`
  }
}

define('look-fors', LookFors, ['app', 'walk', 'open'])
