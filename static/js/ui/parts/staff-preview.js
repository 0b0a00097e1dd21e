import { html, nothing } from '../../vendor/lit-html.js'
import { listed, t } from '../../core/gettext.js'
import { keptBack, staffView } from '../../core/staff-view.js'
import { KEPT_BACK_WORDS } from '../desk-words.js'
import { define, LightElement } from '../element.js'
import { visitName } from '../room-words.js'
import './observation-reading.js'

/** Exactly what staff may see of an observation once it is released, and in words what they do not. */
class StaffPreview extends LightElement {
  view() {
    const { body, content } = this
    const kept = keptBack(body).map((group) => KEPT_BACK_WORDS[group])
    return html`<header class="stack"><h1 tabindex="-1">${t('What staff may see')}</h1>
        <p>${body.state === 'released' ? t('This much, and no more, may be shown to the school’s staff.') : t('Once it is released, this much and no more may be shown to the school’s staff.')}</p>
        <p class="quiet">${t('Not shown: the room, the observer’s name, the times, and what was said at the desk.')}
          ${kept.length ? t('Also not shown: {things}.', { things: listed(kept) }) : nothing}</p></header>
      <section class="groups staff-sheet" aria-label=${visitName(body)}><p class="focus-question">${visitName(body)}</p>
        ${body.focus ? html`<p><span class="quiet">${t('Focus:')}</span> ${body.focus}</p>` : nothing}
        <observation-reading class="groups" .content=${content} .body=${staffView(body)}></observation-reading></section>`
  }
}

define('staff-preview', StaffPreview, ['body', 'content'])
