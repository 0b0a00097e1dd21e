import { html, nothing } from '../../vendor/lit-html.js'
import { readersHints } from '../../core/hints.js'
import { t, tc, tn } from '../../core/gettext.js'
import { hintWords } from '../desk-words.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/**
 * What a reader may want to ask about, folded under one line: help for a comment, never a mark for whoever wrote it.
 * Says `place` with `{line}` or `{indicator}`, and `quote` with `{text}`.
 */
class DeskHints extends LightElement {
  view() {
    const hints = readersHints(this.content, this.body)
    if (!hints.length) return nothing
    return html`<details class="desk-hints"><summary>${tn('{count} thing to look at', '{count} things to look at', hints.length)}</summary>
      <p class="small quiet">${t('Found by their words, for you alone. Words may be right where they stand.')}</p>
      <ul class="rows hints" aria-label=${t('Worth a look')}>${hints.map((hint) => html`<li class="hint-row">${this.#hint(hint)}</li>`)}</ul>
    </details>`
  }

  #hint(hint) {
    const words = hintWords(hint)
    const place = hint.line ? { line: hint.line } : { indicator: hint.part }
    return html`<button type="button" class="row" @click=${() => this.say('place', place)}><span>${words}</span>${icon('down')}</button>
      <button type="button" class="button button-quiet" @click=${() => this.say('quote', { text: this.#quoteOf(hint) })}>${t('Quote it')}<span class="visually-hidden">${tc('after Quote it', ': {hint}', { hint: words })}</span></button>`
  }

  #quoteOf({ line, what }) {
    return `“${line ? this.body.evidence[line].text : what}” `
  }
}

define('desk-hints', DeskHints, ['content', 'body'])
