import { html, nothing } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'

/** Texts that two tablets wrote at once: both were kept, a person folds them together. Says `folded` with `{key}`. */
class LeftBeside extends LightElement {
  view() {
    const left = Object.entries(this.also ?? {})
    if (!left.length) return nothing
    return html`<aside class="note-box note-caution" aria-label="Also written">
      <p>Two tablets wrote here at the same time. Both texts were kept; take over what is missing, then put this one away.</p>
      ${left.map(
        ([
          key,
          value,
        ]) => html`<div class="stack-tight"><p class="keep-lines">${typeof value === 'string' ? value : (value?.text ?? '')}</p>
        ${this.frozen ? nothing : html`<p><button type="button" class="button" @click=${() => this.say('folded', { key })}>Put away</button></p>`}</div>`,
      )}
    </aside>`
  }
}

define('left-beside', LeftBeside, ['also', 'frozen'])
