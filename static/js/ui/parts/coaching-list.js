import { html, live, nothing } from '../../vendor/lit-html.js'
import { isFollowUpDue, lastGiven, quietDays, standingOf, stepsUnder } from '../../core/coaching.js'
import { t, tc, tn } from '../../core/gettext.js'
import { sayDay } from '../../core/time.js'
import { overWords, sinceWords } from '../coaching-words.js'
import { define, LightElement } from '../element.js'
import { schoolName } from '../room-words.js'
import './coaching-request.js'

/**
 * With whom, and how it stands: for a coach and for a teacher. Says `ask` with `{teacher, school}`, `agree` with
 * `{agreement, rooms}`, `over` with `{agreement}`.
 */
class CoachingList extends LightElement {
  /** Chosen and not asked yet: what comes from the server meanwhile must not unchoose it. */
  #whom = ''

  view() {
    const { own, taught } = this.zone
    return html`${this.zone.mayAgree || taught.length ? this.#teacher(taught) : nothing}${this.zone.mayCoach || own.length ? this.#coach(own) : nothing}`
  }

  #teacher(taught) {
    const { asked, agreed, over } = byStanding(taught)
    return html`
      ${asked.map(
        (
          one,
        ) => html`<coaching-request .coach=${this.#name(one.body.coach)} .agreement=${one} .rooms=${this.zone.roomsOf(one.body.school)} .now=${this.zone.now}
        @agree=${({ detail }) => this.say('agreed', { agreement: one, rooms: detail.rooms })} @decline=${() => this.say('over', { agreement: one })}></coaching-request>`,
      )}
      ${agreed.length ? html`<section><h2 class="section-head">${t('My coaches')}</h2>${this.#rows(agreed, 'coach')}</section>` : nothing}
      ${asked.length || agreed.length ? nothing : html`<p class="empty">${t('When a coach asks to coach you, the question stands here. You decide.')}</p>`}
      ${this.#over(over, 'coach')}`
  }

  #coach(own) {
    const { asked, agreed, over } = byStanding(own)
    return html`
      <section><h2 class="section-head">${t('Teachers I coach')}</h2>
        ${agreed.length ? this.#rows(agreed, 'teacher') : html`<p class="quiet">${t('No teacher has agreed yet.')}</p>`}</section>
      ${asked.length ? html`<section><h2 class="section-head">${t('Asked')}</h2><ul class="rows">${asked.map((one) => this.#asked(one))}</ul></section>` : nothing}
      ${this.zone.mayCoach ? this.#ask() : nothing}
      ${this.#over(over, 'teacher')}`
  }

  #rows(some, other) {
    return html`<ul class="rows">${some.map(
      ({ id, body }) => html`<li><a class="row" href=${`#/coaching/${id}`}>
        <span><span class="title">${this.#name(body[other])}</span>${this.#about(id, body)}</span></a></li>`,
    )}</ul>`
  }

  #about(id, body) {
    const { steps, now } = this.zone
    const under = stepsUnder(steps, id)
    const last = lastGiven(under)
    const quiet = quietDays(body, under, now)
    return html`<span class="about">${last ? t('{day}: {step}', { day: sayDay(last.body.seen, now), step: last.body.step }) : sinceWords(body, now)}</span>
      ${last && isFollowUpDue(last.body, now) ? html`<span class="about">${t('To be seen again: {day}', { day: sayDay(last.body.follow_up, now) })}</span>` : nothing}
      ${quiet ? html`<span class="about">${tn('{count} day without feedback', '{count} days without feedback', quiet)}</span>` : nothing}`
  }

  #asked(one) {
    const name = this.#name(one.body.teacher)
    return html`<li class="row"><span><span class="title">${name}</span><span class="about">${sinceWords(one.body, this.zone.now)}</span></span>
      <button type="button" class="button" aria-label=${t('Take back the question to {name}', { name })} @click=${() => this.say('over', { agreement: one })}>${tc('a question', 'Take back')}</button></li>`
  }

  #ask() {
    const { teachers } = this.zone
    return html`<section class="stack"><h2 class="section-head">${t('Ask a teacher')}</h2>
      <p class="quiet">${t('The teacher reads your question after signing in, and decides alone. Until then nothing can be written.')}</p>
      ${
        teachers.length
          ? html`<p class="field"><label for="ask-teacher">${t('Whom?')}</label><select class="input" id="ask-teacher" @change=${(event) => (this.#whom = event.target.value)}><option value="" .selected=${live(!this.#whom)}>${t('Choose…')}</option>
        ${teachers.map(({ id, school, name }) => this.#option(`${id} ${school}`, [name, this.#school(school)].filter(Boolean).join(' · ')))}</select></p>
        <p><button type="button" class="button" @click=${this.#onAsk}>${t('Ask')}</button></p>`
          : html`<p class="quiet">${t('There is no teacher here whom you have not asked.')}</p>`
      }</section>`
  }

  #option(value, words) {
    return html`<option value=${value} .selected=${live(value === this.#whom)}>${words}</option>`
  }

  #onAsk = () => {
    const [teacher, school] = this.#whom.split(' ')
    if (!school) return this.querySelector('#ask-teacher').focus()
    this.#whom = ''
    this.say('ask', { teacher, school })
  }

  #over(over, other) {
    if (!over.length) return nothing
    return html`<details><summary>${t('Over')}</summary><ul class="rows">${over.map(
      ({ id, body }) => html`<li><a class="row" href=${`#/coaching/${id}`}>
      <span><span class="title">${this.#name(body[other])}</span><span class="about">${overWords(body, this.zone.now)}</span></span></a></li>`,
    )}</ul></details>`
  }

  #name(person) {
    return this.zone.name(person)
  }

  #school(id) {
    const school = this.zone.schools.get(id)
    return school ? schoolName(school) : ''
  }
}

function byStanding(some) {
  const standing = { asked: [], agreed: [], over: [] }
  for (const one of some) standing[standingOf(one.body)].push(one)
  return standing
}

define('coaching-list', CoachingList, ['zone'])
