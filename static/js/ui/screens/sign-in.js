import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { problemWords } from '../../core/problems.js'
import { define, Screen } from '../element.js'
import { brandMark } from '../app-shell.js'
import { fill } from '../fill.js'
import '../parts/language-choice.js'

/** Sign in once with a network; from then on the tablet knows who works here. */
class SignInScreen extends Screen {
  #problem = null
  #isBusy = false

  view() {
    return isSecureContext ? this.#form() : this.#plainHttp()
  }

  /** Without a safe connection the browser has neither an offline copy nor the means to check what was sent. */
  #plainHttp() {
    return html`<div class="sign-in">
      <p class="brand">${brandMark()}<span>walkapp</span></p>
      <h1 tabindex="-1">${t('This address cannot be used for visits')}</h1>
      <p>${fill(t('It begins with {start}. A browser keeps an app and its notes for work without a network only when it came over a safe connection.'), { start: html`<strong>http://</strong>` })}</p>
      <p>${fill(t('Ask whoever runs this server for the address that begins with {start}. Nothing is lost.'), { start: html`<strong>https://</strong>` })}</p>
      ${this.#languages()}
    </div>`
  }

  #form() {
    const email = this.app.person?.account.email ?? ''
    return html`<form class="sign-in" novalidate @submit=${this.#send}>
      <p class="brand">${brandMark()}<span>walkapp</span></p>
      <h1 tabindex="-1">${this.app.person ? t('Sign in again') : t('Sign in')}</h1>
      ${this.app.person ? html`<p class="quiet">${t('Your work is on this tablet and waits. Signing in sends it.')}</p>` : nothing}
      <p class="field"><label for="email">${t('Email')}</label><input class="input" id="email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" required .defaultValue=${email} ?readonly=${Boolean(email)}></p>
      <p class="field"><label for="password">${t('Password')}</label><input class="input" id="password" name="password" type="password" autocomplete="current-password" required
        aria-invalid=${this.#problem ? 'true' : nothing} aria-describedby=${this.#problem ? 'sign-in-problem' : nothing}></p>
      ${this.#problem ? html`<p class="note-box note-negative" id="sign-in-problem" role="alert"><strong>${this.#problem.title}</strong> ${this.#problem.next}</p>` : nothing}
      <p class="cluster"><button class="button button-primary button-large" aria-disabled=${this.#isBusy ? 'true' : 'false'}>${this.#isBusy ? t('Signing in…') : t('Sign in')}</button>
        ${this.app.person ? html`<button type="button" class="button button-quiet" @click=${() => this.app.go('#/')}>${t('Later')}</button>` : nothing}</p>
      ${this.#languages()}
    </form>`
  }

  /** Found by its own name even by somebody who reads nothing else here. */
  #languages() {
    return html`<language-choice .app=${this.app}></language-choice>`
  }

  #send = async (event) => {
    event.preventDefault()
    if (this.#isBusy) return
    const { email, password } = Object.fromEntries(new FormData(event.target))
    this.#problem = email && password ? null : { title: t('Write your email and your password.'), next: '' }
    this.#isBusy = !this.#problem
    this.paint()
    if (this.#problem) return
    const problem = await this.app.signIn(email, password)
    this.#isBusy = false
    this.#problem = problem ? problemWords(problem) : null
    if (!this.isConnected) return
    this.paint()
    if (problem) this.querySelector('#password').focus()
  }
}

define('sign-in-screen', SignInScreen, ['route'])
