import { html, nothing } from '../../vendor/lit-html.js'
import { inOrder, nextAt, spreadOf, turnsBySeat } from '../../core/counting.js'
import { locales, t, tc, tn } from '../../core/gettext.js'
import { optionWords } from '../../core/rubric-words.js'
import { define, LightElement } from '../element.js'
import { roomNow } from '../room-clock.js'
import { icon } from './icons.js'

const FIRST = { rows: 5, columns: 5 }
const MOST = 30
const hundredths = new Intl.NumberFormat(locales(), { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/**
 * Who speaks, on a grid of seats without names: one tap for a turn, and what kind it was if there is time.
 * Says `turn` with `{id, turn, why}` and `seats` with `{rows, columns}`.
 */
class TurnTally extends LightElement {
  view() {
    const { frozen } = this
    const { rows, columns } = this.body.seats ?? FIRST
    const counts = turnsBySeat(this.body)
    const last = inOrder(this.body.turns).at(-1)
    const all = seatNames(rows, columns)
    return html`<section class="stack" aria-labelledby="turns-title">
      <h2 id="turns-title" tabindex="-1">${t('Turns of talk')}</h2>
      <p class="quiet">${t("One tap on a seat for each turn. The teacher's desk is at the top.")}</p>
      <div class="seats" .style=${`--columns:${columns}`} role="group" aria-label=${t('Seats')}>${all.map(
        (
          seat,
        ) => html`<button type="button" class="seat" data-turns=${Math.min(counts[seat] ?? 0, 4)} ?disabled=${frozen} @click=${() => this.#tap(seat)}>
          <span class="small"><span class="visually-hidden">${t('Seat')} </span>${seat}</span><span class="figures">${counts[seat] ?? ''}<span class="visually-hidden"> ${said(counts[seat])}</span></span></button>`,
      )}</div>
      ${last && !frozen ? this.#detail(last) : nothing}
      ${this.#sum(all, counts)}
      ${frozen ? nothing : this.#layout(rows, columns)}
    </section>`
  }

  #detail({ id, ...turn }) {
    return html`<div class="stack" role="group" aria-label=${t('The last turn, seat {seat}', { seat: turn.seat })}>
      <h3>${t('The last turn: seat {seat}', { seat: turn.seat })}</h3>
      ${asksOn(this.asks).map(
        (ask) =>
          html`<fieldset class="field"><legend>${ask.label}</legend><div class="choices">${ask.options.map(
            (option) =>
              html`<label class="choice"><input type="radio" name=${`turn-${id}-${ask.id}`} .checked=${turn[ask.id] === option} @change=${() => this.say('turn', { id, turn: { ...turn, [ask.id]: option }, why: t('turn described') })}>${optionWords(ask, option)}</label>`,
          )}</div></fieldset>`,
      )}
    </div>`
  }

  #sum(all, counts) {
    const list = all.map((seat) => counts[seat] ?? 0)
    const total = list.reduce((sum, one) => sum + one, 0)
    if (!total) return nothing
    const turns = tn('{count} turn', '{count} turns', total)
    const seats = tn('{count} seat', '{count} seats', list.filter((one) => !one).length)
    return html`<p class="quiet figures">${t('{turns}, {seats} without one.', { turns, seats })} ${spreadWords(list)}</p>`
  }

  #layout(rows, columns) {
    const step = (part, by) => {
      const next = { rows, columns, [part]: Math.min(MOST, Math.max(1, (part === 'rows' ? rows : columns) + by)) }
      this.say('seats', next)
    }
    const pair = (part, words, count) => html`<div class="cluster"><span>${words}: ${count}</span>
      <button type="button" class="button" aria-label=${t('One fewer: {label}', { label: words })} @click=${() => step(part, -1)}>${icon('minus')}</button>
      <button type="button" class="button" aria-label=${t('One more: {label}', { label: words })} @click=${() => step(part, 1)}>${icon('plus')}</button></div>`
    return html`<details><summary>${t('Arrange the seats')}</summary><div class="stack">${pair('rows', tc('of seats', 'Rows'), rows)}${pair('columns', t('Seats in a row'), columns)}</div></details>`
  }

  #tap(seat) {
    navigator.vibrate?.(10)
    this.say('turn', {
      id: this.newId(),
      turn: { at: nextAt(this.body.turns, roomNow(this.now)), seat },
      why: t('turn of seat {seat}', { seat }),
    })
  }
}

const asksOn = (asks) => (asks ?? []).filter(({ off }) => !off)
/** After the number on a seat, which is left away where it is none. */
const said = (count) => (count ? tn('turn', 'turns', count) : t('no turns'))

/** How unevenly the turns fell on the seats. @param {number[]} turns */
export function spreadWords(turns) {
  return t('Spread {spread} (0 is even).', { spread: hundredths.format(spreadOf(turns)) })
}

/** A1 is front left, as the observer at the back sees it from above. */
function seatNames(rows, columns) {
  return Array.from({ length: rows * columns }, (_, at) => `${letter(Math.floor(at / columns))}${(at % columns) + 1}`)
}

const letter = (at) => (at < 26 ? String.fromCharCode(65 + at) : `A${String.fromCharCode(65 + at - 26)}`)

define('turn-tally', TurnTally, ['body', 'asks', 'frozen', 'newId', 'now'])
