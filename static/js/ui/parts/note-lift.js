import { html, nothing } from '../../vendor/lit-html.js'
import { grouped } from '../../core/grouped.js'
import { t, tn } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { visitName } from '../room-words.js'

/** Notes that may be put up as cards, by visit and without their writers. Says `lift` with `{note}`. */
class NoteLift extends LightElement {
  view() {
    const { notes } = this
    if (!notes.length)
      return html`<p class="quiet">${t('No notes to put up. They come here when a visit is revealed or its notes are released.')}</p>`
    const visits = [...grouped(notes, ({ number }) => String(number)).values()].sort(([a], [b]) => a.number - b.number)
    return html`${visits.map(
      (
        some,
      ) => html`<details ?open=${visits.length === 1}><summary>${visitName(some[0])} · ${tn('{count} note', '{count} notes', some.length)}</summary>
      <ul class="rows">${some.map((note) => this.#note(note))}</ul></details>`,
    )}`
  }

  #note(note) {
    const about = note.indicator && this.titles.get(note.indicator)
    return html`<li class="row"><span><span class="keep-lines">${note.text}</span>${about ? html`<span class="about">${about}</span>` : nothing}</span>
      <button type="button" class="button" @click=${() => this.say('lift', { note })}>${t('Put up')}<span class="visually-hidden">: ${note.text}</span></button></li>`
  }
}

define('note-lift', NoteLift, ['notes', 'titles'])
