import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import './count-stepper.js'
import './student-card.js'
import './sweep-runner.js'
import './talk-timer.js'
import './turn-tally.js'

const TOOLS = { sweep: t('Engagement sweep'), turns: t('Turns of talk'), talk: t('Who holds the floor') }

/** All that is counted in a room; the longer ones on a page of their own. Says what its tools say, and `fact` for a count. */
class CountView extends LightElement {
  view() {
    const { tool } = this
    return html`${this.#tabs(tool)}${tool ? this.#tool(tool) : this.#plain()}`
  }

  #tabs(tool) {
    const link = (name, words) =>
      html`<a class="button" href=${`#/visit/${this.visit}/count${name ? `/${name}` : ''}`} aria-current=${(tool ?? '') === name ? 'true' : nothing}>${words}</a>`
    return html`<nav class="cluster tabs" aria-label=${t('What to count')}>${link('', t('Counts'))}${Object.entries(TOOLS)
      .filter(([name]) => this.#has(name))
      .map(([name, words]) => link(name, words))}</nav>`
  }

  #has(name) {
    return name === 'talk' || Boolean(this.instruments?.[name])
  }

  #tool(tool) {
    const { body, frozen, newId, now, instruments } = this
    if (tool === 'talk') return html`<talk-timer .body=${body} .frozen=${frozen} .newId=${newId} .now=${now}></talk-timer>`
    if (!this.#has(tool)) return html`<p class="quiet">${t('This needs a rubric that has not come to this tablet yet.')}</p>`
    if (tool === 'turns')
      return html`<turn-tally .body=${body} .asks=${instruments.turns.body.content.turns.asks} .frozen=${frozen} .newId=${newId} .now=${now}></turn-tally>`
    return html`<sweep-runner .body=${body} .instrument=${instruments.sweep} .rubrics=${this.rubrics} .frozen=${frozen} .newId=${newId} .now=${now}></sweep-runner>`
  }

  #plain() {
    const { content, body, frozen } = this
    const questions = content.student_questions ?? []
    if (!content.counts?.length && !questions.length)
      return html`<h2 tabindex="-1">${t('Counts')}</h2><p class="quiet">${t('This rubric asks for no numbers. Choose what to count above.')}</p>`
    return html`${content.counts?.length ? html`<section class="stack" aria-labelledby="counts-title"><h2 id="counts-title" tabindex="-1">${t('Counts')}</h2><div class="fields">${content.counts.map((one) => this.#count(one))}</div></section>` : nothing}
      ${questions.length ? html`<student-card .questions=${questions} .asked=${body.asked} .frozen=${frozen}></student-card>` : nothing}`
  }

  #count({ id, label, suggest }) {
    return html`<count-stepper .name=${`counts-${id}`} .label=${label} .value=${this.body.counts?.[id] ?? null} .hint=${suggest ? t('Aim for {n}.', { n: suggest }) : ''} .frozen=${this.frozen}
      @count=${(event) => this.#say(event, id)}></count-stepper>`
  }

  #say(event, key) {
    event.stopPropagation()
    this.say('fact', { field: 'counts', key, value: event.detail.value })
  }
}

define('count-view', CountView, ['content', 'body', 'frozen', 'visit', 'tool', 'instruments', 'rubrics', 'newId', 'now'])
