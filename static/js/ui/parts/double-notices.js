import { html, nothing } from '../../vendor/lit-html.js'
import { factsOf } from '../../core/doubles.js'
import { t, tn } from '../../core/gettext.js'
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
    if (notice.what === 'done') return { label: t('Done'), tone: 'note-positive', words: notice.words }
    const label = t('Twice: {name}', { name })
    if (notice.what === 'stops')
      return { label, tone: 'note-caution', words: t('{name} is a stop of the same walk twice. Both are kept.', { name }) }
    if (notice.what === 'one-stop') return { label, tone: '', words: t('{name} was a stop twice and is one now.', { name }) }
    if (notice.what === 'left') return { label, tone: 'note-caution', words: this.#leftWords(notice) }
    return { label, tone: 'note-caution', words: this.#twiceWords(notice) }
  }

  #twiceWords({ name, first, later, elsewhere, canJoin }) {
    const [one, other] = [first, later].map((each) => beginning(this.#begun(each), isThere(each, elsewhere)))
    const twice = t('You began {name} twice: {one}, and {other}. Both are kept.', { name, one, other })
    return canJoin ? twice : `${twice} ${t('One of them was given already, so each stands for itself.')}`
  }

  #leftWords({ first, later, count, canJoin }) {
    const [one, other] = [first, later].map((each) => this.#begun(each))
    const after = t('After the visits of {one} and {other} were brought together, you wrote on in the one of {other}.', {
      one,
      other,
    })
    const left = tn('One thing is only there.', '{count} things are only there.', count)
    const given = canJoin ? [] : [t('What stands for both was given already, so it cannot be brought over.')]
    return [after, left, ...given].join(' ')
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
    if (what === 'done') return button('undo', t('Undo'))
    if (what === 'stops') return [button('one-stop', t('Make it one stop')), button('apart', t('Keep both'))]
    if (what === 'one-stop') return button('two-stops', t('Make it two stops'))
    if (what === 'visits') return [canJoin ? button('join', t('Bring them together')) : nothing, button('apart', t('Keep both'))]
    const open = html`<a class="button" href=${`#/visit/${later.id}`}>${t('Open it')}</a>`
    return [canJoin ? button('join', t('Bring it over')) : nothing, open]
  }
}

function isThere({ id }, elsewhere) {
  // Of two from other tablets it would say nothing to tell them apart by.
  return elsewhere.length === 1 && elsewhere[0] === id
}

function beginning(time, isElsewhere) {
  return isElsewhere ? t('at {time} on another tablet', { time }) : t('at {time}', { time })
}

define('double-notices', DoubleNotices, ['notices', 'now'])
