import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import './face-cover.js'
import { icon } from './icons.js'

const TROUBLE = {
  NotAPhoto: t('This file could not be opened as a photo. Nothing was kept.'),
  PhotoTooLarge: t(
    'This picture is larger than this tablet can open. Take it again at a smaller size, or choose another one. Nothing was kept.',
  ),
  PhotoCut: t('The end of this file is missing, so the picture could not be opened. Choose or take it again. Nothing was kept.'),
  QuotaExceededError: t(
    'This tablet has no room for a photo. Send what is waiting first; the photo stays on this screen meanwhile.',
  ),
  'file-damaged': t('The tablet did not keep the photo as it was, so it was taken out again. Try once more.'),
  other: t('The photo could not be kept on this tablet. It is still on this screen.'),
}

/**
 * Takes a photo or picks one, shows it as it would be kept, and hands it over only when its person has said that nobody can
 * be recognised. Says `picked` with `{file}`; is given the painted `photo`; says `photo` with `{photo, boxes, words}`, `send` when
 * room is wanted. `kept()` ends it, `trouble` says what went wrong.
 */
class PhotoAdd extends LightElement {
  #url = ''
  #isRefused = false
  #isBusy = false
  #boxes = []

  disconnectedCallback() {
    this.#forgetPicture()
  }

  /** The photo is on this tablet. */
  kept() {
    this.#end()
    this.querySelector('input')?.focus()
  }

  /** @param {any} error why the photo did not get further */
  failed(error) {
    this.#isBusy = false
    this.trouble = [error?.code, error?.name].find((one) => TROUBLE[one]) ?? 'other'
  }

  /** The photo as it would be kept, to be looked at first. */
  show(photo) {
    this.#forgetPicture()
    this.#isBusy = false
    this.#url = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }))
    Object.assign(this, { photo, trouble: '' })
    this.#boxes = []
    this.paint()
    this.querySelector('[data-preview]').focus()
  }

  view() {
    return html`${this.photo ? this.#preview() : this.#pickers()}
      ${this.trouble ? html`<p class="note-box note-caution" role="alert">${TROUBLE[this.trouble]}</p>` : nothing}
      ${this.trouble === 'QuotaExceededError' ? html`<p><button type="button" class="button" @click=${() => this.say('send')}>${t('Send what is waiting')}</button></p>` : nothing}`
  }

  #pickers() {
    const pick = (words, capture) => html`<label class="button photo-pick">
      <input type="file" accept="image/*" capture=${capture ? 'environment' : nothing} ?disabled=${this.#isBusy} @change=${this.#pick} @cancel=${() => this.#cameBack(capture)}>${icon('photo')} ${words}</label>`
    return html`<div class="cluster photo-pickers">${pick(t('Take a photo'), true)}${pick(t('Choose a photo'), false)}
      ${this.#isBusy ? html`<span role="status" class="quiet">${t('Opening the photo…')}</span>` : nothing}</div>
      ${this.#isRefused ? html`<p role="status" class="quiet">${t('No photo came. If the camera may not be used here, allow it in the settings of the tablet, or take the photo with its camera app and choose it.')}</p>` : nothing}`
  }

  // Before the first save, always: what is not kept needs not be taken away.
  #preview() {
    const { width, height, cut } = this.photo
    return html`<section class="photo-preview stack" aria-labelledby="photo-preview-title">
      <h2 id="photo-preview-title" tabindex="-1" data-preview>${t('Look at the photo before it is kept')}</h2>
      <p>${t('Photograph work, walls and boards, not people. Drag over every face and every full name: what is covered is painted over and cannot be brought back.')}</p>
      ${cut ? html`<p class="note-box note-caution" role="alert">${t('The end of this file is missing, and a part of the picture with it. Look whether what you need is there, or take it again.')}</p>` : nothing}
      <face-cover .src=${this.#url} .width=${width} .height=${height} @shown=${this.#showWhole} @covered=${({ detail }) => (this.#boxes = detail.boxes)}></face-cover>
      <label class="field"><span class="label">${t('What does it show?')}</span>
        <span class="hint">${t('In a few words, for those who hear the screen. You may leave it empty.')}</span>
        <input class="input" maxlength="300" data-alt></label>
      <p class="cluster">
        <button type="button" class="button button-primary" ?disabled=${this.#isBusy} @click=${this.#keep}>${t('No student’s face can be recognised: keep it')}</button>
        <button type="button" class="button" ?disabled=${this.#isBusy} @click=${() => this.#end()}>${t('Do not keep it')}</button></p>
    </section>`
  }

  // Before it is there it has no height: only now both it and what is asked about it can be brought into sight.
  #showWhole = () => this.querySelector('.photo-preview').scrollIntoView()

  /** From the camera, and without a photo: nobody tells the page whether it was refused or its person thought better of it. */
  #cameBack(isOfCamera) {
    this.#isRefused = isOfCamera
    this.paint()
  }

  #pick = (event) => {
    const [file] = event.target.files
    // The same file may be picked again.
    event.target.value = ''
    this.#isRefused = false
    if (!file) return
    this.#isBusy = true
    this.trouble = ''
    this.paint()
    this.say('picked', { file })
  }

  #keep = () => {
    this.#isBusy = true
    this.paint()
    const alt = this.querySelector('[data-alt]').value.trim()
    this.say('photo', { photo: this.photo, boxes: this.#boxes, words: alt ? { alt } : {} })
  }

  #end() {
    this.#forgetPicture()
    this.#isBusy = false
    Object.assign(this, { photo: null, trouble: '' })
    this.paint()
  }

  #forgetPicture() {
    URL.revokeObjectURL(this.#url)
    this.#url = ''
  }
}

define('photo-add', PhotoAdd, ['photo', 'trouble'])
