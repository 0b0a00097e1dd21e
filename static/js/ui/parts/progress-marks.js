import { html, nothing } from '../../vendor/lit-html.js'
import { define, LightElement } from '../element.js'
import { domainProgress } from '../rubric-view.js'

/** A row of small marks for each domain, and "9 of 15" in words; each group leads to its domain. */
class ProgressMarks extends LightElement {
  view() {
    const domains = domainProgress(this.content, this.body).filter(({ marks }) => marks.length)
    if (!domains.length) return nothing
    const total = domains.reduce((sum, { marks }) => sum + marks.length, 0)
    const rated = domains.reduce((sum, domain) => sum + domain.rated, 0)
    return html`<nav class="progress" aria-label="Rated so far">
      <span class="domains">${domains.map(
        (
          domain,
        ) => html`<a href=${`#/visit/${this.visit}/indicators/${domain.id}`} aria-label=${`${domain.title}: ${domain.rated} of ${domain.marks.length} rated`}>
        <span class="name">${domain.title}</span><span class="marks">${domain.marks.map(mark)}</span></a>`,
      )}</span>
      <span class="figures small">${rated} of ${total}</span>
    </nav>`
  }
}

/** @param {{value: unknown, derived: boolean}} one */
export function mark({ value, derived }) {
  return html`<span class="mark" data-value=${value ?? ''} ?data-derived=${derived}></span>`
}

define('progress-marks', ProgressMarks, ['content', 'body', 'visit'])
