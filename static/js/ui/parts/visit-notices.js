import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import './conflict-choice.js'
import './visit-said.js'

/** What stands above the script: why it came back, what another tablet wrote at the same time, the focus. Says `chosen`. */
class VisitNotices extends LightElement {
  view() {
    const { body } = this
    return html`${body.returned ? this.#returned(body.returned) : nothing}
      ${body.returned && this.app?.person ? html`<visit-said class="groups" .app=${this.app} .observation=${this.observation} .body=${body}></visit-said>` : nothing}
      ${body.also ? html`<conflict-choice .body=${body} .content=${this.content} .authors=${this.authors} .mine=${true} .now=${this.now}></conflict-choice>` : nothing}
      ${body.focus ? html`<p><span class="quiet">${t('Focus:')}</span> ${body.focus}</p>` : nothing}`
  }

  #returned({ reason, verb, at }) {
    return html`<aside class="note-box note-caution" aria-label=${t('Sent back')}>
      <p><strong>${verb === 'reopen' ? t('Reopened') : t('Sent back')}</strong> <span class="quiet">${sayTime(at, this.now)}</span></p>
      <p class="keep-lines">${reason}</p>
      <p class="quiet">${t('Ratings and counts stay as they were given; notes and words can change.')}</p>
    </aside>`
  }
}

define('visit-notices', VisitNotices, ['app', 'observation', 'body', 'content', 'authors', 'now'])
