import { html, nothing } from '../../vendor/lit-html.js'
import { sayTime } from '../../core/time.js'
import { define, Screen } from '../element.js'

/** What this tablet lost, as far as anybody remembers, and the ways back. It stands until its person has seen it. */
class DamageScreen extends Screen {
  #done = ''
  #onStatus = () => this.paintSoon()

  connectedCallback() {
    super.connectedCallback()
    this.app.addEventListener('status', this.#onStatus)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.app.removeEventListener('status', this.#onStatus)
  }

  async load() {
    this.copied = await this.app.store.onlyInCopy().catch(() => 0)
    this.hasCopy = this.app.status.secondCopy === true
  }

  view() {
    const { damage } = this.app.status
    if (!damage || !this.ready) return html`<div class="page page-narrow"><h1>This tablet's storage was damaged</h1></div>`
    return html`<div class="page page-narrow">
      <h1>This tablet's storage was damaged</h1>
      <section class="stack" aria-label="What is missing">
        <p><strong>${this.#what(damage)}</strong></p>
        <ul class="reasons">${this.#facts(damage).map((words) => html`<li>${words}</li>`)}</ul>
      </section>
      ${this.#done ? html`<p class="note-box note-quiet" role="status">${this.#done}</p>` : nothing}
      <section class="groups" aria-label="What you can do">
        ${this.copied ? this.#choice(`The second copy on this tablet has ${changes(this.copied)} that nothing else has.`, 'Bring them back', this.#bringBack, true) : nothing}
        ${
          this.app.status.signedOut
            ? this.#choice('The server asks you to sign in before it answers.', 'Sign in', () => this.app.signInAgain())
            : this.#choice('Everything the server has can be fetched again.', 'Fetch from the server', this.#fetch)
        }
        ${this.#choice('Save what is here before you go on.', 'Save a copy', () => this.app.saveCopy())}
        ${this.#choice('Go on with what is here now. This page will not come back for this loss.', 'I understand, go on', this.#goOn)}
      </section>
    </div>`
  }

  #what({ why, wholeAt }) {
    const now = this.app.now()
    const since = wholeAt ? ` after ${sayTime(wholeAt, now)}` : ''
    return why === 'emptied'
      ? `The storage of this app on this tablet was emptied or damaged${since}. Work that was here is not here any more.`
      : `The storage of this app on this tablet came back older than it was${since}. The last changes are not here any more.`
  }

  #facts({ missing, unsent, files, foundAt, by }) {
    const heard = { tablet: 'this tablet remembers', server: 'the server remembers', copy: 'the second copy shows' }[by]
    return [
      `Found ${sayTime(foundAt, this.app.now())}: ${heard} it.`,
      `${changes(missing)} ${missing === 1 ? 'was' : 'were'} made here and ${missing === 1 ? 'is' : 'are'} not here now. What was sent is on the server.`,
      unsent
        ? `${changes(unsent)} ${unsent === 1 ? 'was' : 'were'} not on the server yet when last heard: notes, ratings or counts of your visits.`
        : 'As far as is known, all of it was on the server.',
      ...(files ? [`${files} ${files === 1 ? 'photo was' : 'photos were'} not on the server yet.`] : []),
      this.hasCopy
        ? this.copied
          ? `The second copy still has ${changes(this.copied)}.`
          : 'The second copy has nothing more than is here.'
        : 'This browser keeps no second copy.',
    ]
  }

  #choice(words, label, act, isPrimary) {
    return html`<div class="choice-block"><p>${words}</p><p><button type="button" class=${isPrimary ? 'button button-primary' : 'button'} @click=${act}>${label}</button></p></div>`
  }

  #bringBack = async () => {
    const count = await this.app.store.bringBack()
    this.app.sendNow()
    this.#done = `${changes(count)} ${count === 1 ? 'is' : 'are'} back and will be sent.`
    this.reload()
  }

  #fetch = async () => {
    await this.app.store.fetchAgain()
    await this.app.sendNow()
    const { offline, signedOut } = this.app.status
    this.#done =
      offline || signedOut ? 'The server could not be reached. Try again with a network.' : 'What the server has is here again.'
    this.reload()
  }

  #goOn = async () => {
    await this.app.store.acceptDamage()
    this.app.go('#/')
  }
}

function changes(count) {
  return `${count} ${count === 1 ? 'change' : 'changes'}`
}

define('damage-screen', DamageScreen, ['route'])
