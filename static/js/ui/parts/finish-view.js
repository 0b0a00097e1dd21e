import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { hintsOf, unrated } from '../../core/hints.js'
import { define, LightElement } from '../element.js'
import { fill } from '../fill.js'
import { icon } from './icons.js'

/** Each kind of hint in a sentence that says what to do. */
const SENTENCES = {
  gate: (question) => t('Not answered yet: {question}', { question }),
  bare: (title) => fill(t('{title} is rated at either end, and no note is tied to it.'), strong(title)),
  core: (title) => fill(t('{title} is not rated yet.'), strong(title)),
  judges: (word) => t('“{word}” judges. What did you see that made you write it?', { word }),
  advises: (word) => t('“{word}” gives advice. Write what happened; advice has its place afterwards.', { word }),
  guesses: (word) => t('“{word}” is a guess. How could you tell? Write what you saw or heard.', { word }),
  name: (word) => t('“{word}” looks like a name. This walk keeps none.', { word }),
}
const strong = (title) => ({ title: html`<strong>${title}</strong>` })

/**
 * The last look before the notes are handed over: hints in one list, each a tap from its place, never a lock.
 * Says `give`, and `leave` with `{key}` for a hint that its reader lets be.
 */
class FinishView extends LightElement {
  view() {
    const { content, body, visit } = this
    const left = new Set(this.left ?? [])
    const hints = hintsOf(content, body).filter(({ key }) => !left.has(key))
    const open = unrated(content, body).filter((one) => !hints.some(({ key }) => key === `core:${one.id}`))
    return html`<section class="stack" aria-labelledby="finish-title">
      <h2 id="finish-title" tabindex="-1">${t('Finish this visit')}</h2>
      <p>${body.together ? t('You walk as a team: the others and the principal read it once the visit is revealed. Ratings then stay as they are.') : hints.length ? t('You can give it as it is. Until the principal releases it you can take it back.') : t('You can give it now. Until the principal releases it you can take it back.')}</p>
      <p><button type="button" class="button button-primary button-large" @click=${() => this.say('give')}>${body.together ? t('Give') : t('Give to the principal')}</button></p>
      ${hints.length ? html`<h3>${t('If you like, look at these first')}</h3>` : nothing}
      ${hints.length ? html`<ul class="rows hints" aria-label=${t('Worth a look')}>${hints.map((hint) => html`<li class="hint-row">${this.#hint(hint)}</li>`)}</ul>` : nothing}
      ${
        open.length
          ? html`<details><summary>${tn('{count} not rated yet', '{count} not rated yet', open.length)}</summary><ul class="rows">${open.map(
              ({ id, title }) =>
                html`<li><a class="row" href=${`#/visit/${visit}/${id}`}><span class="title">${title}</span></a></li>`,
            )}</ul></details>`
          : nothing
      }
    </section>`
  }

  #hint({ key, kind, what, part, line }) {
    const words = SENTENCES[kind](what)
    return html`<a class="row" href=${`#/visit/${this.visit}/${part}${line ? `/${line}` : ''}`}><span>${words}</span>${icon('next')}</a>
      <button type="button" class="button button-quiet" @click=${() => this.say('leave', { key })}>${t('Leave it')}<span class="visually-hidden">: ${words}</span></button>`
  }
}

define('finish-view', FinishView, ['content', 'body', 'visit', 'left'])
