import { html, nothing } from '../../vendor/lit-html.js'
import { stepsInRoom } from '../../core/coaching.js'
import { t } from '../../core/gettext.js'
import { sayDay } from '../../core/time.js'
import { define, LightElement } from '../element.js'

const KINDS = ['agreement', 'coaching_step', 'visit_room', 'person']

/** The last step of the teacher who named this room, before anything is observed. Read beside the visit, never written into it. */
class LastStep extends LightElement {
  #found = []
  #onChanged = ({ detail }) => (!detail?.kinds || detail.kinds.some((kind) => KINDS.includes(kind))) && this.#look()

  connectedCallback() {
    this.app.store.addEventListener('changed', this.#onChanged)
    this.#look()
  }

  disconnectedCallback() {
    this.app.store.removeEventListener('changed', this.#onChanged)
  }

  async #look() {
    const { store, space } = this.app
    const [agreements, steps, places, people] = await Promise.all(KINDS.map((kind) => store.all(kind)))
    const walk = await store.read(this.walk)
    const room = places.find(({ body }) => body.visit === this.visit)?.body.room
    this.#found = stepsInRoom({ kind: walk?.body.kind, room, me: space.person, agreements, steps })
    this.names = new Map(people.map(({ id, body }) => [id, body.name]))
    if (this.isConnected) this.paint()
  }

  view() {
    return this.#found.map((one) => this.#one(one))
  }

  #one({ agreement, step: { body } }) {
    const name = this.names.get(agreement.body.teacher) ?? t('Somebody')
    return html`<details class="note-box last-step" open><summary>${t('Last step: {name}, {day}', { name, day: sayDay(body.seen, this.app.now()) })}</summary>
      <p class="keep-lines">${body.step}</p>
      ${body.look_for ? html`<p class="keep-lines"><strong>${t('Look for this:')}</strong> ${body.look_for}</p>` : nothing}
      <p><a class="button button-quiet" href=${`#/coaching/${agreement.id}`}>${t('Close it, or write the next one')}</a></p></details>`
  }
}

define('last-step', LastStep, ['app', 'visit', 'walk'])
