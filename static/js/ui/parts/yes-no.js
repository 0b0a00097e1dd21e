import { html, live } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

const WORDS = { yes: t('Yes'), no: t('No') }

/** One question answered yes, no or not yet. Says `answer` with `{value}`; "Clear" says null. */
class YesNo extends LightElement {
  view() {
    const { name, question, value, frozen, note } = this
    return html`<fieldset class="field" ?disabled=${frozen}>
      <legend>${question}</legend>
      <div class="choices">
        ${['yes', 'no'].map(
          (one) => html`<label class="choice">
          <input type="radio" name=${name} .checked=${live(value === one)} @change=${() => this.say('answer', { value: one })}>
          <span class="tick">${icon('tick')}</span>${WORDS[one]}
        </label>`,
        )}
        <button type="button" class="button button-quiet" ?hidden=${value == null || frozen} @click=${() => this.say('answer', { value: null })}>
          ${tc('a button', 'Clear')}<span class="visually-hidden"> ${tc('after Clear', 'the answer to: {question}', { question })}</span></button>
      </div>
      ${note ? html`<p class="hint">${note}</p>` : ''}
    </fieldset>`
  }
}

define('yes-no', YesNo, ['name', 'question', 'value', 'frozen', 'note'])
