import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { path } from '../../core/observation.js'
import { BROUGHT_BACK } from '../../core/words.js'
import { define, LightElement } from '../element.js'
import './evidence-line.js'

/**
 * The script of a visit. It is an element of its own so that a long one is left alone while something else on the screen moves.
 * Says what its lines say, and `move`, `split` and `join`.
 */
class ScriptLines extends LightElement {
  view() {
    const { lines, content, form, visit } = this
    if (!lines.length)
      return html`<p class="empty">${t('What students say and do, as you see it. Each note keeps its time.')}</p>`
    return html`<ol class="script">${lines.map((line, at) =>
      keyed(
        line.id,
        html`<li><evidence-line .line=${line} .content=${content} .form=${form} .visit=${visit} .isFirst=${at === 0} .isLast=${at === lines.length - 1}></evidence-line>${this.#broughtBack(line)}</li>`,
      ),
    )}</ol>`
  }

  #broughtBack({ id }) {
    return this.revived?.[path.evidence(id)] ? html`<p class="small quiet">${BROUGHT_BACK}</p>` : nothing
  }
}

define('script-lines', ScriptLines, ['lines', 'content', 'form', 'visit', 'revived'])
