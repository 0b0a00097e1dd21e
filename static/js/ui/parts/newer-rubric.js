import { html, nothing } from '../../vendor/lit-html.js'
import { differences } from '../../core/rubric-diff.js'
import { misfits, movingUp } from '../../core/rubric-move.js'
import { versionText, whatOf } from '../conflict-words.js'
import { define, LightElement } from '../element.js'

const WHAT = { added: 'New', removed: 'Gone', changed: 'Other words' }

/**
 * A newer version of the rubric of an open draft. The draft stays on its version until its observer has seen what changes and
 * says so. Says `move` with `{set}`, and `stay`.
 */
class NewerRubric extends LightElement {
  view() {
    const { rubric, newer, body } = this
    const [old, next] = [rubric.body.content, newer.body.content]
    const changed = differences(old, next)
    const lost = misfits(body, old, next)
    return html`<aside class="note-box" aria-label="A newer version of the rubric">
      <p><strong>Version ${next.version} of this rubric is here.</strong> This visit stays on version ${old.version} unless you move it.</p>
      <details><summary>What changes (${changed.length})</summary>
        <ul class="rows">${changed.map(({ what, place, was, now }) => html`<li><p class="small"><span class="quiet">${WHAT[what]}: ${place}</span></p>${was ? html`<p class="small"><del>${was}</del></p>` : nothing}${now ? html`<p class="small"><ins>${now}</ins></p>` : nothing}</li>`)}</ul></details>
      ${lost.length ? html`<p>${lost.length === 1 ? 'One answer has' : `${lost.length} answers have`} no place in it and would stand as ${lost.length === 1 ? 'a note' : 'notes'}: ${lost.map(({ path, value }) => whatOf({ path, stands: value }, old)).join(', ')}.</p>` : html`<p>Everything you answered has its place in it.</p>`}
      <p class="cluster"><button type="button" class="button" @click=${() => this.#move(old, next)}>Move this visit to version ${next.version}</button>
        <button type="button" class="button button-quiet" @click=${() => this.say('stay')}>Stay on version ${old.version}</button></p>
    </aside>`
  }

  #move(old, next) {
    const words = ({ path, value }) => `${whatOf({ path, stands: value }, old)}: ${versionText(path, value, old)}`
    const { newId, now, newer, body } = this
    this.say('move', { set: movingUp(body, old, next, { rubric: newer.id, newId, now: now(), words }) })
  }
}

define('newer-rubric', NewerRubric, ['rubric', 'newer', 'body', 'newId', 'now'])
