import { html, nothing } from '../../vendor/lit-html.js'
import { canKeepBoth, choice, conflictsOf } from '../../core/conflict.js'
import { t } from '../../core/gettext.js'
import { TWO_VERSIONS, versionWords } from '../../core/words.js'
import { versionText, whatOf } from '../conflict-words.js'
import { define, LightElement } from '../element.js'

const UNKNOWN = { here: false, at: null }
const LONGEST_NAME = 60

/**
 * Two versions of one thing side by side, who wrote which as far as is known, and the choice between them.
 * `authors` is what the store knows, by key. Says `chosen` with `{set}`: the choice as one edit.
 */
class ConflictChoice extends LightElement {
  view() {
    const conflicts = conflictsOf(this.body ?? {})
    if (!conflicts.length) return nothing
    return html`<aside class="note-box note-caution" aria-label=${t('Two versions')}>
      <p><strong>${this.#isAllFromHere() ? t('Two versions') : TWO_VERSIONS}.</strong> ${t('Nothing was lost: both versions are here. Choose what stands.')}</p>
      ${conflicts.map((one) => this.#one(one))}
    </aside>`
  }

  /** Of two visits that were begun on one tablet and brought together. */
  #isAllFromHere() {
    return Boolean(this.authors?.length) && this.authors.every(({ standsBy, besideBy }) => standsBy.here && besideBy.here)
  }

  #one(one) {
    const what = whatOf(one, this.content)
    const { standsBy = UNKNOWN, besideBy = UNKNOWN } = this.authors?.find(({ key }) => key === one.key) ?? {}
    const short = (value) => versionText(one.path, value, this.content).slice(0, LONGEST_NAME)
    const choose = (kept) => () => this.say('chosen', { set: choice(one, kept) })
    const version = (value, by, kept) => html`<div class="version">
      <p class="small quiet">${versionWords(by, this.mine, this.now)}${kept === 'stands' ? ` · ${t('stands now')}` : ''}</p>
      <p class="keep-lines">${versionText(one.path, value, this.content)}</p>
      <p><button type="button" class="button" @click=${choose(kept)}>${t('Keep this one')}<span class="visually-hidden"> (${short(value)})</span></button></p>
    </div>`
    return html`<section class="one-conflict" aria-label=${t('Two versions: {what}', { what })}>
      <p><strong>${what}</strong></p>
      <div class="versions">${version(one.stands, standsBy, 'stands')}${version(one.beside, besideBy, 'beside')}</div>
      ${canKeepBoth(one) && isFree(one) ? html`<p><button type="button" class="button" aria-label=${t('Keep both versions of: {what}', { what })} @click=${choose('both')}>${t('Keep both')}</button></p>` : nothing}
    </section>`
  }
}

/** Words a person wrote; what was chosen from a list cannot be two things at once. */
function isFree({ path }) {
  const texts = [
    'evidence',
    'answers',
    'focus',
    'title',
    'problem',
    'norms',
    'look_fors',
    'strength',
    'question',
    'step',
    'look_for',
  ]
  return texts.includes(path.split('/')[0])
}

define('conflict-choice', ConflictChoice, ['body', 'content', 'authors', 'mine', 'now'])
