import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { domainProgress } from '../rubric-view.js'

/** A row of small marks for each domain, and "9 of 15" in words; each group leads to its domain. */
class ProgressMarks extends LightElement {
  view() {
    const domains = domainProgress(this.content, this.body).filter(({ marks }) => marks.length)
    if (!domains.length) return nothing
    const total = domains.reduce((sum, { marks }) => sum + marks.length, 0)
    const rated = domains.reduce((sum, domain) => sum + domain.rated, 0)
    return html`<nav class="progress" aria-label=${t('Rated so far')}>
      <span class="domains">${domains.map(
        (
          domain,
        ) => html`<a href=${`#/visit/${this.visit}/indicators/${domain.id}`} aria-label=${t('{title}: {n} of {all} rated', { title: domain.title, n: domain.rated, all: domain.marks.length })}>
        <span class="name">${domain.title}</span><span class="marks">${domain.marks.map(mark)}</span></a>`,
      )}</span>
      <span class="figures small">${t('{n} of {of}', { n: rated, of: total })}</span>
    </nav>`
  }
}

/** @param {{value: unknown, derived: boolean}} one */
export function mark({ value, derived }) {
  return html`<span class="mark" data-value=${value ?? ''} ?data-derived=${derived}></span>`
}

define('progress-marks', ProgressMarks, ['content', 'body', 'visit'])
