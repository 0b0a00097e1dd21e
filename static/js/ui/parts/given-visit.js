import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { isHidden } from '../../core/observation.js'
import { keptWords } from '../../core/words.js'
import { define, LightElement } from '../element.js'
import './observation-reading.js'
import './visit-said.js'

/** An observation its observer gave away: where it is, what it says, and the way back while there is one. Says `back`. */
class GivenVisit extends LightElement {
  view() {
    const { body, content } = this
    const isReleased = body.state === 'released'
    return html`
      <aside class="note-box ${isReleased ? 'note-positive' : ''}" aria-label=${t('State')}>
        <p><strong>${isReleased ? t('Released') : isHidden(body) ? t('Given. You alone read it until the visit is revealed.') : t('Given to the principal')}</strong> <span class="quiet">${this.#where()}</span></p>
        ${
          isReleased
            ? html`<p class="quiet">${t('It no longer changes. If something is wrong, ask the principal to reopen it.')}</p>`
            : html`<p><button type="button" class="button" @click=${() => this.say('back')}>${t('Take back')}</button></p>`
        }
        ${body.together ? html`<p class="cluster">${body.revealed ? html`<a class="button" href=${`#/together/${body.visit}`}>${t('Side by side')}</a>` : nothing}<a class="button" href=${`#/hall/${body.visit}`}>${t('Hall work')}</a></p>` : nothing}
      </aside>
      ${body.focus ? html`<p class="focus-question">${body.focus}</p>` : nothing}
      ${this.app?.person ? html`<visit-said class="groups" .app=${this.app} .observation=${this.observation} .body=${body}></visit-said>` : nothing}
      <observation-reading class="groups" .content=${content} .body=${body} .look=${this.look} .rubrics=${this.rubrics}></observation-reading>`
  }

  #where() {
    if (!this.receipt) return nothing
    const words = keptWords(this.receipt, this.now)
    return this.receipt.refused ? html`${words} · <a href="#/needs">${t('Needs you')}</a>` : words
  }
}

define('given-visit', GivenVisit, ['app', 'observation', 'body', 'content', 'receipt', 'now', 'look', 'rubrics'])
