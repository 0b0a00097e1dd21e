import { html, svg } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { extended, pathOf, written } from '../../core/ink.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'
import './text-answer.js'

/** A quick sketch, kept stroke by stroke. Says `ink` with `{id, ink}` (ink null when nothing is left), and `done`. */
class InkPad extends LightElement {
  #strokes = []
  #drawing = null
  #alt = ''
  #at = 0
  #size = null

  view() {
    const strokes = this.#drawing ? [...this.#strokes, this.#drawing] : this.#strokes
    return html`<section class="stack ink-pad" aria-labelledby="ink-title">
      <h2 id="ink-title" tabindex="-1">${t('Draw')}</h2>
      <p class="quiet">${t('A seating plan, what stands on the board, a word by hand. Kept with each stroke.')}</p>
      <svg class="ink" role="img" aria-label=${t('Where you draw')} @pointerdown=${this.#begin} @pointermove=${this.#draw} @pointerup=${this.#end} @pointercancel=${this.#end}>
        ${strokes.map((stroke) => svg`<path d=${pathOf(stroke)}/>`)}</svg>
      <text-answer .label=${t('What does it show?')} .name=${'ink-alt'} .rows=${1} .value=${this.#alt || null} @text=${this.#said}></text-answer>
      <div class="cluster"><button type="button" class="button button-primary" @click=${() => this.say('done')}>${tc('a button', 'Done')}</button>
        <button type="button" class="button" ?disabled=${!this.#strokes.length} @click=${this.#undo}>${icon('undo')} ${t('Undo the last stroke')}</button></div>
    </section>`
  }

  #begin = (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    const pad = event.currentTarget
    pad.setPointerCapture(event.pointerId)
    this.#at ||= this.now()
    this.#size ??= { width: Math.round(pad.clientWidth), height: Math.round(pad.clientHeight) }
    pad.setAttribute('viewBox', `0 0 ${this.#size.width} ${this.#size.height}`)
    this.#drawing = [this.#point(event)]
    this.paint()
  }

  #draw = (event) => {
    if (!this.#drawing) return
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.#drawing = extended(this.#drawing, this.#point(one))
    this.paintSoon()
  }

  #end = () => {
    if (!this.#drawing) return
    this.#strokes = [...this.#strokes, this.#drawing]
    this.#drawing = null
    this.#keep()
  }

  /** In points of the drawing, also after the tablet was turned and the pad has another size. */
  #point({ clientX, clientY }) {
    const { left, top, width, height } = this.querySelector('svg.ink').getBoundingClientRect()
    const scaled = (at, of, whole) => Math.round(Math.min(1, Math.max(0, at / of)) * whole)
    return {
      x: scaled(clientX - left, width, this.#size.width),
      y: scaled(clientY - top, height, this.#size.height),
      ms: Math.max(0, this.now() - this.#at),
    }
  }

  #undo = () => {
    this.#strokes = this.#strokes.slice(0, -1)
    this.#keep()
  }

  #said = (event) => {
    event.stopPropagation()
    this.#alt = event.detail.value ?? ''
    if (this.#strokes.length) this.#keep()
  }

  #keep() {
    const alt = this.#alt ? { alt: this.#alt } : {}
    const ink = this.#strokes.length ? { at: this.#at, ...this.#size, strokes: written(this.#strokes), ...alt } : null
    this.say('ink', { id: this.drawing, ink })
    this.paint()
  }
}

define('ink-pad', InkPad, ['drawing', 'now'])
