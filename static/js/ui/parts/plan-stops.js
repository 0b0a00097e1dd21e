import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { dateOf, sayDay, sayTime } from '../../core/time.js'
import { define, LightElement } from '../element.js'
import { roomName, roomWords } from '../room-words.js'
import { icon } from './icons.js'

const USUAL_STOPS = 5
const MOST_STOPS = 60

/**
 * The rooms of a walk that is planned, in order, each with its time. Says `stops` with `{stops}`, and `propose` with `{count}`.
 * `seen` has, of each room that was proposed, when it was last visited, null for never.
 */
class PlanStops extends LightElement {
  view() {
    const { rooms, stops } = this
    const left = rooms.filter(({ id }) => !stops.includes(id))
    return html`<section class="stack" aria-labelledby="stops-title">
      <h2 id="stops-title">${t('Stops, in order')}</h2>
      ${stops.length ? html`<ol class="rows">${stops.map((id, at) => this.#stop(id, at))}</ol>` : html`<p class="quiet">${t('None yet. You can also add rooms on the day.')}</p>`}
      ${left.length ? html`${this.#propose()}${this.#more(left)}` : nothing}
    </section>`
  }

  #stop(id, at) {
    const { body } = this.rooms.find((room) => room.id === id)
    const name = roomName(body)
    const about = [
      this.times.length ? sayTime(this.times[at], this.times[at]) : '',
      body.no_visits ? t('asks for no visits') : '',
      this.#why(id),
    ]
    return html`<li class="stop"><span class="number">${at + 1}</span><span>${roomWords(body)}<br><span class="quiet small">${about.filter(Boolean).join(' · ')}</span></span>
      <span class="cluster">
        <button type="button" class="button" aria-label=${t('Move {name} up', { name })} aria-disabled=${at === 0 ? 'true' : 'false'} @click=${() => this.#shift(at, -1)}>${icon('up')}</button>
        <button type="button" class="button" aria-label=${t('Move {name} down', { name })} aria-disabled=${at === this.stops.length - 1 ? 'true' : 'false'} @click=${() => this.#shift(at, 1)}>${icon('down')}</button>
        <button type="button" class="button" aria-label=${t('Remove {name}', { name })} @click=${() => this.#say(this.stops.filter((_, one) => one !== at))}>${t('Remove')}</button>
      </span></li>`
  }

  /** Why it was proposed. */
  #why(id) {
    const seen = this.seen.get(id)
    if (seen === undefined) return ''
    return seen === null ? t('not visited yet') : t('last visit {day}', { day: sayDay(dateOf(seen), this.now) })
  }

  #propose() {
    return html`<div class="field"><label for="plan-count">${t('How many rooms?')}</label>
      <span class="hint" id="plan-count-hint">${t('Proposed are those longest not visited, as far as this tablet knows, across grades and subjects. Change what you like.')}</span>
      <span class="cluster"><input class="input plan-count" id="plan-count" type="number" inputmode="numeric" min="1" max=${MOST_STOPS} .defaultValue=${String(USUAL_STOPS)} aria-describedby="plan-count-hint">
        <button type="button" class="button" @click=${this.#ask}>${t('Propose rooms')}</button></span></div>`
  }

  #more(left) {
    const words = (body) => (body.no_visits ? t('{room} (asks for no visits)', { room: roomWords(body) }) : roomWords(body))
    return html`<p class="field"><label for="plan-add">${t('Add a room')}</label>
      <select class="input" id="plan-add" .value=${live('')} @change=${(event) => this.#say([...this.stops, event.target.value])}><option value="">${t('Choose…')}</option>${left.map(({ id, body }) => html`<option value=${id}>${words(body)}</option>`)}</select></p>`
  }

  #ask = () => {
    const wanted = Number.parseInt(this.querySelector('#plan-count').value, 10) || USUAL_STOPS
    this.say('propose', { count: Math.min(MOST_STOPS, wanted) - this.stops.length })
  }

  #shift(at, by) {
    const to = at + by
    if (to < 0 || to >= this.stops.length) return
    const stops = [...this.stops]
    stops.splice(to, 0, ...stops.splice(at, 1))
    this.#say(stops)
  }

  #say(stops) {
    this.say('stops', { stops })
  }
}

define('plan-stops', PlanStops, ['rooms', 'stops', 'times', 'seen', 'now'])
