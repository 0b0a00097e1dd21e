import { html, live, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { labelOf, scaleOf, setBy, standing } from '../rubric-view.js'
import { icon } from './icons.js'

/**
 * The level cards of one indicator, all descriptors at once; below and apart, what is no level.
 * Says `rate` with `{value}`; a value of null takes the rating away.
 */
class RatingScale extends LightElement {
  view() {
    const { content, indicator, body, frozen } = this
    const chosen = body.ratings?.[indicator.id]?.value ?? null
    const stands = standing(content, body, indicator)
    const { apart } = scaleOf(content, indicator)
    return html`<fieldset ?disabled=${frozen}>
      <legend class="visually-hidden">${t('{title}: how much was there to see?', { title: indicator.title })}</legend>
      <div class="level-cards">
        ${indicator.levels.map((level) =>
          this.#card(
            level.value,
            chosen,
            html`
          <span class="mark mark-large" data-value=${level.value}>${level.value}</span>
          <span><span>${level.text}</span><span class="level-name">${labelOf(content, indicator, level.value)}${this.#derived(level.value, stands)}</span></span>`,
            stands,
          ),
        )}
      </div>
      <div class="level-apart">
        ${apart.map((one) =>
          this.#card(
            one.value,
            chosen,
            html`
          <span class="mark mark-large" data-value=${one.value}></span><span>${one.label}</span>`,
            stands,
          ),
        )}
      </div>
    </fieldset>`
  }

  #card(value, chosen, words, stands) {
    return html`<label class="level-card" data-derived=${stands.derived && stands.value === value ? '' : nothing}>
      <input type="radio" name=${`rate-${this.indicator.id}`} .checked=${live(chosen === value)} @change=${() => this.say('rate', { value })}>
      ${words}${icon('tick')}
    </label>`
  }

  #derived(value, stands) {
    return stands.derived && stands.value === value ? html` · ${setBy(this.content, this.body, this.indicator)}` : nothing
  }
}

define('rating-scale', RatingScale, ['content', 'indicator', 'body', 'frozen'])
