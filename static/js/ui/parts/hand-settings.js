import { html, live } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** Each choice of this browser: its name, its question, its answers; the first is what stands when nothing was chosen. */
const CHOICES = [
  ['hand', 'Which hand taps?', { right: 'Right', left: 'Left' }],
  ['dim', 'Light of the screen', { off: 'As the tablet', on: 'Dim, for a dark room' }],
  ['awake', 'Screen during a visit', { on: 'Stays on', off: 'Goes off as usual' }],
  ['keys', 'Single keys as shortcuts', { on: 'On', off: 'Off' }],
]

/** How the app lies in the hand of whoever holds this tablet. Nothing of it leaves the tablet. */
class HandSettings extends LightElement {
  view() {
    return html`<section class="stack" aria-labelledby="hand-title">
      <h2 id="hand-title">In your hand</h2>
      ${CHOICES.map(([name, question, answers]) => this.#choice(name, question, answers))}
    </section>`
  }

  #choice(name, question, answers) {
    const [first] = Object.keys(answers)
    const chosen = this.app.recall(name) ?? first
    return html`<fieldset class="field"><legend>${question}</legend><div class="choices">${Object.entries(answers).map(
      ([
        value,
        words,
      ]) => html`<label class="choice"><input type="radio" name=${`hand-${name}`} .checked=${live(chosen === value)} @change=${() => this.#choose(name, value)}>
      <span class="tick">${icon('tick')}</span>${words}</label>`,
    )}</div></fieldset>`
  }

  #choose(name, value) {
    this.app.remember(name, value)
    this.app.dress()
    this.paint()
  }
}

define('hand-settings', HandSettings, ['app'])
