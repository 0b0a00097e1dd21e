import { areRatingsFrozen } from '../core/observation.js'
import { findIndicator, scaleOf, shownIn } from './rubric-view.js'
import { meaningOf } from './shortcuts.js'

/** What the keys of a hardware keyboard do in a visit, while it is the observer's own. */
export class VisitKeys {
  /** @param {{screen: any, undo: () => void, finish: () => void, rate: (rated: any) => void}} hands */
  constructor({ screen, undo, finish, rate }) {
    Object.assign(this, { screen, undo, finish, rate })
  }

  pressed = async (event) => {
    const { app, record } = this.screen
    const asked = record?.body.state === 'draft' && app.recall('keys') !== 'off' && meaningOf(event)
    if (!asked || document.querySelector('dialog[open]')) return
    event.preventDefault()
    await this.#do(asked)
  }

  async #do({ act, value }) {
    if (act === 'note') return this.screen.querySelector('note-composer textarea')?.focus()
    if (act === 'undo') return this.undo()
    if (act === 'finish') return this.finish()
    if (act === 'part') return this.#turnTo(value)
    if (act === 'help') return this.#help()
    if (act === 'rate') return this.#rate(value)
    this.#turn(act === 'next' ? 1 : -1)
  }

  async #help() {
    await import('./parts/shortcut-help.js')
    this.screen.append(document.createElement('shortcut-help'))
  }

  #rate(value) {
    const indicator = this.#inHand
    if (indicator?.type !== 'level' || areRatingsFrozen(this.screen.record.body)) return
    const { levels, apart } = scaleOf(this.#content, indicator)
    const meant = value === 0 ? apart[0] : levels.find((level) => level.value === value)
    if (meant) this.rate({ indicator: indicator.id, rating: { value: meant.value } })
  }

  #turn(by) {
    const all = shownIn(this.#content, this.screen.record.body)
    const other = all[all.findIndex(({ id }) => id === this.#inHand?.id) + by]
    if (this.#inHand && other) this.#turnTo(other.id)
  }

  #turnTo(part) {
    this.screen.app.go(`#/visit/${this.screen.id}/${part}`)
  }

  /** By the address, which is there at once: a quick hand that turned the page rates on the new one, never on the old. */
  get #inHand() {
    return findIndicator(this.#content, location.hash.split('/')[3])
  }

  get #content() {
    return this.screen.rubric.body.content
  }
}
