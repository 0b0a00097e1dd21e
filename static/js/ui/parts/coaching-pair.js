import { html, nothing } from '../../vendor/lit-html.js'
import { lastGiven, standingOf, stepsUnder } from '../../core/coaching.js'
import { t } from '../../core/gettext.js'
import { roomsWords, sinceWords } from '../coaching-words.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'
import './room-choice.js'
import './step-closing.js'
import './step-reading.js'
import './sure-button.js'

/**
 * One agreement with everything under it, for either of its two people. Says `write`, `close` with `{step, uptake, text}`, `over`
 * with `{agreement}`, `room` with `{id, is}`.
 */
class CoachingPair extends LightElement {
  #isClosing = false

  get #isMine() {
    return this.agreement.body.coach === this.zone.me
  }

  view() {
    const { zone, agreement } = this
    const { id, body } = agreement
    const standing = standingOf(body)
    const all = stepsUnder(zone.steps, id)
    // A coach whose agreement is over reads nothing more, also before the tablet was told to forget.
    const steps = standing === 'over' && this.#isMine ? [] : all
    const last = lastGiven(steps)
    const rooms = roomsWords(body, zone.rooms)
    return html`<p class="back"><a class="button button-quiet" href="#/coaching">${icon('back')} ${t('Coaching')}</a></p>
      <header class="stack-tight"><h1 tabindex="-1">${zone.name(this.#isMine ? body.teacher : body.coach)}</h1>
        <p class="quiet">${[sinceWords(body, zone.now), rooms].filter(Boolean).join(' · ')}</p></header>
      ${standing === 'over' && body.agreed ? html`<p class="note-box">${this.#afterwards(all)}</p>` : nothing}
      ${last && !last.body.closed ? this.#open(last) : nothing}
      ${standing === 'agreed' && this.#isMine ? this.#writing(steps) : nothing}
      ${this.#earlier(steps.filter((one) => one.body.state === 'given' && (one !== last || one.body.closed)))}
      ${standing === 'over' ? nothing : this.#ending(body)}`
  }

  #afterwards(steps) {
    if (!this.#isMine)
      return t('Your steps stay with you. They leave the tablets of your coach at the next contact with the server.')
    return steps.length
      ? t('The steps leave this tablet at its next contact with the server. The teacher keeps them.')
      : t('The steps have left this tablet. The teacher keeps them.')
  }

  #writing(steps) {
    const draft = steps.find(({ body }) => body.state === 'draft')
    return html`<p>${draft ? html`<a class="button button-primary" href=${`#/coaching/${this.agreement.id}/${draft.id}`}>${t('Go on with the draft')}</a>` : html`<button type="button" class="button button-primary" @click=${() => this.say('write')}>${t('Write a step')}</button>`}</p>`
  }

  #open(last) {
    return html`<section class="stack" aria-labelledby="last-title"><h2 id="last-title" class="section-head">${t('Last step')}</h2>
      <step-reading class="stack" .step=${last.body} .now=${this.zone.now}></step-reading>
      ${this.#isMine && standingOf(this.agreement.body) === 'agreed' ? this.#closing(last) : nothing}</section>`
  }

  #closing(last) {
    if (!this.#isClosing)
      return html`<p><button type="button" class="button" @click=${() => this.#turn(true)}>${t('Close it with evidence')}</button></p>`
    return html`<step-closing @left=${() => this.#turn(false)} @closed=${({ detail }) => {
      this.#turn(false)
      this.say('close', { step: last, ...detail })
    }}></step-closing>`
  }

  #turn(isClosing) {
    this.#isClosing = isClosing
    this.paint()
  }

  #earlier(steps) {
    if (!steps.length) return nothing
    return html`<section class="stack"><h2 class="section-head">${t('Earlier steps')}</h2>
      <ul class="rows steps">${steps.map(({ body }) => html`<li><step-reading class="stack" .step=${body} .now=${this.zone.now}></step-reading></li>`)}</ul></section>`
  }

  #ending(body) {
    if (this.#isMine) {
      const [words, question] =
        standingOf(body) === 'agreed'
          ? [
              t('End this agreement'),
              t('It ends for good. Its steps leave your tablets; the teacher keeps them. To begin anew, you ask again.'),
            ]
          : [t('Take the question back'), t('The teacher then sees that it was taken back.')]
      return html`<sure-button .words=${words} .question=${question} @sure=${this.#over}></sure-button>`
    }
    return html`<room-choice .label=${t('The rooms I teach in')} .rooms=${this.zone.roomsOf(body.school)} .chosen=${new Set(Object.keys(body.rooms ?? {}))}></room-choice>
      <sure-button .words=${t('Withdraw')} .question=${t('Your agreement ends for good: your coach reads and writes no more steps, and they leave that tablet at its next contact. You keep yours.')} @sure=${this.#over}></sure-button>`
  }

  #over = () => this.say('over', { agreement: this.agreement })
}

define('coaching-pair', CoachingPair, ['zone', 'agreement'])
