import { t } from '../core/gettext.js'
import { evidenceOf, path } from '../core/observation.js'
import { begunLast, joined, moved, split } from '../core/script.js'

/** The script, changed afterwards: between the list that shows its lines and the draft that keeps them. */
export class ScriptHand {
  /** @param {{app: any, draft: any, opened: (id: string) => void}} hands `opened` puts a line under the pen */
  constructor({ app, draft, opened }) {
    Object.assign(this, { app, draft, opened })
  }

  /** What the composer keeps: at its first letters a line finds its place, and stays there. */
  typed = ({ detail: { id, line } }) => {
    const known = this.draft.body.evidence?.[id]
    const placed = known ? { ...line, ...(known.order == null ? {} : { order: known.order }) } : begunLast(this.#lines(), line)
    return this.draft.write({ [path.evidence(id)]: line && placed })
  }

  line = ({ detail: { id, line, why } }) => this.draft.write({ [path.evidence(id)]: line }, why)

  move = async ({ detail: { id, by } }) => {
    await this.#rewrite(moved(this.#lines(), id, by), t('note moved'))
    this.opened(id)
  }

  split = ({ detail: { id, at } }) => {
    const line = this.#lines().find((one) => one.id === id)
    const edits = line ? split(line, at, this.app.newId()) : {}
    if (!Object.keys(edits).length) this.app.announce(t('Put the cursor where the note is to be split.'))
    return this.#rewrite(edits, t('note split'))
  }

  join = ({ detail: { id } }) => this.#rewrite(joined(this.#lines(), id), t('notes joined'))

  copy = () => {
    const texts = this.#lines().map(({ text }) => text)
    return this.app.copy(texts.join('\n'))
  }

  #lines() {
    return evidenceOf(this.draft.body)
  }

  async #rewrite(edits, why) {
    const set = Object.fromEntries(Object.entries(edits).map(([id, line]) => [path.evidence(id), line]))
    if (Object.keys(set).length) await this.draft.write(set, why)
  }
}
