import { html, live, nothing } from '../../vendor/lit-html.js'
import { inOrder, intervalsOf, signalsOf, sumOf, sweepNow } from '../../core/counting.js'
import { t, tc, tn } from '../../core/gettext.js'
import { optionWords, sampleWords } from '../../core/rubric-words.js'
import { define, LightElement } from '../element.js'
import { roomNow } from '../room-clock.js'
import { clockOf } from '../rubric-view.js'
import { icon } from './icons.js'
import './count-stepper.js'
import './typed-answer.js'

const TICK_MS = 1_000
/** Up to here every number has a button of its own. */
const MOST_BUTTONS = 12

/**
 * Counts and codes at fixed moments. Everything is kept at once, under the interval it belongs to; what nobody looked at is marked
 * as missed and never counted as nought. Says `sweep` with `{id, sweep, why}` and `interval` with `{id, interval, why}`.
 */
class SweepRunner extends LightElement {
  #timer = 0
  #chosen = null
  #setup = null

  connectedCallback() {
    super.connectedCallback()
    this.#timer = setInterval(() => sweepNow(this.body, roomNow(this.now)) && this.paintSoon(), TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  view() {
    const running = sweepNow(this.body, roomNow(this.now))
    const over = inOrder(this.body.sweeps).filter(({ id }) => id !== running?.id)
    return html`<section class="stack" aria-labelledby="sweep-title">
      <h2 id="sweep-title" tabindex="-1">${t('Engagement sweep')}</h2>
      ${running && !this.frozen ? this.#running(running) : nothing}
      ${!running && !this.frozen ? this.#begin() : nothing}
      ${over.map((sweep) => this.#over(sweep))}
    </section>`
  }

  // ---- before --------------------------------------------------------------------------------------

  #begin() {
    const { sweep } = this.instrument.body.content
    const setup = (this.#setup ??= { interval_s: sweep.interval_default, sample: sweep.samples[0], n: sweep.sample_n })
    const put = (part) => {
      Object.assign(setup, part)
      this.paint()
    }
    return html`<div class="stack">
      <p class="quiet">${sweep.method}</p>
      ${this.#pick(
        tc('how often the signal comes', 'Every'),
        'interval',
        sweep.interval_s,
        (s) => tn('{count} second', '{count} seconds', s),
        setup.interval_s,
        (interval_s) => put({ interval_s }),
      )}
      ${this.#pick(
        t('Whom you look at'),
        'sample',
        sweep.samples,
        (one) => sampleWords(sweep, one),
        setup.sample,
        (sample) => put({ sample }),
      )}
      <count-stepper .name=${'sweep-n'} .label=${t('How many students')} .value=${setup.n} @count=${(event) => this.#count(event, (n) => put({ n: n || 1 }))}></count-stepper>
      ${this.#means(sweep)}
      <p><button type="button" class="button button-primary button-large" @click=${this.#start}>${t('Start the sweep')}</button></p>
      ${sweep.caution ? html`<p class="quiet small">${sweep.caution}</p>` : nothing}
    </div>`
  }

  #means({ engaged, not_engaged: not }) {
    if (!engaged.length) return nothing
    return html`<details><summary>${t('What counts as engaged')}</summary><div class="stack"><p><strong>${t('Engaged:')}</strong> ${engaged.join('; ')}.</p><p><strong>${t('Not engaged:')}</strong> ${not.join('; ')}.</p></div></details>`
  }

  #pick(label, name, list, words, chosen, take) {
    return html`<fieldset class="field"><legend>${label}</legend><div class="choices">${list.map(
      (one) =>
        html`<label class="choice"><input type="radio" name=${`sweep-${name}`} .checked=${live(one === chosen)} @change=${() => take(one)}><span class="tick">${icon('tick')}</span>${words(one)}</label>`,
    )}</div></fieldset>`
  }

  #start = () => {
    const sweep = { by: this.instrument.id, at: roomNow(this.now), ...this.#setup }
    this.#chosen = null
    this.say('sweep', { id: this.newId(), sweep, why: t('sweep started') })
  }

  // ---- while it runs -------------------------------------------------------------------------------

  #running(sweep) {
    const now = roomNow(this.now)
    const signals = signalsOf(sweep, now)
    const intervals = intervalsOf(this.body, sweep, now)
    const at = this.#chosen && this.#chosen <= signals ? this.#chosen : signals
    const left = Math.ceil((sweep.at + (signals + 1) * sweep.interval_s * 1000 - now) / 1000)
    return html`<div class="stack sweep">
      <div class="cluster"><p class="figures sweep-next">${signals ? t('Next signal in {time}', { time: seconds(left) }) : t('First signal in {time}. Until then, watch.', { time: seconds(left) })}</p>
        <button type="button" class="button" @click=${() => this.#stop(sweep)}>${t('Stop the sweep')}</button></div>
      ${signals ? this.#numbers(intervals, at) : html`<p class="quiet">${tn('Every {count} second.', 'Every {count} seconds.', sweep.interval_s)} ${tn('{sample}: {count} student.', '{sample}: {count} students.', sweep.n, { sample: this.#sample(sweep) })}</p>`}
      ${signals ? this.#record(sweep, intervals[at - 1]) : nothing}
    </div>`
  }

  #numbers(intervals, at) {
    return html`<div class="choices" role="group" aria-label=${t('Signals so far')}>${intervals.map(
      ({ n, missed }) =>
        html`<button type="button" class="button" aria-pressed=${String(n === at)} @click=${() => this.#choose(n, intervals.length)}>${n}${missed ? html`<span class="visually-hidden"> ${tc('a signal', 'missed')}</span><span aria-hidden="true"> –</span>` : nothing}</button>`,
    )}</div>`
  }

  #choose(n, newest) {
    this.#chosen = n === newest ? null : n
    this.paint()
  }

  #record(sweep, interval) {
    return html`<div class="stack" role="group" aria-label=${t('Signal {n}', { n: interval.n })}>
      <h3>${t('Signal {n}', { n: interval.n })} · ${clockOf(interval.at)}</h3>
      ${this.#asks(sweep).map((ask) => this.#ask(ask, sweep, interval))}
      ${interval.missed ? html`<p class="quiet">${t('Nothing recorded: it counts as missed.')}</p>` : html`<p><button type="button" class="button button-quiet" @click=${() => this.#put(sweep, { n: interval.n, at: interval.at, id: interval.id }, { missed: true }, t('signal missed'))}>${t('I missed this one')}</button></p>`}
    </div>`
  }

  #ask(ask, sweep, interval) {
    const put = (value) => this.#put(sweep, interval, { [ask.id]: value }, ask.label.toLowerCase())
    const value = interval[ask.id] ?? null
    if (ask.type === 'count') return this.#countOf(ask, sweep, value, put)
    if (ask.type === 'choice')
      return html`<typed-answer .item=${ask} .label=${ask.label} .name=${`ask-${ask.id}`} .value=${value && { value }} @answer=${(event) => this.#answer(event, (given) => put(given?.value ?? null))}></typed-answer>`
    return this.#codes(ask, value ?? [], put)
  }

  #countOf(ask, { n }, value, put) {
    if (n > MOST_BUTTONS)
      return html`<count-stepper .name=${`ask-${ask.id}`} .label=${t('{question}, of {n}', { question: ask.label, n })} .value=${value} .most=${n} @count=${(event) => this.#count(event, put)}></count-stepper>`
    return html`<fieldset class="field"><legend>${t('{question}, of {n}', { question: ask.label, n })}</legend><div class="choices numbers">${Array.from(
      { length: n + 1 },
      (_, at) =>
        html`<label class="choice figures"><input type="radio" name=${`ask-${ask.id}`} .checked=${live(value === at)} @change=${() => put(at)}>${at}</label>`,
    )}</div></fieldset>`
  }

  #codes(ask, chosen, put) {
    const isFull = chosen.length >= ask.most
    const turn = (code, is) => {
      // The newest answer wins: with one too many the first one gives way.
      const list = is ? [...chosen, code].slice(-ask.most) : chosen.filter((one) => one !== code)
      put(list.length ? list : null)
    }
    return html`<fieldset class="field"><legend>${ask.label}</legend>${ask.most > 1 ? html`<p class="hint">${t('Up to {n}.', { n: ask.most })}${isFull ? ` ${t('One more replaces the first.')}` : ''}</p>` : nothing}
      <div class="choices">${ask.codes.map(
        ({ code, label }) =>
          html`<label class="choice"><input type="checkbox" .checked=${live(chosen.includes(code))} @change=${(event) => turn(code, event.target.checked)}><span class="tick">${icon('tick')}</span>${label}</label>`,
      )}</div></fieldset>`
  }

  #put(sweep, interval, part, why) {
    const { id, n, at, missed: _missed, sweep: _sweep, ...kept } = interval
    const entry = { ...kept, ...part, sweep: sweep.id, n, at }
    for (const name of Object.keys(entry)) if (entry[name] === null) delete entry[name]
    this.say('interval', { id: id ?? this.newId(), interval: entry, why })
  }

  #stop({ id, ...sweep }) {
    this.#chosen = null
    this.say('sweep', { id, sweep: { ...sweep, ended_at: Math.max(sweep.at, roomNow(this.now)) }, why: t('sweep stopped') })
  }

  // ---- afterwards ----------------------------------------------------------------------------------

  #over(sweep) {
    return html`<sweep-sum .sweep=${sweep} .body=${this.body} .asks=${this.#asks(sweep)} .sample=${this.#sample(sweep)} .now=${roomNow(this.now)}></sweep-sum>`
  }

  #asks(sweep) {
    return this.#instrumentOf(sweep).asks.filter(({ off }) => !off)
  }

  #sample(sweep) {
    return sampleWords(this.#instrumentOf(sweep), sweep.sample)
  }

  /** By the rubric the sweep was begun with, whatever is the newest now. */
  #instrumentOf({ by }) {
    const rubric = this.rubrics.find(({ id }) => id === by) ?? this.instrument
    return rubric.body.content.sweep
  }

  #answer(event, take) {
    event.stopPropagation()
    take(event.detail.value)
  }

  #count(event, take) {
    event.stopPropagation()
    take(event.detail.value)
  }
}

const seconds = (left) => `${Math.floor(Math.max(0, left) / 60)}:${String(Math.max(0, left) % 60).padStart(2, '0')}`

/** What a sweep comes to, with the interval and the number of intervals it rests on. */
class SweepSum extends LightElement {
  view() {
    const { sweep, body, asks } = this
    const { rate, intervals, missed, codes } = sumOf(intervalsOf(body, sweep, this.now), sweep.n, asks)
    return html`<article class="stack sweep-sum"><h3>${t('Sweep at {time}', { time: clockOf(sweep.at) })}</h3>
      <p class="figures">${rate === null ? t('Nothing counted.') : t('{percent} % engaged', { percent: Math.round(rate * 100) })} <span class="quiet">${basis(intervals, missed, sweep.interval_s, this.sample)}</span></p>
      ${Object.entries(codes).map(([id, found]) =>
        this.#codes(
          asks.find((ask) => ask.id === id),
          found,
          intervals - missed,
        ),
      )}</article>`
  }

  #codes(ask, found, seen) {
    const list = Object.entries(found).sort((a, b) => b[1] - a[1])
    if (!list.length) return nothing
    const named = (code) => ask.codes?.find((one) => one.code === code)?.label ?? optionWords(ask, code)
    return html`<p class="small"><span class="quiet">${ask.label}:</span> ${list.map(([code, n]) => t('{code} {n} of {all}', { code: named(code), n, all: seen })).join(', ')}</p>`
  }
}

/** What the sum rests on, in words. */
function basis(intervals, missed, seconds, sample) {
  return missed
    ? tn(
        '{count} signal, every {seconds} s, {sample}; {missed} missed.',
        '{count} signals, every {seconds} s, {sample}; {missed} missed.',
        intervals,
        { seconds, sample, missed },
      )
    : tn('{count} signal, every {seconds} s, {sample}.', '{count} signals, every {seconds} s, {sample}.', intervals, {
        seconds,
        sample,
      })
}

define('sweep-sum', SweepSum, ['sweep', 'body', 'asks', 'sample', 'now'])
define('sweep-runner', SweepRunner, ['body', 'instrument', 'rubrics', 'frozen', 'newId', 'now'])
