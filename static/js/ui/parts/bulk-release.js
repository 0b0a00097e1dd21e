import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { readersHints } from '../../core/hints.js'
import { evidenceOf } from '../../core/observation.js'
import { define, LightElement } from '../element.js'
import { visitName } from '../room-words.js'

/** The last look before several are released at once: what each of them is, and what follows. */
class BulkRelease extends LightElement {
  view() {
    const { whole } = this
    return html`<header class="stack"><h1 tabindex="-1">${tn('Release {count} observation?', 'Release {count} observations?', whole.length)}</h1>
        <p>${t('Staff may then see their visit numbers, notes and ratings, and nothing else.')}</p>
        <p>${t('Nothing in them changes from then on. If one has to, reopen it with a reason: words and notes open again, ratings stay as they are.')}</p></header>
      <ul class="rows">${whole.map((one) => html`<li>${this.#row(one)}</li>`)}</ul>`
  }

  #row({ id, body, content }) {
    const [notes, ratings, looks] = [
      evidenceOf(body),
      Object.keys(body.ratings ?? {}),
      content ? readersHints(content, body) : [],
    ]
    const about = [
      this.people.get(body.observer),
      tn('{count} note', '{count} notes', notes.length),
      tn('{count} rating', '{count} ratings', ratings.length),
    ]
    return html`<a class="row" href=${`#/desk/${id}/staff`}><span><span class="title">${visitName(body)}</span>
      <span class="about">${this.rubrics.get(body.rubric) ?? ''}</span>
      <span class="about">${about.filter(Boolean).join(' · ')}</span>
      ${looks.length ? html`<span class="about">${lookWords(looks)}</span>` : nothing}</span></a>`
  }
}

/** A name is the one thing that should be seen before it goes further. */
function lookWords(hints) {
  const name = hints.find(({ kind }) => kind === 'name')
  if (name) return t('“{word}” looks like a name. Read it before you release it.', { word: name.what })
  return tn('{count} thing to look at', '{count} things to look at', hints.length)
}

define('bulk-release', BulkRelease, ['whole', 'people', 'rubrics'])
