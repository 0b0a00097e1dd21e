import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { sayDay } from '../../core/time.js'
import { GIVERS, UPTAKE, WRITTEN } from '../coaching-words.js'
import { define, LightElement } from '../element.js'

const PRACTISED = { yes: t('Practised together'), no: t('Not practised together yet') }

/** One step as its teacher reads it, the step itself first. */
class StepReading extends LightElement {
  view() {
    const { step: body, now } = this
    const about = [sayDay(body.seen, now), GIVERS[body.giver], PRACTISED[body.practised]].filter(Boolean)
    return html`<p class="step-words keep-lines">${body.step}</p>
      <p class="quiet small">${about.join(' · ')}</p>
      <dl class="facts facts-list">
        ${WRITTEN.filter(([name]) => name !== 'step' && body[name]).map(([name, label]) => this.#fact(label, body[name]))}
        ${body.follow_up && !body.closed ? this.#fact(t('To be seen again on'), sayDay(body.follow_up, now)) : nothing}
        ${body.closed ? this.#fact(UPTAKE[body.closed.uptake], body.closed.text) : nothing}
      </dl>`
  }

  #fact(term, said) {
    return html`<div><dt>${term}</dt><dd class="keep-lines">${said}</dd></div>`
  }
}

define('step-reading', StepReading, ['step', 'now'])
