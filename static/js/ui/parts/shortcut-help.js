import { html } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { define, LightElement } from '../element.js'
import { SHORTCUTS } from '../shortcuts.js'

/** The keys of a screen, in a sheet over it; those of a visit unless others are given. */
class ShortcutHelp extends LightElement {
  view() {
    return html`<dialog class="sheet-over" aria-labelledby="keys-title" @close=${() => this.remove()}>
      <h2 id="keys-title">${tc('of a keyboard', 'Keys')}</h2>
      <dl class="facts facts-list">${(this.keys ?? SHORTCUTS).map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
      <p class="quiet small">${t('They can be switched off under This tablet.')}</p>
      <form method="dialog"><button class="button button-primary">${t('Close')}</button></form>
    </dialog>`
  }

  connectedCallback() {
    this.paint()
    this.querySelector('dialog').showModal()
  }
}

define('shortcut-help', ShortcutHelp, ['keys'])
