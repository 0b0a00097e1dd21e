import { html, nothing } from '../../vendor/lit-html.js'
import { listed, t, tn } from '../../core/gettext.js'
import { linesFor } from '../../core/observation.js'
import { isOpen } from '../../core/rubric.js'
import { define, LightElement } from '../element.js'
import { domainsOf, glyph, labelOf, standing } from '../rubric-view.js'
import './typed-answer.js'
import './yes-no.js'

/** All indicators by domain, each with what stands for it; the gates first. Says `gate` with `{gate, value}`. */
class IndicatorOverview extends LightElement {
  view() {
    const { content, body, frozen } = this
    return html`${
      content.gates?.length
        ? html`<div class="stack" role="group" aria-label=${t('About the whole visit')} tabindex="-1">
      ${content.gates.map((gate) =>
        gate.options.includes('yes')
          ? html`<yes-no .name=${`gate-${gate.id}`} .question=${gate.question} .value=${body.gates?.[gate.id]?.value ?? null}
        .frozen=${frozen} .note=${this.#gateNote(gate)} @answer=${(event) => this.#answer(event, gate)}></yes-no>`
          : this.#choice(gate),
      )}
    </div>`
        : nothing
    }
    ${domainsOf(content, body.form).map((domain) => this.#domain(domain))}
    ${content.short_form && !frozen ? this.#formSwitch() : nothing}`
  }

  #choice(gate) {
    const value = this.body.gates?.[gate.id]?.value ?? null
    return html`<typed-answer .item=${{ ...gate, type: 'choice' }} .label=${gate.question} .name=${`gate-${gate.id}`} .value=${value && { value }} .frozen=${this.frozen}
      @answer=${(event) => this.#answer(event, gate)}></typed-answer>`
  }

  #gateNote(gate) {
    if (!gate.when_no) return ''
    const settled = this.content.domains.filter(({ id }) => gate.when_no.domains.includes(id))
    const titles = listed(settled.map(({ title }) => `“${title}”`))
    const label = labelOf(this.content, settled[0].indicators[0], gate.when_no.default_value)
    return t('With “No”, everything under {titles} counts as “{label}” unless you rate it yourself.', { titles, label })
  }

  #answer(event, gate) {
    event.stopPropagation()
    const { value } = event.detail
    this.say('gate', { gate: gate.id, value: value?.value ?? value })
  }

  #domain(domain) {
    const stand = domain.indicators
      .filter((one) => isOpen(one, this.body))
      .map((one) => ({ one, ...standing(this.content, this.body, one) }))
    const rated = stand.filter(({ value, derived }) => value != null && !derived).length
    return html`<section class="domain" aria-labelledby=${`domain-${domain.id}`}>
      <div class="domain-head"><h2 id=${`domain-${domain.id}`} tabindex="-1">${domain.title}</h2><span class="quiet figures">${domain.optional ? `${t('Optional')} · ` : ''}${t('{n} of {of}', { n: rated, of: stand.length })}</span></div>
      ${domain.about ? html`<p class="quiet">${domain.about}</p>` : nothing}
      <ul>${stand.map((one) => html`<li>${this.#row(one)}</li>`)}</ul>
    </section>`
  }

  #row({ one, value, derived, words }) {
    const tied = linesFor(this.body, one.id).length
    return html`<a class="indicator-row" href=${`#/visit/${this.visit}/${one.id}`} aria-current=${this.open === one.id ? 'true' : nothing}>
      <span class="mark mark-large" data-value=${value ?? ''} ?data-derived=${derived}>${glyph(value)}</span>
      <span><span class="title">${one.title}</span><span class="chosen">${words || t('Not rated yet')}</span></span>
      <span class="tied figures">${tied ? tn('{count} note', '{count} notes', tied) : nothing}</span>
    </a>`
  }

  #formSwitch() {
    const isShort = this.body.form === 'short'
    const bound = tn(
      '(for a visit under {count} minute; nothing rated is lost)',
      '(for a visit under {count} minutes; nothing rated is lost)',
      this.content.short_form.minutes_under ?? 10,
    )
    return html`<p><label class="check"><input type="checkbox" .checked=${isShort} @change=${(event) => this.say('form', { form: event.target.checked ? 'short' : 'full' })}>
      <span>${t('Short form: only the core indicators')}<span class="quiet"> ${bound}</span></span></label></p>`
  }
}

define('indicator-overview', IndicatorOverview, ['content', 'body', 'visit', 'open', 'frozen'])
