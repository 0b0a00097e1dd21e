import { t } from '../core/gettext.js'

/**
 * Keys of a hardware keyboard in a visit. They do nothing while somebody writes, and can be switched off (WCAG 2.1.4).
 * Each: the key, what it does in words, and whether it asks for an open indicator.
 */
export const SHORTCUTS = [
  ['n', t('Write a note')],
  ['i', t('Indicators')],
  ['c', t('Count')],
  ['r', t('The room, or in words')],
  ['f', t('Finish')],
  ['j', t('Next indicator')],
  ['k', t('Previous indicator')],
  [t('1 to 4'), t('Choose a level of the open indicator')],
  ['0', t('Not observed')],
  ['u', t('Undo')],
  ['?', t('This help')],
]

const PARTS = { i: 'indicators', c: 'count', r: 'room' }

/**
 * @param {KeyboardEvent} event
 * @returns {{act: string, value?: string|number}|null} what the key means here, if anything
 */
export function meaningOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return null
  const { key } = event
  if (key in PARTS) return { act: 'part', value: PARTS[key] }
  if (/^[0-9]$/.test(key)) return { act: 'rate', value: Number(key) }
  const act = { n: 'note', f: 'finish', j: 'next', k: 'previous', u: 'undo', '?': 'help' }[key]
  return act ? { act } : null
}

/** In a field a letter is a letter; on a radio group digits and letters mean nothing of their own. */
export function isWriting(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=radio], [type=checkbox])'))
  )
}
