import { html, nothing } from '../../vendor/lit-html.js'
import { define, Screen } from '../element.js'

/** Somebody whose part of the app is not built yet, or is not on the tablet: said calmly, with where to go. */
class NobodyScreen extends Screen {
  view() {
    const { space } = this.app
    const isAdmin = space?.roles.some(({ role }) => role === 'admin')
    return html`<div class="page page-narrow">
      <h1>Welcome${space ? `, ${space.person_name}` : ''}</h1>
      <p>${
        isAdmin
          ? 'As an administrator you work on the pages for schools, rooms and people.'
          : 'On this tablet coaches take notes in classrooms and principals read them. There is nothing for you to do here at the moment.'
      }</p>
      ${isAdmin ? html`<p><a class="button" href="/admin/">Go to the administration</a></p>` : nothing}
      <p class="quiet">If you expected something else, ask whoever invited you.</p>
    </div>`
  }
}

define('nobody-screen', NobodyScreen, ['route'])
