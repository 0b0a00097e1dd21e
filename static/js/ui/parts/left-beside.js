import { html, nothing } from '../../vendor/lit-html.js'
import { conflictsOf } from '../../core/conflict.js'
import { t } from '../../core/gettext.js'
import { TWO_VERSIONS } from '../../core/words.js'
import { versionText, whatOf } from '../conflict-words.js'
import { define, LightElement } from '../element.js'

/** Two versions of one thing, to be read: the one that stands, and the one kept beside it. */
class LeftBeside extends LightElement {
  view() {
    const conflicts = conflictsOf(this.body ?? {})
    if (!conflicts.length) return nothing
    return html`<aside class="note-box note-caution" aria-label=${t('Two versions')}>
      <p><strong>${TWO_VERSIONS}.</strong> ${t('Both versions were kept, and the observer has not chosen yet.')}</p>
      ${conflicts.map((one) => this.#both(one))}
    </aside>`
  }

  #both(one) {
    const text = (value) => versionText(one.path, value, this.content)
    return html`<div class="stack-tight"><p><strong>${whatOf(one, this.content)}</strong></p>
      <div class="versions">
        <div class="version"><p class="small quiet">${t('Stands now')}</p><p class="keep-lines">${text(one.stands)}</p></div>
        <div class="version"><p class="small quiet">${t('Also written')}</p><p class="keep-lines">${text(one.beside)}</p></div>
      </div></div>`
  }
}

define('left-beside', LeftBeside, ['body', 'content'])
