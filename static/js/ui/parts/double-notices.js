import { html, nothing } from '../../vendor/lit-html.js'
import { factsOf } from '../../core/doubles.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'

/** What was begun twice, each with what can be done about it. Says `wish` with `{notice, wish}`. */
class DoubleNotices extends LightElement {
  view() {
    return (this.notices ?? []).map((notice) => this.#box(notice))
  }

  #box(notice) {
    const { label, tone, words } = this.#said(notice)
    return html`<aside class="note-box ${tone}" aria-label=${label}>
      <p>${words}</p>
      <p class="cluster">${this.#buttons(notice)}</p>
    </aside>`
  }

  #said(notice) {
    const { name } = notice
    const label = `Twice: ${name}`
    if (notice.what === 'done') return { label: 'Done', tone: 'note-positive', words: notice.words }
    if (notice.what === 'stops')
      return { label, tone: 'note-caution', words: `${name} is a stop of the same walk twice. Both are kept.` }
    if (notice.what === 'one-stop') return { label, tone: '', words: `${name} was a stop twice and is one now.` }
    if (notice.what === 'left') return { label, tone: 'note-caution', words: this.#leftWords(notice) }
    return { label, tone: 'note-caution', words: this.#twiceWords(notice) }
  }

  #twiceWords({ name, first, later, elsewhere, canJoin }) {
    const [one, other] = [first, later].map((each) => `at ${this.#begun(each)}${isThere(each, elsewhere)}`)
    const twice = `You began ${name} twice: ${one}, and ${other}. Both are kept.`
    return canJoin ? twice : `${twice} One of them was given already, so each stands for itself.`
  }

  #leftWords({ first, later, count, canJoin }) {
    const [one, other] = [first, later].map((each) => this.#begun(each))
    const what = count === 1 ? 'One thing is' : `${count} things are`
    const given = canJoin ? '' : ' What stands for both was given already, so it cannot be brought over.'
    return `After the visits of ${one} and ${other} were brought together, you wrote on in the one of ${other}. ${what} only there.${given}`
  }

  #begun(one) {
    return sayTime(factsOf(one).started_at, this.now)
  }

  #buttons(notice) {
    const { what, name, canJoin, later } = notice
    const about = html`<span class="visually-hidden">: ${name}</span>`
    // The second tap of two would meet what has come to stand there meanwhile: "Undo".
    const wished = (wish) => (event) => event.detail < 2 && this.say('wish', { notice, wish })
    const button = (wish, words) =>
      html`<button type="button" class="button" @click=${wished(wish)}>${words}${name ? about : nothing}</button>`
    if (what === 'done') return button('undo', 'Undo')
    if (what === 'stops') return [button('one-stop', 'Make it one stop'), button('apart', 'Keep both')]
    if (what === 'one-stop') return button('two-stops', 'Make it two stops')
    if (what === 'visits') return [canJoin ? button('join', 'Bring them together') : nothing, button('apart', 'Keep both')]
    const open = html`<a class="button" href=${`#/visit/${later.id}`}>Open it</a>`
    return [canJoin ? button('join', 'Bring it over') : nothing, open]
  }
}

function isThere({ id }, elsewhere) {
  // Of two from other tablets it would say nothing to tell them apart by.
  return elsewhere.length === 1 && elsewhere[0] === id ? ' on another tablet' : ''
}

define('double-notices', DoubleNotices, ['notices', 'now'])
