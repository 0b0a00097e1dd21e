import { html } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { dateOf, sayDay } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import './room-choice.js'

/** A coach's question, and in plain words what it means to agree. Says `agree` with `{rooms}`, or `decline`. */
class CoachingRequest extends LightElement {
  #rooms = new Set()

  view() {
    const { coach, agreement, rooms, now } = this
    return html`<article class="note-box" aria-label=${t('A question from {coach}', { coach })}>
      <h2>${t('{coach} asks to coach you', { coach })}</h2>
      <p class="quiet small">${sayDay(dateOf(agreement.body.asked_at), now)}</p>
      <p>${t('If you agree:')}</p>
      <ul class="plain-list">
        <li>${t('{coach} can write for you, now and then, one strength, one question and one small step.', { coach })}</li>
        <li>${t('You and {coach} read it. Nobody else does: not your principal, not the district, no other coach.', { coach })}</li>
        <li>${t('It is for your practice, and never part of an evaluation.')}</li>
        <li>${t('You can withdraw at any time. Then it leaves the tablets of {coach}, and you keep yours.', { coach })}</li>
      </ul>
      <room-choice .label=${t('The rooms I teach in')} .rooms=${rooms} .chosen=${this.#rooms} @room=${this.#choose}></room-choice>
      <p class="cluster"><button type="button" class="button button-primary" @click=${() => this.say('agree', { rooms: [...this.#rooms] })}>${t('I agree')}</button>
        <button type="button" class="button" @click=${() => this.say('decline')}>${t('No, thank you')}</button></p>
    </article>`
  }

  #choose = ({ detail: { id, is } }) => {
    this.#rooms = new Set([...this.#rooms].filter((one) => one !== id).concat(is ? id : []))
    this.paint()
  }
}

define('coaching-request', CoachingRequest, ['coach', 'agreement', 'rooms', 'now'])
