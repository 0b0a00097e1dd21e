import { html, nothing } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'
import { hintsFor } from '../rubric-view.js'

/** The last look before the notes are handed over: hints, never a lock. Says `give`. */
class FinishView extends LightElement {
  view() {
    const { content, body, visit } = this
    const { open, bare, untied, gates } = hintsFor(content, body)
    const nothingLeft = !open.length && !bare.length && !untied.length && !gates.length
    const link = (one) =>
      html`<li><a class="row" href=${`#/visit/${visit}/${one.id}`}><span class="title">${one.title}</span></a></li>`
    return html`<section class="stack" aria-labelledby="finish-title">
      <h2 id="finish-title" tabindex="-1">Finish this visit</h2>
      <p>${nothingLeft ? 'Everything is answered.' : 'You can give it as it is. If you like, look at these first:'}</p>
      ${gates.map((gate) => html`<p class="note-box note-caution"><a href=${`#/visit/${visit}/indicators`}>${gate.question}</a></p>`)}
      ${bare.length ? html`<h3>Rated at either end, with no note tied</h3><ul class="rows">${bare.map(link)}</ul>` : nothing}
      ${open.length ? html`<details><summary>${open.length} not rated yet</summary><ul class="rows">${open.map(link)}</ul></details>` : nothing}
      ${untied.length ? html`<p class="quiet">${untied.length} ${untied.length === 1 ? 'note is' : 'notes are'} tied to no indicator. That is fine.</p>` : nothing}
      <p class="quiet">Until the principal releases it you can take it back.</p>
      <p><button type="button" class="button button-primary button-large" @click=${() => this.say('give')}>Give to the principal</button></p>
    </section>`
  }
}

define('finish-view', FinishView, ['content', 'body', 'visit'])
