import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import './room-replies.js'
import './said-so-far.js'

const MOST = 500
const KINDS = ['review', 'thank_you', 'person']

/** What the desk said to the observer of this observation, and a thank-you to its room. Reads for itself. */
class VisitSaid extends LightElement {
  #said = null
  #isThanking = false
  #onChanged = ({ detail }) => KINDS.some((kind) => !detail?.kinds || detail.kinds.includes(kind)) && this.#load()

  connectedCallback() {
    this.app.store?.addEventListener('changed', this.#onChanged)
    this.#load()
  }

  disconnectedCallback() {
    this.app.store?.removeEventListener('changed', this.#onChanged)
  }

  async #load() {
    const { store, space } = this.app
    const [reviews, thanks, people] = await Promise.all([
      store.list('review', { space: space.id, limit: MOST }),
      store.all('thank_you'),
      store.all('person'),
    ])
    this.#said = {
      reviews: reviews.filter(({ summary }) => summary.observation === this.observation).reverse(),
      thanks: thanks.filter(({ body }) => body.observation === this.observation),
      people: new Map(people.map(({ id, body }) => [id, body.name])),
    }
    this.paint()
  }

  view() {
    if (!this.#said) return nothing
    const { reviews: every, thanks, people } = this.#said
    // Why it came back stands above what is written, once.
    const reviews = every.filter(({ summary }) => this.body.state !== 'draft' || summary.verb === 'comment')
    return html`<said-so-far .reviews=${reviews} .thanks=${thanks} .people=${people} .now=${this.app.now()}></said-so-far>
      <room-replies .app=${this.app} .observation=${this.observation}></room-replies>${this.#thank()}`
  }

  #thank() {
    if (this.body.state === 'draft') return nothing
    if (this.#isThanking)
      return html`<thank-form .body=${this.body} .isObserver=${true} @thanked=${this.#thanked} @left=${() => this.#turn(false)}></thank-form>`
    return html`<p><button type="button" class="button" @click=${() => this.#turn(true)}>${t('Thank the room')}</button></p>`
  }

  async #turn(is) {
    if (is) await import('./thank-form.js')
    this.#isThanking = is
    this.paint()
  }

  #thanked = async ({ detail }) => {
    const { observer, school, number } = this.body
    const said = { observation: this.observation, observer, school, number, by: observer, at: this.app.now(), ...detail }
    await this.app.save([{ new: { kind: 'thank_you', id: this.app.newId(), body: said } }])
    this.app.announce(t('The principal can hand it on.'))
    this.#turn(false)
  }
}

define('visit-said', VisitSaid, ['app', 'observation', 'body'])
