import { html, live } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** Each choice of this browser: its name, its question, its answers; the first is what stands when nothing was chosen. */
const CHOICES = [
  ['hand', t('Which hand taps?'), { right: tc('a hand', 'Right'), left: tc('a hand', 'Left') }],
  ['dim', t('Light of the screen'), { off: t('As the tablet'), on: t('Dim, for a dark room') }],
  ['awake', t('Screen during a visit'), { on: t('Stays on'), off: t('Goes off as usual') }],
  ['keys', t('Single keys as shortcuts'), { on: tc('shortcuts', 'On'), off: tc('shortcuts', 'Off') }],
]

/** How the app lies in the hand of whoever holds this tablet. Nothing of it leaves the tablet. */
class HandSettings extends LightElement {
  view() {
    return html`<section class="stack" aria-labelledby="hand-title">
      <h2 id="hand-title">${t('In your hand')}</h2>
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
