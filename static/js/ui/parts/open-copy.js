import { html, nothing } from '../../vendor/lit-html.js'
import { t, tc, tn } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { fill } from '../fill.js'

const FAULTS = {
  'no-file': t('Choose a file first. Its name ends in .walk.'),
  'not-a-copy': t('This is not a copy that the app saved, or a part of it is missing. Keep the file in any case.'),
  'newer-copy': t('A newer version of this app saved this copy. Reload the app, then open it again.'),
  'wrong-words': t('These words do not open it. Write them as they were shown when the copy was saved.'),
  storage: t('This tablet could not keep what is in the copy. Nothing is lost: the file stays as it is.'),
}

const OF_WORDS = new Set(['wrong-words'])

/** Puts what a saved copy holds among what waits on this tablet. */
class OpenCopy extends LightElement {
  #fault = null
  #isBusy = false
  #taken = null

  view() {
    const [ofFile, ofWords] = [this.#fault && !OF_WORDS.has(this.#fault), OF_WORDS.has(this.#fault)]
    const fault = html`<p class="note-box note-negative" id="copy-fault" role="alert">${FAULTS[this.#fault]}</p>`
    return html`<div class="groups">
      <h1>${t('Open a copy')}</h1>
      <p>${t('Your own work from another tablet joins what waits here and is sent. What is here or on the server already is not entered twice.')}</p>
      <form class="stack" novalidate @submit=${this.#open}>
        <p class="field"><label for="copy-file">${tc('a file', 'Copy')}</label>
          <input class="input" id="copy-file" name="file" type="file" accept=".walk"
            aria-invalid=${ofFile ? 'true' : nothing} aria-describedby=${ofFile ? 'copy-fault' : nothing}></p>
        ${ofFile ? fault : nothing}
        <p class="field"><label for="copy-words">${t('The words it was closed with')}</label>
          <input class="input" id="copy-words" name="words" autocomplete="off" autocapitalize="none" spellcheck="false"
            aria-invalid=${ofWords ? 'true' : nothing} aria-describedby=${ofWords ? 'copy-fault' : nothing}></p>
        ${ofWords ? fault : nothing}
        <p><button class="button button-primary" aria-disabled=${this.#isBusy ? 'true' : 'false'}>${this.#isBusy ? t('Opening it…') : t('Open the copy')}</button></p>
      </form>
      <div role="status" class="stack">${this.#taken ? this.#done(this.#taken) : nothing}</div>
      <p class="quiet">${fill(t("Without the words, or for somebody else's work, {link}."), { link: html`<a href="/rescue/import">${t('hand the file to the server')}</a>` })}</p>
      <p><a class="button button-quiet" href="#/copy">${t('Save a copy')}</a></p>
    </div>`
  }

  #open = async (event) => {
    event.preventDefault()
    if (this.#isBusy) return
    const { file, words } = Object.fromEntries(new FormData(event.target))
    this.#fault = file?.name ? null : 'no-file'
    this.#isBusy = !this.#fault
    this.#taken = null
    this.paint()
    if (!this.#fault) await this.#take(file, words)
  }

  async #take(file, words) {
    try {
      this.#taken = await this.app.openCopy(file, words)
    } catch (error) {
      this.#fault = error.code in FAULTS ? error.code : 'storage'
    }
    this.#isBusy = false
    if (this.isConnected) this.paint()
  }

  #done({ put, there, notes, photos, elsewhere, others }) {
    const is = put + there + notes + photos
    return html`
      ${is || !others ? html`<p class="note-box note-positive">${takenWords(put, there, photos)}</p>` : nothing}
      ${notes ? html`<p><a class="button" href="#/needs">${tn('{count} change needs you', '{count} changes need you', notes)}</a></p>` : nothing}
      ${others ? html`<p class="note-box note-caution">${t("The copy holds another person's work. It was not opened here.")} ${fill(t('{link}: the person can do that, or an administrator.'), { link: html`<a href="/rescue/import">${t('Hand the file to the server')}</a>` })}</p>` : nothing}
      ${elsewhere ? html`<p class="note-box note-caution">${t('A part belongs to a district you are not in any more. It stays in the file.')}</p>` : nothing}`
  }
}

/** One sentence of as many parts as there is something to say of. */
function takenWords(put, there, photos) {
  const parts = [tn('{count} change was put among what waits', '{count} changes were put among what waits', put)]
  if (there) parts.push(tn('{count} was here already', '{count} were here already', there))
  if (photos) parts.push(tn('{count} photo taken over', '{count} photos taken over', photos))
  return `${parts.join(', ')}.`
}

define('open-copy', OpenCopy, ['app'])
