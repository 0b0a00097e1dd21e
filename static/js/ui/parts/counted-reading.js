import { html, nothing } from '../../vendor/lit-html.js'
import { floorOf, inOrder, turnsBySeat } from '../../core/counting.js'
import { t, tn } from '../../core/gettext.js'
import { sampleWords } from '../../core/rubric-words.js'
import { define, LightElement } from '../element.js'
import './sweep-runner.js'
import { FLOOR } from './talk-timer.js'
import { spreadWords } from './turn-tally.js'

/** What was counted in the room, to be read: students asked, sweeps, turns and who held the floor. */
class CountedReading extends LightElement {
  view() {
    return html`${this.#asked()}${this.#sweeps()}${this.#turns()}${this.#floor()}`
  }

  #asked() {
    const { asked } = this.body
    const found = (this.content.student_questions ?? [])
      .map((question, at) => [question, asked?.[`q${at + 1}`]])
      .filter(([, one]) => one?.asked)
    if (!found.length) return nothing
    return html`<section class="stack"><h2>${t('Students asked')}</h2><dl class="facts">${found.map(
      ([question, { asked: all, could = 0 }]) =>
        html`<div><dt>${question}</dt><dd class="figures">${t('{n} of {all} could answer', { n: could, all })}</dd></div>`,
    )}</dl></section>`
  }

  #sweeps() {
    const sweeps = inOrder(this.body.sweeps)
    const partOf = ({ by }) => (this.rubrics ?? []).find(({ id }) => id === by)?.body.content.sweep
    if (!sweeps.length) return nothing
    const until =
      this.body.ended_at ?? Math.max(...sweeps.map(({ at }) => at), ...inOrder(this.body.intervals).map(({ at }) => at))
    return html`<section class="stack"><h2>${t('Engagement sweep')}</h2>${sweeps.map((sweep) => html`<sweep-sum .sweep=${sweep} .body=${this.body} .asks=${partOf(sweep)?.asks ?? []} .sample=${sampleWords(partOf(sweep), sweep.sample)} .now=${until}></sweep-sum>`)}</section>`
  }

  #turns() {
    const counts = turnsBySeat(this.body)
    const list = Object.entries(counts)
    if (!list.length) return nothing
    const { rows, columns } = this.body.seats ?? { rows: 5, columns: 5 }
    const all = [...list.map(([, n]) => n), ...Array(Math.max(0, rows * columns - list.length)).fill(0)]
    const total = list.reduce((sum, [, n]) => sum + n, 0)
    const said = tn('{count} turn from {n} of {all} seats.', '{count} turns from {n} of {all} seats.', total, {
      n: list.length,
      all: rows * columns,
    })
    return html`<section class="stack"><h2>${t('Turns of talk')}</h2><p class="figures">${said} ${spreadWords(all)}</p>
      <p class="small quiet">${list
        .sort()
        .map(([seat, n]) => `${seat} ${n}`)
        .join(', ')}</p></section>`
  }

  #floor() {
    const stretches = inOrder(this.body.talk)
    if (!stretches.length) return nothing
    const held = floorOf(this.body, Math.max(this.body.ended_at ?? 0, ...stretches.map(({ at, until }) => until ?? at)))
    const total = Object.values(held).reduce((sum, ms) => sum + ms, 0)
    return html`<section class="stack"><h2>${t('Who held the floor')}</h2><dl class="facts">${Object.entries(FLOOR)
      .filter(([who]) => held[who])
      .map(
        ([who, words]) =>
          html`<div><dt>${words}</dt><dd class="figures">${t('{minutes} min', { minutes: Math.round((held[who] / 60_000) * 10) / 10 })} · ${Math.round((held[who] / total) * 100)} %</dd></div>`,
      )}</dl></section>`
  }
}

define('counted-reading', CountedReading, ['content', 'body', 'rubrics'])
