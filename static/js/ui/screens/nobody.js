import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, Screen } from '../element.js'
import '../parts/language-choice.js'

/** Somebody whose part of the app is not built yet, or is not on the tablet: said calmly, with where to go. */
class NobodyScreen extends Screen {
  view() {
    const { space } = this.app
    const isAdmin = space?.roles.some(({ role }) => role === 'admin')
    return html`<div class="page page-narrow">
      <h1>${space ? t('Welcome, {name}', { name: space.person_name }) : t('Welcome')}</h1>
      <p>${
        isAdmin
          ? t('As an administrator you work on the pages for schools, rooms and people.')
          : t(
              'On this tablet coaches take notes in classrooms and principals read them. There is nothing for you to do here at the moment.',
            )
      }</p>
      ${isAdmin ? html`<p><a class="button" href="/admin/">${t('Go to the administration')}</a></p>` : nothing}
      <p class="quiet">${t('If you expected something else, ask whoever invited you.')}</p>
      <language-choice .app=${this.app}></language-choice>
    </div>`
  }
}

define('nobody-screen', NobodyScreen, ['route'])
