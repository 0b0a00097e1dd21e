import { html, nothing } from '../../vendor/lit-html.js'
import { isOpenStep, saidOf, statusOf } from '../../core/debrief.js'
import { locales, t } from '../../core/gettext.js'
import { dateOf, sayDay } from '../../core/time.js'
import { STATUS } from '../debrief-words.js'
import { define, LightElement } from '../element.js'

/**
 * One next step and how it stands; who has it in hand says what was done in one tap and a line. Says `said` with
 * `{step, is, text, until}`.
 */
class StepSaid extends LightElement {
  #closing = null
  #text = ''
  #fault = ''

  view() {
    const { step, now } = this
    const { text, due } = step.body
    const isOpen = isOpenStep(step.body)
    const late = isOpen && due < dateOf(now)
    const [last] = saidOf(step.body)
    return html`<div class="step-said stack-tight"><p><strong class="keep-lines">${text}</strong></p>
      <p class="quiet small">${[this.who, isOpen ? this.#due(due, late) : '', STATUS[statusOf(step.body)]].filter(Boolean).join(' · ')}</p>
      ${last?.text ? html`<p class="small keep-lines">${t('{day}: {step}', { day: sayDay(dateOf(last.at), now), step: last.text })}</p>` : nothing}
      ${this.open ? (this.#closing ? this.#form() : this.#buttons(isOpen, text)) : nothing}</div>`
  }

  #due(due, late) {
    const day = sayDue(due, this.now)
    return late ? t('was due {day}', { day }) : t('Due {day}', { day })
  }

  #buttons(isOpen, text) {
    const words = html`<span class="visually-hidden">: ${text}</span>`
    if (!isOpen)
      return html`<p><button type="button" class="button button-quiet" @click=${() => this.#say('open')}>${t('Open it again')}${words}</button></p>`
    return html`<p class="cluster"><button type="button" class="button" @click=${() => this.#close('done')}>${t('Say what was done')}${words}</button>
      ${statusOf(this.step.body) === 'open' ? html`<button type="button" class="button button-quiet" @click=${() => this.#say('begun')}>${t('It is begun')}${words}</button>` : nothing}
      <button type="button" class="button button-quiet" @click=${() => this.#close('dropped')}>${t('Let it go')}${words}</button></p>`
  }

  #form() {
    const { id } = this.step
    const isDone = this.#closing === 'done'
    return html`<form class="stack" novalidate @submit=${this.#send}><p class="field"><label for=${`said-${id}`}>${isDone ? t('What was seen of it?') : t('Why is it let go?')}</label>
      <textarea class="input" id=${`said-${id}`} rows="2" .value=${this.#text} @input=${(event) => (this.#text = event.target.value)} aria-invalid=${this.#fault ? 'true' : nothing} aria-describedby=${this.#fault ? `said-fault-${id}` : nothing}></textarea>
      ${this.#fault ? html`<span class="fault" id=${`said-fault-${id}`}>${this.#fault}</span>` : nothing}</p>
      <p class="cluster"><button class="button button-primary">${isDone ? t('It is done') : t('Let it go')}</button><button type="button" class="button" @click=${() => this.#close(null)}>${t('Not now')}</button></p></form>`
  }

  #close(how) {
    this.#closing = how
    this.#fault = ''
    this.paint()
    if (how) this.querySelector('textarea').focus()
  }

  #send = (event) => {
    event.preventDefault()
    const text = this.#text.trim()
    this.#fault = text ? '' : t('Write a line first: a step is closed with what was seen.')
    this.paint()
    if (!text) return this.querySelector('textarea').focus()
    this.#say(this.#closing, text)
  }

  #say(is, text) {
    this.say('said', { step: this.step, is, text, until: this.#until })
  }

  /** Words that could not be kept stay where they are. */
  #until = (kept) =>
    kept.then(
      () => {
        this.#text = ''
        this.#close(null)
      },
      () => {},
    )
}

/** The day of the week says most while it is near. */
function sayDue(due, now) {
  const [year, month, day] = due.split('-').map(Number)
  const then = new Date(year, month - 1, day, 12)
  const days = Math.round((then.getTime() - now) / 86_400_000)
  if (days < 1 || days > 6) return sayDay(due, now)
  return new Intl.DateTimeFormat(locales(), { weekday: 'long' }).format(then)
}

define('step-said', StepSaid, ['step', 'who', 'now', 'open'])
