import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { photosOf } from '../../core/observation.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'
import './ink-view.js'
import './photo-add.js'
import './photo-strip.js'

/** What is photographed and drawn in a visit. Says what its parts say: `picked`, `photo`, `photo-away`, `ink`, `ink-away`, `send`. */
class VisitMedia extends LightElement {
  #drawing = null

  view() {
    const { body, look } = this
    return html`<photo-strip .photos=${photosOf(body)} .look=${look}></photo-strip>
      <ink-view .body=${body} .without=${this.#drawing}></ink-view>
      ${this.#drawing ? html`<ink-pad .drawing=${this.#drawing} .now=${this.now} @done=${this.#done}></ink-pad>` : nothing}
      ${body.media === 'none' ? html`<p class="quiet">${t('No photos in this walk.')}</p>` : html`<photo-add></photo-add>`}
      ${this.#drawing ? nothing : html`<p><button type="button" class="button" @click=${this.#draw}>${icon('pen')} ${t('Draw')}</button></p>`}`
  }

  /** The pad comes when it is first wanted; the drawing has its name before its first stroke. */
  #draw = async () => {
    await import('./ink-pad.js')
    this.#drawing = this.newId()
    this.paint()
    this.querySelector('#ink-title')?.focus()
    this.querySelector('ink-pad').scrollIntoView()
  }

  #done = () => {
    this.#drawing = null
    this.paint()
  }
}

define('visit-media', VisitMedia, ['body', 'look', 'newId', 'now'])
