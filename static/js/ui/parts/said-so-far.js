import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { SAID_WORDS } from '../desk-words.js'
import { define, LightElement } from '../element.js'

/** What the desk and the observer said to each other about an observation, in the order it was said; empty where nobody did. */
class SaidSoFar extends LightElement {
  view() {
    const said = [
      ...this.reviews.map(({ summary }) => ({ ...summary, what: SAID_WORDS[summary.verb] })),
      ...this.thanks.map(({ body }) => ({ ...body, what: thankedWords(body), text: body.noticed })),
    ]
    if (!said.length) return nothing
    return html`<section class="stack" aria-labelledby="reviews-title"><h2 id="reviews-title">${t('Said so far')}</h2>
      ${said.sort((a, b) => a.at - b.at).map((one) => this.#note(one))}</section>`
  }

  #note({ what, by, at, text }) {
    const about = [what, this.people.get(by) ?? t('The principal'), sayTime(at, this.now)]
    return html`<div class="note-box"><p class="small quiet">${about.join(' · ')}</p><p class="keep-lines">${text}</p></div>`
  }
}

function thankedWords({ to, number }) {
  if (to === 'observer') return t('Thank you to the observer. We noticed')
  return number
    ? t('Thank you to the room of visit {number}. We noticed', { number: String(number) })
    : t('Thank you to the school. We noticed')
}

define('said-so-far', SaidSoFar, ['reviews', 'thanks', 'people', 'now'])
