import { html, nothing } from '../../vendor/lit-html.js'
import { agreedOn, momentOfSaying } from '../../core/consensus.js'
import { t, tn } from '../../core/gettext.js'
import { evidenceOf, linesFor } from '../../core/observation.js'
import { spread, teamOf, walksAlong } from '../../core/team.js'
import { define, Screen } from '../element.js'
import '../parts/consensus-choice.js'
import { icon } from '../parts/icons.js'
import { observationRows } from '../observation-rows.js'
import { visitName } from '../room-words.js'
import { clockOf, domainsOf, glyph, labelOf, scaleOf, standing } from '../rubric-view.js'
import { readRubric } from '../rubrics.js'

/**
 * A revealed visit: each indicator with what everybody rated and wrote, side by side, and what the team agrees on. Nobody's
 * observation is changed here.
 */
class TogetherScreen extends Screen {
  get id() {
    return this.route.parts[0]
  }

  async load() {
    const { store, space } = this.app
    this.visit = await store.read(this.id)
    if (!this.visit?.body.revealed) return
    const [here, people, rubric, walk, consensus] = await Promise.all([
      observationRows(this.app, (one) => one.visit === this.id && one.revealed),
      store.all('person'),
      readRubric(this.app, this.visit.body.rubric),
      store.read(this.visit.body.walk),
      store.all('consensus'),
    ])
    const read = await Promise.all(here.map(({ id }) => store.read(id)))
    const nameOf = new Map(people.map(({ id, body }) => [id, body.name]))
    this.rubric = rubric
    this.nameOf = (person) => (person === space.person ? t('You') : (nameOf.get(person) ?? t('Somebody else')))
    this.mayAgree = Boolean(walk && walksAlong(walk.body, space.person))
    this.own = consensus.filter(({ body }) => body.visit === this.id).sort((a, b) => (a.id < b.id ? -1 : 1))
    this.agreed = agreedOn(
      this.own.map(({ body }) => body),
      walk ? teamOf(walk.body) : [],
    )
    this.all = read
      .filter((one) => one && one.body.state !== 'draft')
      .map(({ id, body }) => ({
        id,
        body,
        who: this.nameOf(body.observer),
      }))
      .sort((a, b) => a.who.localeCompare(b.who))
  }

  onChanged({ kinds }) {
    if (!kinds || ['observation', 'visit', 'consensus', 'walk'].some((kind) => kinds.includes(kind))) this.reload()
  }

  view() {
    if (!this.ready) return html`<p class="page quiet">${t('Opening…')}</p>`
    if (!this.visit?.body.revealed || !this.rubric) return this.#closed()
    const { content } = this.rubric.body
    return html`<div class="page page-narrow">
      <p class="back"><a class="button button-quiet" href=${`#/walk/${this.visit.body.walk}`}>${icon('back')} ${t('Walk')}</a></p>
      <header class="stack"><h1>${t('Side by side')}</h1>
        <p class="quiet">${visitName(this.visit.body)} · ${this.rubric.body.title} · ${tn('{count} observer', '{count} observers', this.all.length)}</p>
        <p class="quiet">${t('Ratings stay as they were given. Look at what was seen, then talk.')} ${t('What you agree on stands beside them.')}</p></header>
      ${domainsOf(content, 'full').map((domain) => this.#domain(content, domain))}
      ${this.#untied()}
    </div>`
  }

  #closed() {
    return html`<div class="page"><h1>${t('This visit is not revealed yet')}</h1>
      <p class="quiet">${t('It opens when everybody of the team has given theirs, or when the lead reveals it.')}</p>
      <p><a class="button" href="#/">${t('Today')}</a></p></div>`
  }

  #domain(content, domain) {
    const found = domain.indicators.filter((one) => this.all.some(({ body }) => isSeen(content, body, one)))
    const left = domain.indicators.filter((one) => !found.includes(one))
    return html`<section class="stack" aria-labelledby=${`side-${domain.id}`}><h2 class="section-head" id=${`side-${domain.id}`}>${domain.title}</h2>
      ${found.map((one) => this.#indicator(content, one))}
      ${left.length ? html`<p class="quiet small">${t('Seen by nobody: {titles}', { titles: left.map(({ title }) => title).join(' · ') })}</p>` : nothing}</section>`
  }

  /** Notes that belong to no indicator, each beside its writer. */
  #untied() {
    const noted = this.all.map(({ body }) => evidenceOf(body).filter((line) => !line.indicators?.length))
    if (!noted.some((lines) => lines.length)) return nothing
    return html`<section class="stack" aria-labelledby="side-untied"><h2 class="section-head" id="side-untied">${t('Also noted')}</h2>
      <ul class="side-by-side">${this.all.map(({ who }, at) => (noted[at].length ? html`<li><strong>${who}</strong>${this.#lines(noted[at])}</li>` : nothing))}</ul></section>`
  }

  #lines(lines) {
    return html`<ul class="lines">${lines.map((line) => html`<li><time>${clockOf(line.at)}</time><span class="keep-lines">${line.text}</span></li>`)}</ul>`
  }

  #indicator(content, one) {
    const stands = this.all.map(({ body }) => standing(content, body, one))
    const seen = this.all.map(({ body }) => linesFor(body, one.id))
    const { apart } = scaleOf(content, one)
    const own = stands.map(({ value, derived }) => (derived || apart.some((each) => each.value === value) ? null : value))
    return html`<article class="finding" data-indicator=${one.id}><h3>${one.title}</h3>
      <p class="quiet small">${this.#spreadWords(spread(own))}</p>
      <ul class="side-by-side">${this.all.map(
        ({ id, who }, at) => html`<li data-observation=${id}>
        <p class="verdict"><span class="mark mark-large" data-value=${stands[at].value ?? ''} ?data-derived=${stands[at].derived}>${glyph(stands[at].value)}</span>
          <span><strong>${who}</strong> <span class="level-name">${stands[at].words || this.#label(content, one, stands[at].value)}</span></span></p>
        ${seen[at].length ? this.#lines(seen[at]) : nothing}
      </li>`,
      )}</ul>
      <consensus-choice .content=${content} .one=${one} .agreed=${this.agreed.get(one.id)} .me=${this.app.space.person} .nameOf=${this.nameOf} .open=${this.mayAgree} @agree=${this.#onAgree}></consensus-choice></article>`
  }

  /** In one's own record, which begins with the first word. */
  #onAgree = async ({ detail: { indicator, value, why } }) => {
    const { app, visit } = this
    const me = app.space.person
    const said = { value, at: momentOfSaying(this.agreed.get(indicator), app.now()), ...(why ? { why } : {}) }
    const own = this.own.find(({ body }) => body.by === me)
    if (own) return app.save([{ id: own.id, kind: 'consensus', set: { [`says/${indicator}`]: said } }])
    const { walk, number, school, rubric } = visit.body
    const body = { walk, visit: this.id, number, school, rubric, by: me, says: { [indicator]: said } }
    await app.save([{ new: { kind: 'consensus', id: app.newId(), body } }])
  }

  #label(content, one, value) {
    return value == null || value === '' ? t('Not rated') : labelOf(content, one, value)
  }

  #spreadWords({ shares, given, agreed }) {
    if (given === 0) return t('Nobody rated it.')
    if (given === 1) return t('One of us rated it.')
    return agreed
      ? t('All {count} gave the same.', { count: String(given) })
      : t('{kinds} different ratings from {count} of us.', { kinds: String(shares.length), count: String(given) })
  }
}

/** Was it rated, or is a note tied to it? What only a gate sets was not. */
function isSeen(content, body, one) {
  const { value, derived } = standing(content, body, one)
  return (value != null && value !== '' && !derived) || linesFor(body, one.id).length > 0
}

define('together-screen', TogetherScreen, ['route'])
