import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** What to ask students, with one tap for each answer. Says `asked` with `{place, value, why}`. */
class StudentCard extends LightElement {
  view() {
    const { questions, asked, frozen } = this
    return html`<section class="stack" aria-labelledby="ask-title">
      <h2 id="ask-title" tabindex="-1">${t('Ask a student')}</h2>
      <p class="quiet">${t('One tap for each student you ask. No names.')}</p>
      <ul class="rows">${questions.map((question, at) => html`<li class="ask">${this.#question(question, at + 1, asked?.[`q${at + 1}`] ?? {}, frozen)}</li>`)}</ul>
    </section>`
  }

  #question(question, place, { asked = 0, could = 0 }, frozen) {
    const add = (is) => () =>
      this.#say(
        place,
        { asked: asked + 1, could: could + (is ? 1 : 0) },
        is ? t('a student could answer') : t('a student could not answer'),
      )
    return html`<p>${question}</p>
      <p class="figures quiet" role="status">${asked ? t('{n} of {all} could answer', { n: could, all: asked }) : t('Nobody asked yet')}</p>
      ${
        frozen
          ? nothing
          : html`<div class="cluster">
        <button type="button" class="button" @click=${add(true)}>${icon('plus')} ${t('Could answer')}<span class="visually-hidden">: ${question}</span></button>
        <button type="button" class="button" @click=${add(false)}>${icon('plus')} ${t('Could not')}<span class="visually-hidden">: ${question}</span></button></div>`
      }`
  }

  #say(place, value, why) {
    this.say('asked', { place, value, why })
  }
}

define('student-card', StudentCard, ['questions', 'asked', 'frozen'])
