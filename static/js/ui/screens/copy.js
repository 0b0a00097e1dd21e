import { html, nothing } from '../../vendor/lit-html.js'
import { FEWEST_CHARACTERS, weakness } from '../../core/copy.js'
import { t, tn } from '../../core/gettext.js'
import { define, Screen } from '../element.js'
import { handOver } from '../hand-over.js'
import { newWords } from '../save-copy.js'
import '../parts/open-copy.js'

const STORES = { outbox: t('what waits'), refused: t('what needs you'), docs: t('records'), files: t('photos') }
const FAULTS = {
  short: t('Use at least {count} characters. Several words that do not belong together are easy to keep.', {
    count: FEWEST_CHARACTERS,
  }),
  plain: t('Use more different letters.'),
  unwritten: t('Write the six words down first, then say so here.'),
}

/** One closed file with all that is on this tablet only: made here, handed over, and opened again. */
class CopyScreen extends Screen {
  #words = newWords()
  #isOwn = false
  #fault = null
  #isBusy = false
  #made = null

  view() {
    if (this.route?.parts[0] === 'open') return html`<div class="page page-narrow"><open-copy .app=${this.app}></open-copy></div>`
    return html`<div class="page page-narrow">
      <h1>${t('Save a copy')}</h1>
      ${this.#made ? this.#done(this.#made) : this.#form()}
      <p><a class="button button-quiet" href="#/copy/open">${t('Open a copy')}</a></p>
    </div>`
  }

  #form() {
    const { waiting, needsYou, files } = this.app.status
    return html`<p>${t('The copy is one closed file. Keep it where you keep other files; when this tablet is lost or broken, your work is not.')}</p>
    <form class="groups" novalidate @submit=${this.#make}>
      <fieldset class="stack-tight"><legend>${t('What goes into it')}</legend>
        ${this.#choice('what', 'unsent', t('What is not on the server yet ({count})', { count: waiting + needsYou + (files ?? 0) }), true)}
        ${this.#choice('what', 'everything', t('Everything on this tablet'), false)}
      </fieldset>
      <fieldset class="stack"><legend>${t('Words that close it')}</legend>
        <p>${t("Whoever has the words can open the copy on another tablet. Without them only your district's server can. Nobody can tell you them later.")}</p>
        <div class="stack-tight">${this.#choice('whose', 'six', t('Six words, made for you'), !this.#isOwn)}
          ${this.#choice('whose', 'own', t('Words of my own'), this.#isOwn)}</div>
        ${this.#isOwn ? this.#ownWords() : this.#sixWords()}
      </fieldset>
      <p><button class="button button-primary" aria-disabled=${this.#isBusy ? 'true' : 'false'}>${this.#isBusy ? t('Closing it…') : t('Make the copy')}</button></p>
    </form>`
  }

  #choice(name, value, label, isChosen) {
    return html`<label class="check"><input type="radio" name=${name} value=${value} .defaultChecked=${isChosen} @change=${this.#chosen}> <span>${label}</span></label>`
  }

  #chosen = ({ target }) => {
    if (target.name !== 'whose') return
    this.#isOwn = target.value === 'own'
    this.#fault = null
    this.paint()
  }

  #sixWords() {
    return html`<p class="safe-sentence" data-words>${this.#words}</p>
      <p><button type="button" class="button" @click=${this.#otherWords}>${t('Other words')}</button></p>
      <label class="check"><input type="checkbox" name="written" aria-invalid=${this.#fault ? 'true' : nothing} aria-describedby=${this.#fault ? 'words-fault' : nothing}> <span>${t('I wrote the six words down')}</span></label>
      ${this.#faultWords()}`
  }

  #ownWords() {
    return html`<p class="field"><label for="own-words">${t('Your words')}</label>
      <span class="hint" id="own-hint">${t('At least {count} characters. Capitals and extra spaces do not matter.', { count: FEWEST_CHARACTERS })}</span>
      <input class="input" id="own-words" name="words" autocomplete="off" autocapitalize="none" spellcheck="false"
        aria-invalid=${this.#fault ? 'true' : nothing} aria-describedby=${this.#fault ? 'own-hint words-fault' : 'own-hint'}></p>
      ${this.#faultWords()}`
  }

  #faultWords() {
    return this.#fault
      ? html`<p class="note-box note-negative" id="words-fault" role="alert">${FAULTS[this.#fault]}</p>`
      : nothing
  }

  #otherWords = () => {
    this.#words = newWords()
    this.paint()
  }

  #make = async (event) => {
    event.preventDefault()
    if (this.#isBusy) return
    const { what, words, written } = Object.fromEntries(new FormData(event.target))
    this.#fault = this.#isOwn ? weakness(words) : written ? null : 'unwritten'
    this.#isBusy = !this.#fault
    this.paint()
    if (this.#fault) return this.querySelector('[aria-invalid=true]').focus()
    try {
      this.#made = await this.app.makeCopy(this.#isOwn ? words : this.#words, what === 'everything')
    } finally {
      this.#isBusy = false
      if (this.isConnected) this.paint()
    }
    this.querySelector('[data-made]')?.focus()
  }

  #done({ file, changes, needsYou, photos, records, unread }) {
    const is = changes + needsYou + photos + records
    return html`<div class="stack" tabindex="-1" data-made>
      <p class="safe-sentence"><span>${is ? t('The copy is ready. Now save the file.') : t('Nothing waits here, so there is nothing to copy.')}</span></p>
      <ul class="stack-tight" ?hidden=${!is}>
        <li>${tn('{count} change waiting', '{count} changes waiting', changes)}</li>
        ${needsYou ? html`<li>${tn('{count} change that the server did not take', '{count} changes that the server did not take', needsYou)}</li>` : nothing}
        <li>${tn('{count} photo', '{count} photos', photos)}</li>
        ${records ? html`<li>${tn('{count} record as they lie here', '{count} records as they lie here', records)}</li>` : nothing}
      </ul>
      ${unread.map(({ store, count }) => html`<p class="note-box note-caution">${unreadWords(STORES[store] ?? store, count)} ${t('It stays on this tablet and is not in the copy.')}</p>`)}
      <p class="cluster"><button type="button" class="button button-primary" ?hidden=${!is} @click=${() => handOver(file)}>${t('Save the file')}</button>
        <button type="button" class="button" @click=${this.#again}>${is ? t('Make another') : t('Choose again')}</button></p>
      <p class="quiet" ?hidden=${!is}>${t('What waits here still waits, and is sent as soon as it can be. Opening the copy as well enters nothing twice.')}</p>
    </div>`
  }

  #again = () => {
    this.#made = null
    this.#words = newWords()
    this.paint()
  }
}

/** @param {string} store in words @param {number|null} count null where not even their number is known */
function unreadWords(store, count) {
  if (count === null) return t('Of {store}, nothing could be read.', { store })
  return tn('Of {store}, {count} entry could not be read.', 'Of {store}, {count} entries could not be read.', count, { store })
}

define('copy-screen', CopyScreen, ['route'])
