import { html, nothing } from '../../vendor/lit-html.js'
import { t, tc, tn } from '../../core/gettext.js'
import { differences } from '../../core/rubric-diff.js'
import { misfits, movingUp } from '../../core/rubric-move.js'
import { versionText, whatOf } from '../conflict-words.js'
import { define, LightElement } from '../element.js'

const WHAT = { added: tc('of a rubric', 'New'), removed: tc('of a rubric', 'Gone'), changed: tc('of a rubric', 'Other words') }

/**
 * A newer version of the rubric of an open draft. The draft stays on its version until its observer has seen what changes and
 * says so. Says `move` with `{set}`, and `stay`.
 */
class NewerRubric extends LightElement {
  view() {
    const { body } = this
    const [old, next] = this.#contents()
    const [own, newest] = [String(old.version), String(next.version)]
    const changed = differences(old, next)
    const lost = misfits(body, old, next)
    return html`<aside class="note-box" aria-label=${t('A newer version of the rubric')}>
      <p><strong>${t('Version {version} of this rubric is here.', { version: newest })}</strong> ${t('This visit stays on version {version} unless you move it.', { version: own })}</p>
      <details><summary>${t('What changes ({count})', { count: changed.length })}</summary>
        <ul class="rows">${changed.map(({ what, place, was, now }) => html`<li><p class="small"><span class="quiet">${WHAT[what]}: ${place}</span></p>${was ? html`<p class="small"><del>${was}</del></p>` : nothing}${now ? html`<p class="small"><ins>${now}</ins></p>` : nothing}</li>`)}</ul></details>
      ${lost.length ? html`<p>${lostWords(lost, this.rubric.body.content)}</p>` : html`<p>${t('Everything you answered has its place in it.')}</p>`}
      <p class="cluster"><button type="button" class="button" @click=${() => this.#move(old, next)}>${t('Move this visit to version {version}', { version: newest })}</button>
        <button type="button" class="button button-quiet" @click=${() => this.say('stay')}>${t('Stay on version {version}', { version: own })}</button></p>
    </aside>`
  }

  /** As they were published: a text is no other one because only one of them is translated. */
  #contents() {
    return [this.rubric, this.newer].map(({ original }) => original.body.content)
  }

  #move(old, next) {
    const { content } = this.rubric.body
    const words = ({ path, value }) => `${whatOf({ path, stands: value }, content)}: ${versionText(path, value, content)}`
    const { newId, now, newer, body } = this
    this.say('move', { set: movingUp(body, old, next, { rubric: newer.id, newId, now: now(), words }) })
  }
}

function lostWords(lost, content) {
  const what = lost.map(({ path, value }) => whatOf({ path, stands: value }, content)).join(', ')
  return tn(
    'One answer has no place in it and would stand as a note: {what}.',
    '{count} answers have no place in it and would stand as notes: {what}.',
    lost.length,
    { what },
  )
}

define('newer-rubric', NewerRubric, ['rubric', 'newer', 'body', 'newId', 'now'])
