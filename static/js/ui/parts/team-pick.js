import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { canWalkAt } from '../team-words.js'

/** Who walks along. Says `team` with `{person, is}`. */
class TeamPick extends LightElement {
  view() {
    const { people, lead, school, chosen } = this
    const others = people.filter((one) => one.id !== lead && (canWalkAt(one, school) || chosen.has(one.id)))
    return html`<fieldset class="stack-tight"><legend>${t('Who walks along?')}</legend>
      <p class="quiet small">${t('Everybody writes alone. What the others wrote is read when the visit is revealed.')}</p>
      ${others.length ? nothing : html`<p class="quiet">${t('Nobody else may observe at this school.')}</p>`}
      <div class="stack-tight">${others.map(
        ({ id, body }) =>
          html`<label class="check"><input type="checkbox" .checked=${chosen.has(id)} @change=${(event) => this.say('team', { person: id, is: event.target.checked })}><span>${body.name}</span></label>`,
      )}</div></fieldset>`
  }
}

define('team-pick', TeamPick, ['people', 'lead', 'school', 'chosen'])
