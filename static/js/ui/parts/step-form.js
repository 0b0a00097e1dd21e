import { html, nothing } from '../../vendor/lit-html.js'
import { lacking } from '../../core/coaching.js'
import { listed, t } from '../../core/gettext.js'
import { GIVERS, WRITTEN } from '../coaching-words.js'
import { Draft } from '../draft.js'
import { define, LightElement } from '../element.js'
import './conflict-choice.js'
import { icon } from './icons.js'
import './sure-button.js'
import './text-answer.js'
import './yes-no.js'

/** A step while it is written: every letter is kept on the tablet, and the teacher reads it when it is given. Says `done`. */
class StepForm extends LightElement {
  #draft = null
  #missing = []
  #authors = []
  #onChanged = ({ detail }) => (!detail?.ids || detail.ids.includes(this.step)) && this.#read()

  connectedCallback() {
    this.#draft = new Draft({
      id: this.step,
      kind: 'coaching_step',
      app: this.app,
      shown: () => this.paint(),
      again: () => this.#read(),
    })
    this.app.store.addEventListener('changed', this.#onChanged)
    this.#read()
  }

  disconnectedCallback() {
    this.app.store.removeEventListener('changed', this.#onChanged)
  }

  async #read() {
    await this.#draft.read()
    this.#authors = this.#body?.also ? await this.app.store.conflictsIn(this.step) : []
    if (this.isConnected) this.paint()
  }

  get #body() {
    return this.#draft.record?.body
  }

  view() {
    const back = html`<p class="back"><a class="button button-quiet" href=${`#/coaching/${this.agreement.id}`}>${icon('back')} ${this.name}</a></p>`
    if (!this.#body || this.#body.state !== 'draft')
      return html`${back}<h1 tabindex="-1">${t('This step is no draft any more')}</h1>`
    const body = this.#body
    return html`${back}
      <header class="stack-tight"><h1 tabindex="-1">${t('A step for {name}', { name: this.name })}</h1>
        <p class="quiet">${t('You two read it, and nobody else. It is kept while you write, and goes to the teacher when you give it.')}</p></header>
      ${this.#draft.hasUnsaved ? this.#alert() : nothing}
      ${body.also ? html`<conflict-choice .body=${body} .authors=${this.#authors} .mine=${true} .now=${this.app.now()} @chosen=${({ detail }) => this.#set(detail.set)}></conflict-choice>` : nothing}
      ${WRITTEN.map(([name, label, hint]) => this.#text(name, label, hint, body))}
      <yes-no .name=${'practised'} .question=${t('Practised together?')} .value=${body.practised} @answer=${({ detail }) => this.#set({ practised: detail.value })}></yes-no>
      <div class="fields">${this.#day('seen', t('Seen on'), body)}${this.#day('follow_up', t('To be seen again on'), body)}
        <p class="field"><label for="step-giver">${t('Who gives it?')}</label><select class="input" id="step-giver" @change=${(event) => this.#set({ giver: event.target.value })}>
          ${Object.entries(GIVERS).map(([id, words]) => html`<option value=${id} ?selected=${id === body.giver}>${words}</option>`)}</select></p></div>
      <div class="field">${this.#lacks(body)}<p><button type="button" class="button button-primary button-large" @click=${this.#give}>${t('Give it to the teacher')}</button></p></div>
      <sure-button .words=${t('Throw the draft away')} .question=${t('The words go for good.')} @sure=${this.#throwAway}></sure-button>`
  }

  #lacks(body) {
    const lacks = WRITTEN.filter(([name]) => this.#missing.includes(name) && !body[name]).map(([, label]) => label)
    return lacks.length
      ? html`<span class="fault" role="alert">${t('Still to be written: {things}.', { things: listed(lacks) })}</span>`
      : nothing
  }

  #alert() {
    return html`<div class="note-box note-negative" role="alert"><p>${t('This could not be saved on this tablet. It is still on this screen.')}</p>
      <p><button type="button" class="button" @click=${() => this.#draft.saveAgain()}>${t('Try again')}</button></p></div>`
  }

  #text(name, label, hint, body) {
    return html`<text-answer .label=${label} .name=${`step-${name}`} .value=${body[name]} .hint=${hint} .rows=${2}
        @text=${({ detail }) => this.#set({ [name]: detail.value })} @typing=${({ detail }) => this.app.setTyping(detail.is)}></text-answer>`
  }

  #day(name, label, body) {
    const keep = ({ target }) => (target.value || name !== 'seen') && this.#set({ [name]: target.value || null })
    return html`<p class="field"><label for=${`step-${name}`}>${label}</label><input class="input" id=${`step-${name}`} type="date" .value=${body[name] ?? ''} @change=${keep}></p>`
  }

  #set(set) {
    return this.#draft.write(set)
  }

  #give = async () => {
    this.#missing = lacking(this.#body)
    this.paint()
    if (this.#missing.length) return this.#lead(this.querySelector(`#step-${this.#missing[0]}`))
    await this.#set({ state: 'given' })
    this.app.announce(t('Given to the teacher.'))
    this.say('done')
  }

  #lead(field) {
    field.focus()
    // With its label above it.
    field.scrollIntoView({ block: 'center' })
  }

  #throwAway = async () => {
    await this.app.save([{ id: this.step, kind: 'coaching_step', set: { '': null } }])
    this.say('done')
  }
}

define('step-form', StepForm, ['app', 'step', 'agreement', 'name'])
