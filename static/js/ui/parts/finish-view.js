import { html, nothing } from '../../vendor/lit-html.js'
import { hintsOf, unrated } from '../../core/hints.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** Each kind of hint in a sentence that says what to do. */
const SENTENCES = {
  gate: (what) => html`Not answered yet: ${what}`,
  bare: (what) => html`<strong>${what}</strong> is rated at either end, and no note is tied to it.`,
  core: (what) => html`<strong>${what}</strong> is not rated yet.`,
  judges: (what) => html`“${what}” judges. What did you see that made you write it?`,
  advises: (what) => html`“${what}” gives advice. Write what happened; advice has its place afterwards.`,
  guesses: (what) => html`“${what}” is a guess. How could you tell? Write what you saw or heard.`,
  name: (what) => html`“${what}” looks like a name. This walk keeps none.`,
}

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
      <h2 id="finish-title" tabindex="-1">Finish this visit</h2>
      <p>You can give it ${hints.length ? 'as it is' : 'now'}. Until the principal releases it you can take it back.</p>
      <p><button type="button" class="button button-primary button-large" @click=${() => this.say('give')}>Give to the principal</button></p>
      ${hints.length ? html`<h3>If you like, look at these first</h3>` : nothing}
      ${hints.length ? html`<ul class="rows hints" aria-label="Worth a look">${hints.map((hint) => html`<li class="hint-row">${this.#hint(hint)}</li>`)}</ul>` : nothing}
      ${
        open.length
          ? html`<details><summary>${open.length} not rated yet</summary><ul class="rows">${open.map(
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
      <button type="button" class="button button-quiet" @click=${() => this.say('leave', { key })}>Leave it<span class="visually-hidden">: ${words}</span></button>`
  }
}

define('finish-view', FinishView, ['content', 'body', 'visit', 'left'])
