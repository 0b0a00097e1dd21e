import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
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
    if (!damage || !this.ready)
      return html`<div class="page page-narrow"><h1>${t("This tablet's storage was damaged")}</h1></div>`
    return html`<div class="page page-narrow">
      <h1>${t("This tablet's storage was damaged")}</h1>
      <section class="stack" aria-label=${t('What is missing')}>
        <p><strong>${this.#what(damage)}</strong></p>
        <ul class="reasons">${this.#facts(damage).map((words) => html`<li>${words}</li>`)}</ul>
      </section>
      ${this.#done ? html`<p class="note-box note-quiet" role="status">${this.#done}</p>` : nothing}
      <section class="groups" aria-label=${t('What you can do')}>
        ${this.copied ? this.#choice(onlyInCopyWords(this.copied), t('Bring them back'), this.#bringBack, true) : nothing}
        ${
          this.app.status.signedOut
            ? this.#choice(t('The server asks you to sign in before it answers.'), t('Sign in'), () => this.app.signInAgain())
            : this.#choice(t('Everything the server has can be fetched again.'), t('Fetch from the server'), this.#fetch)
        }
        ${this.#choice(t('Save what is here before you go on.'), t('Save a copy'), () => this.app.saveCopy())}
        ${this.#choice(t('Go on with what is here now. This page will not come back for this loss.'), t('I understand, go on'), this.#goOn)}
      </section>
    </div>`
  }

  #what({ why, wholeAt }) {
    const time = wholeAt ? sayTime(wholeAt, this.app.now()) : ''
    return why === 'emptied' ? emptiedWords(time) : olderWords(time)
  }

  #facts({ missing, unsent, files, foundAt, by }) {
    return [
      this.#found(by, sayTime(foundAt, this.app.now())),
      `${missingWords(missing)} ${t('What was sent is on the server.')}`,
      unsent ? unsentWords(unsent) : t('As far as is known, all of it was on the server.'),
      ...(files ? [tn('{count} photo was not on the server yet.', '{count} photos were not on the server yet.', files)] : []),
      this.#secondCopy(),
    ]
  }

  #found(by, time) {
    return {
      tablet: t('Found {time}: this tablet remembers it.', { time }),
      server: t('Found {time}: the server remembers it.', { time }),
      copy: t('Found {time}: the second copy shows it.', { time }),
    }[by]
  }

  #secondCopy() {
    if (!this.hasCopy) return t('This browser keeps no second copy.')
    if (!this.copied) return t('The second copy has nothing more than is here.')
    return tn('The second copy still has {count} change.', 'The second copy still has {count} changes.', this.copied)
  }

  #choice(words, label, act, isPrimary) {
    return html`<div class="choice-block"><p>${words}</p><p><button type="button" class=${isPrimary ? 'button button-primary' : 'button'} @click=${act}>${label}</button></p></div>`
  }

  #bringBack = async () => {
    const count = await this.app.store.bringBack()
    this.app.sendNow()
    this.#done = tn('{count} change is back and will be sent.', '{count} changes are back and will be sent.', count)
    this.reload()
  }

  #fetch = async () => {
    await this.app.store.fetchAgain()
    await this.app.sendNow()
    const { offline, signedOut } = this.app.status
    this.#done =
      offline || signedOut
        ? t('The server could not be reached. Try again with a network.')
        : t('What the server has is here again.')
    this.reload()
  }

  #goOn = async () => {
    await this.app.store.acceptDamage()
    this.app.go('#/')
  }
}

/** @param {string} time after which it was; empty where that is not known */
function emptiedWords(time) {
  const gone = t('Work that was here is not here any more.')
  return time
    ? `${t('The storage of this app on this tablet was emptied or damaged after {time}.', { time })} ${gone}`
    : `${t('The storage of this app on this tablet was emptied or damaged.')} ${gone}`
}

/** @param {string} time after which it was; empty where that is not known */
function olderWords(time) {
  const gone = t('The last changes are not here any more.')
  return time
    ? `${t('The storage of this app on this tablet came back older than it was after {time}.', { time })} ${gone}`
    : `${t('The storage of this app on this tablet came back older than it was.')} ${gone}`
}

/** @param {number} count */
function missingWords(count) {
  return tn('{count} change was made here and is not here now.', '{count} changes were made here and are not here now.', count)
}

/** @param {number} count */
function unsentWords(count) {
  return tn(
    '{count} change was not on the server yet when last heard: notes, ratings or counts of your visits.',
    '{count} changes were not on the server yet when last heard: notes, ratings or counts of your visits.',
    count,
  )
}

/** @param {number} count */
function onlyInCopyWords(count) {
  return tn(
    'The second copy on this tablet has {count} change that nothing else has.',
    'The second copy on this tablet has {count} changes that nothing else has.',
    count,
  )
}

define('damage-screen', DamageScreen, ['route'])
