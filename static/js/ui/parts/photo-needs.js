import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { problemOf, problemWords } from '../../core/problems.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'

/** Photos that were damaged here, or that the server did not take. Says `send-again` and `put-away` with `{sha}`. */
class PhotoNeeds extends LightElement {
  #leaving = ''

  view() {
    return this.photos.map((one) => this.#one(one))
  }

  #one({ sha, record, at, damaged, problem }) {
    const { title, next } = problemWords(damaged ? problemOf('file-damaged') : (problem ?? problemOf('file-refused')))
    return html`<article class="note-box note-caution">
      <p class="quiet small">${t('A photo')} · ${sayTime(at, this.now)}</p>
      <h2>${title}</h2>
      ${next ? html`<p>${next}</p>` : nothing}
      <p class="cluster">
        <a class="button" href=${`#/visit/${record}`}>${t('Open the visit')}</a>
        ${damaged ? nothing : html`<button type="button" class="button" @click=${() => this.say('send-again', { sha })}>${t('Send it again')}</button>`}
        ${this.#leaving === sha ? nothing : html`<button type="button" class="button" @click=${() => this.#ask(sha)}>${t('Put away')}</button>`}
      </p>
      ${
        this.#leaving === sha
          ? html`<p><strong>${t('Put it away for good?')}</strong> ${t('The photo leaves this tablet, and nobody else has it.')}</p>
        <p class="cluster"><button type="button" class="button button-danger" @click=${() => this.say('put-away', { sha })}>${t('Put away for good')}</button>
        <button type="button" class="button" @click=${() => this.#ask('')}>${t('Keep it')}</button></p>`
          : nothing
      }
    </article>`
  }

  #ask(sha) {
    this.#leaving = sha
    this.paint()
  }
}

define('photo-needs', PhotoNeeds, ['photos', 'now'])
