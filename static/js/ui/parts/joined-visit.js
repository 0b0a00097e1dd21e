import { html } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import './observation-reading.js'

/** An observation that was brought together with another one: it is read here and written there. Says `apart`. */
class JoinedVisit extends LightElement {
  view() {
    const { body, content, to } = this
    return html`
      <aside class="note-box" aria-label=${t('Brought together')}>
        <p><strong>${t('This was brought together with {visit}.', { visit: otherVisit(to, this.now) })}</strong></p>
        <p>${t('What was written here was copied there. This one is kept as it was.')}</p>
        <p class="cluster">${to.record ? html`<a class="button" href=${`#/visit/${to.id}`}>${t('Open that visit')}</a>` : ''}
          <button type="button" class="button" aria-describedby="apart-hint" @click=${() => this.say('apart')}>${t('Take apart')}</button></p>
        <p class="quiet" id="apart-hint">${t('Apart, each stands for itself again. What was copied stays in both.')}</p>
      </aside>
      ${body.focus ? html`<p class="focus-question">${body.focus}</p>` : ''}
      <observation-reading class="groups" .content=${content} .body=${body} .look=${this.look} .rubrics=${this.rubrics}></observation-reading>`
  }
}

/** @param {{record: any}} to what a visit was brought together with @param {number} now */
export function otherVisit({ record }, now) {
  if (!record) return t('a visit that is not on this tablet yet')
  return t('the visit of {time}', { time: sayTime(record.body.started_at, now) })
}

define('joined-visit', JoinedVisit, ['body', 'content', 'to', 'now', 'look', 'rubrics'])
