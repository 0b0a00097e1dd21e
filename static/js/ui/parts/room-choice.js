import { html, live } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { roomWords } from '../room-words.js'

/** In which rooms a teacher is met. Says `room` with `{id, is}`. */
class RoomChoice extends LightElement {
  view() {
    return html`<details ?open=${this.open}><summary>${this.label}</summary>
      <p class="hint">${t('There your coach’s tablet shows your last step first. None is fine. Learning walks stay nameless.')}</p>
      <fieldset><legend class="visually-hidden">${this.label}</legend><div class="room-checks">${this.rooms.map(
        ({ id, body }) => html`<label class="check"><input type="checkbox" .checked=${live(this.chosen.has(id))}
        @change=${(event) => this.say('room', { id, is: event.target.checked })}><span>${roomWords(body)}</span></label>`,
      )}</div></fieldset></details>`
  }
}

define('room-choice', RoomChoice, ['label', 'rooms', 'chosen', 'open'])
