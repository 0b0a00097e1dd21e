import { html, nothing, svg } from '../../vendor/lit-html.js'
import { inOrder } from '../../core/counting.js'
import { t, tc } from '../../core/gettext.js'
import { pathOf, read } from '../../core/ink.js'
import { define, LightElement } from '../element.js'
import { clockOf } from '../rubric-view.js'

/** The drawings of an observation, in the order they were begun. Says `ink-away` with `{id}`, unless it is frozen. */
class InkView extends LightElement {
  view() {
    const drawings = inOrder(this.body.ink).filter(({ id }) => id !== this.without)
    if (!drawings.length) return nothing
    return html`<ul class="photos" aria-label=${t('Drawings')}>${drawings.map((one) => html`<li>${this.#one(one)}</li>`)}</ul>`
  }

  #one({ id, at, width, height, strokes, alt }) {
    const words = alt || t('A drawing')
    return html`<figure class="photo">
      <svg class="ink" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${words}>${read(strokes).map((stroke) => svg`<path d=${pathOf(stroke)}/>`)}</svg>
      <figcaption><time>${clockOf(at)}</time> ${alt ?? ''}</figcaption></figure>
      ${this.frozen ? nothing : html`<button type="button" class="button button-quiet" @click=${() => this.say('ink-away', { id })}>${t('Take away')}<span class="visually-hidden"> ${tc('after Take away', 'the drawing of {time}', { time: clockOf(at) })}</span></button>`}`
  }
}

define('ink-view', InkView, ['body', 'frozen', 'without'])
