import { html, nothing, repeat } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { clockOf } from '../rubric-view.js'
import './photo-view.js'

/** The photos of an observation. Says `photo-away` with `{photo}`, unless it is frozen. */
class PhotoStrip extends LightElement {
  view() {
    const { photos, look, frozen } = this
    if (!photos.length) return nothing
    return html`<ul class="photos" aria-label=${t('Photos')}>${repeat(
      photos,
      ({ sha }) => sha,
      (photo) => html`<li><photo-view .photo=${photo} .look=${look}></photo-view>
        ${
          frozen
            ? nothing
            : html`<button type="button" class="button button-quiet" @click=${() => this.say('photo-away', { photo })}>${t('Take away')}<span class="visually-hidden"> ${tc('after Take away', 'the photo of {time}', { time: clockOf(photo.at) })}</span></button>`
        }</li>`,
    )}</ul>`
  }
}

define('photo-strip', PhotoStrip, ['photos', 'look', 'frozen'])
