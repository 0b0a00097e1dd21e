import { html, nothing } from '../../vendor/lit-html.js'
import { isArea, isOpenStep, saidOf, statusOf } from '../../core/debrief.js'
import { t } from '../../core/gettext.js'
import { sayDay } from '../../core/time.js'
import { countWords, STATUS } from '../debrief-words.js'
import { define, LightElement } from '../element.js'

/** The debrief on one page, for paper or a PDF: no observer beside a note, no teacher, no rating of anybody. */
class DebriefPage extends LightElement {
  view() {
    const { clusters, walk } = this.board
    const areas = clusters.filter(({ key }) => key && isArea(walk.body, key))
    const seen = clusters.filter(({ key, notices }) => key && notices.length).sort((a, b) => b.rooms - a.rooms)
    const wonders = clusters.flatMap((one) => one.wonders)
    return html`<article class="one-page groups">
      <header class="stack-tight"><p class="quiet">${this.#where()}</p><h1 class="focus-question" tabindex="-1">${walk.body.focus}</h1>
        ${walk.body.debriefed ? nothing : html`<p class="quiet">${t('This debrief is not closed yet.')}</p>`}</header>
      ${areas.length ? html`<section class="stack-tight"><h2>${t('Focus areas')}</h2><ol class="plain-list">${areas.map((one) => html`<li><strong>${one.title}</strong> ${this.#count(one)}</li>`)}</ol></section>` : nothing}
      ${seen.length ? html`<section class="stack"><h2>${t('What was seen')}</h2>${seen.map((one) => this.#pattern(one))}</section>` : nothing}
      ${wonders.length ? html`<section class="stack-tight"><h2>${t('We wonder')}</h2><ul class="plain-list">${wonders.map(({ body }) => html`<li class="keep-lines">${body.text}</li>`)}</ul></section>` : nothing}
      ${this.#steps()}
    </article>`
  }

  #where() {
    const { walk, school, visited } = this.board
    const rooms = visited ? t('Rooms visited: {n}', { n: String(visited) }) : ''
    return [walk.body.title, school, sayDay(walk.body.date, this.now), rooms].filter(Boolean).join(' · ')
  }

  #count(cluster) {
    const words = cluster.notices.length ? countWords(cluster, this.board.visited) : ''
    return words ? html`<span class="quiet">(${words})</span>` : nothing
  }

  #pattern(one) {
    return html`<section class="pattern"><h3>${one.title} ${this.#count(one)}</h3><ul class="plain-list">${one.notices.map(({ body }) => html`<li class="keep-lines">${body.text}</li>`)}</ul></section>`
  }

  #steps() {
    const { steps, ownerOf } = this.board
    if (!steps.length) return nothing
    return html`<section class="stack-tight"><h2>${t('Next steps')}</h2><table class="page-table"><thead><tr><th scope="col">${t('What')}</th><th scope="col">${t('Who')}</th><th scope="col">${t('Until')}</th><th scope="col">${t('State')}</th></tr></thead>
      <tbody>${steps.map(
        ({
          body,
        }) => html`<tr><td class="keep-lines">${body.text}</td><td>${ownerOf(body.owner)}</td><td>${sayDay(body.due, this.now)}</td>
        <td>${STATUS[statusOf(body)]}${isOpenStep(body) ? nothing : html`<br><span class="quiet">${saidOf(body)[0].text}</span>`}</td></tr>`,
      )}</tbody></table></section>`
  }
}

define('debrief-page', DebriefPage, ['board', 'now'])
