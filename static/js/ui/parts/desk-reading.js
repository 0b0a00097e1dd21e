import { html, nothing } from '../../vendor/lit-html.js'
import { releasedAt } from '../../core/feedback.js'
import { t } from '../../core/gettext.js'
import { sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import { visitName } from '../room-words.js'
import { icon } from './icons.js'
import './desk-hints.js'
import './observation-reading.js'
import './room-replies.js'
import './said-so-far.js'
import './version-history.js'

/**
 * One observation on a desk: what became of it so far, then what it says. `reading` is what the desk read of it, `desk` all the
 * rest. Says `quote` with `{text}`.
 */
class DeskReading extends LightElement {
  view() {
    const { current, chosen, rubric, body, reviews, versions, thanks, id } = this.reading
    const { people, library } = this.desk
    const { content } = rubric.body
    const isOlder = Boolean(chosen && current)
    return html`<header class="stack">
        <h1 tabindex="-1">${visitName(body)}</h1>
        <p class="quiet">${this.#facts(body)}</p>
        ${body.focus ? html`<p class="focus-question">${body.focus}</p>` : nothing}
        ${chosen ? this.#wentBack(chosen, isOlder) : body.state === 'released' ? this.#released(body) : nothing}
        ${current && !chosen ? html`<p><a class="button" href=${`#/desk/${id}/staff`}>${t('What staff may see')}</a></p>` : nothing}
      </header>
      ${chosen ? nothing : html`<desk-hints .content=${content} .body=${body} @place=${this.#onPlace}></desk-hints>`}
      ${
        isOlder
          ? nothing
          : html`<version-history .versions=${current ? versions : versions.filter((one) => one !== chosen)} .body=${current} .content=${content} .people=${people} .now=${this.now}></version-history>
      <said-so-far .reviews=${reviews.filter(({ summary }) => summary.verb === 'comment')} .thanks=${thanks} .people=${people} .now=${this.now}></said-so-far>
      <room-replies .app=${this.app} .observation=${id} .isDesk=${current?.state === 'released'}></room-replies>`
      }
      <observation-reading class="groups" .content=${content} .body=${body} .look=${this.look} .rubrics=${library}></observation-reading>`
  }

  #facts(body) {
    const short = body.form === 'short' ? t('short form') : ''
    const facts = [this.reading.rubric.body.title, this.desk.people.get(body.observer), sayTime(body.started_at, this.now), short]
    return facts.filter(Boolean).join(' · ')
  }

  /** A version that is not the newest says so before anything else in it is read. */
  #wentBack({ verb, at, text }, isOlder) {
    const time = sayTime(at, this.now)
    return html`<div class="note-box note-caution"><p><strong>${verb === 'reopen' ? t('Reopened {time}.', { time }) : t('Sent back {time}.', { time })}</strong>
        ${isOlder ? t('This is how it was then.') : t('It is with its observer. This is how it was when it went back.')}</p>
      <p class="keep-lines">${text}</p></div>`
  }

  #released(body) {
    const at = releasedAt(body)
    const words = this.reading.receipt?.waiting ? t('Released, waiting to be sent') : t('Released')
    return html`<p class="tag" data-tone="positive">${icon('safe')} ${words}${at ? ` · ${sayTime(at, this.now)}` : nothing}</p>`
  }

  #onPlace = ({ detail: { line, indicator } }) => {
    const found = this.querySelector(line ? `[data-line="${CSS.escape(line)}"]` : `[data-indicator="${CSS.escape(indicator)}"]`)
    if (!found) return
    found.tabIndex = -1
    found.scrollIntoView({ block: 'center' })
    found.focus({ preventScroll: true })
  }
}

define('desk-reading', DeskReading, ['app', 'reading', 'desk', 'now', 'look'])
