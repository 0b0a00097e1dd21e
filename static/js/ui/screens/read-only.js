import { html, nothing } from '../../vendor/lit-html.js'
import { t, tn } from '../../core/gettext.js'
import { define, Screen } from '../element.js'
import { fill } from '../fill.js'

const TITLES = { newer: t('This page is older than your data'), failed: t('This tablet could not be updated') }
const WORDS = {
  newer: t('A newer version of this app has been at work on this tablet. So that nothing is spoilt, this older one only reads.'),
  failed: t(
    'The new version could not take over the storage of this tablet. Nothing was changed: everything is as it was, and can be read.',
  ),
}

/** Data that this version of the app must not write to: read it, save a copy, get the right version. Never a white screen. */
class ReadOnlyScreen extends Screen {
  view() {
    const { readOnly, errorId, waiting } = this.app.status
    if (!readOnly) return html`<div class="page page-narrow"><h1>${t('Only reading')}</h1></div>`
    return html`<div class="page page-narrow">
      <h1>${TITLES[readOnly]}</h1>
      <p>${WORDS[readOnly]}</p>
      ${errorId ? html`<p>${fill(t('If you ask for help, say this: {id}'), { id: html`<strong>${errorId}</strong>` })}</p>` : nothing}
      ${waiting ? html`<p>${tn('{count} change waits here to be sent.', '{count} changes wait here to be sent.', waiting)} ${t('The right version sends them.')}</p>` : nothing}
      <p class="cluster">
        <button type="button" class="button button-primary" @click=${() => this.app.updateNow()}>${readOnly === 'newer' ? t('Update now') : t('Try again')}</button>
        <button type="button" class="button" @click=${() => this.app.saveCopy()}>${t('Save a copy')}</button>
        <button type="button" class="button" @click=${() => this.app.readWhatIsHere()}>${t('Read what is here')}</button></p>
    </div>`
  }
}

define('read-only-screen', ReadOnlyScreen, ['route'])
