import { html, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'

/** Which language the app speaks, each called by its own name; a button, so that no arrow key begins the app anew. */
class LanguageChoice extends LightElement {
  view() {
    const { all, chosen } = this.app.language
    return html`<div class="stack-tight">
      <div class="cluster" role="group" aria-label=${t('Language')}>${all.map(
        ({ code, name, isWhole }) =>
          html`<span><button type="button" class="button button-quiet" lang=${code} aria-current=${code === chosen ? 'true' : nothing} @click=${() => this.app.speak(code)}>${name}</button>${isWhole ? nothing : html` <span class="small">${tc('a language', 'begun')}</span>`}</span>`,
      )}</div>
      ${this.#isSpoken() ? nothing : this.#missing()}
    </div>`
  }

  /** Where the words of the chosen one did not come, the page says in its `lang` that it speaks English. */
  #isSpoken() {
    return document.documentElement.lang === this.app.language.chosen
  }

  #missing() {
    const { all, chosen } = this.app.language
    const { name } = all.find(({ code }) => code === chosen)
    return html`<p class="note-box note-caution">${t('The words of this language are not on this tablet yet: {language}. They come with a network.', { language: name })}</p>`
  }
}

define('language-choice', LanguageChoice, ['app'])
