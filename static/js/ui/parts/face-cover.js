import { html, repeat } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { icon } from './icons.js'

/** In thousandths of the picture's side. */
const WHOLE = 1_000
const FIRST = { x: 400, y: 300, w: 200, h: 200 }
const SMALLEST = 20
const STEP = 20
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * A picture on which whoever must not be recognised is covered by hand, with a finger, a mouse or the keyboard. Nothing is painted
 * yet: `boxes` says where (thousandths of the sides). Says `covered` when they change.
 */
class FaceCover extends LightElement {
  boxes = []
  #drawn = null

  view() {
    return html`<div class="cover" @pointerdown=${this.#begin} @pointermove=${this.#draw} @pointerup=${this.#end} @pointercancel=${this.#forget}>
        <img src=${this.src} alt=${t('The photo you are about to keep')} width=${this.width} height=${this.height} draggable="false" @load=${() => this.say('shown')}>
        ${repeat(
          this.boxes,
          (box) => box,
          (
            box,
            at,
          ) => html`<button type="button" class="cover-box" .style=${placed(box)} @keydown=${(event) => this.#key(event, at)}
          aria-label=${t('Cover {n}. Arrow keys move it, with Shift they change its size, Delete takes it away.', { n: at + 1 })}></button>`,
        )}
        ${this.#drawn ? html`<span class="cover-box" .style=${placed(boxOf(this.#drawn))}></span>` : ''}
      </div>
      <p class="cluster"><button type="button" class="button" @click=${this.#add}>${icon('plus')} ${t('Add a cover')}</button>
        <button type="button" class="button" ?disabled=${!this.boxes.length} @click=${() => this.#take(this.boxes.length - 1)}>${t('Take the last cover away')}</button></p>`
  }

  #begin = (event) => {
    if (event.button !== 0 || event.target.closest('.cover-box')) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    const from = this.#point(event)
    this.#drawn = { from, to: from }
  }

  #draw = (event) => {
    if (!this.#drawn) return
    this.#drawn.to = this.#point(event)
    this.paintSoon()
  }

  #end = () => {
    const box = this.#drawn && boxOf(this.#drawn)
    this.#drawn = null
    // A tap is no box: it would cover nothing anybody can see.
    if (box && box.w >= SMALLEST && box.h >= SMALLEST) this.#put([...this.boxes, box])
    else this.paint()
  }

  #forget = () => {
    this.#drawn = null
    this.paint()
  }

  #point({ clientX, clientY }) {
    const { left, top, width, height } = this.querySelector('img').getBoundingClientRect()
    const within = (at) => Math.round(Math.min(1, Math.max(0, at)) * WHOLE)
    return [within((clientX - left) / width), within((clientY - top) / height)]
  }

  #add = () => {
    this.#put([...this.boxes, FIRST])
    this.querySelector('button.cover-box:last-of-type')?.focus()
  }

  #key(event, at) {
    if (['Delete', 'Backspace'].includes(event.key)) return this.#take(at)
    const turn = ARROWS[event.key]
    if (!turn) return
    event.preventDefault()
    const [dx, dy] = turn.map((one) => one * STEP)
    const { x, y, w, h } = this.boxes[at]
    const box = event.shiftKey
      ? { x, y, w: clamp(w + dx, SMALLEST, WHOLE - x), h: clamp(h + dy, SMALLEST, WHOLE - y) }
      : { x: clamp(x + dx, 0, WHOLE - w), y: clamp(y + dy, 0, WHOLE - h), w, h }
    this.#put(this.boxes.with(at, box))
    this.querySelectorAll('button.cover-box')[at].focus()
  }

  #take(at) {
    this.#put(this.boxes.filter((_, one) => one !== at))
  }

  #put(boxes) {
    this.boxes = boxes
    this.paint()
    this.say('covered', { boxes })
  }
}

const clamp = (value, least, most) => Math.min(most, Math.max(least, value))

function boxOf({ from, to }) {
  const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])]
  return { x, y, w: Math.abs(from[0] - to[0]), h: Math.abs(from[1] - to[1]) }
}

/** Set through the style object: the page's policy lets no style attribute in. */
const placed = ({ x, y, w, h }) => `left:${x / 10}%;top:${y / 10}%;width:${w / 10}%;height:${h / 10}%`

define('face-cover', FaceCover, ['src', 'width', 'height'])
