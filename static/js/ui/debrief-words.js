import { t, tc, tn } from '../core/gettext.js'

/** How strong a pattern is, by the number of core/debrief.js. */
export const STRENGTH = [
  t('Seen in no room yet'),
  t('Seen in one room'),
  t('Seen in some rooms'),
  t('Seen in most rooms'),
  t('Seen in nearly all rooms'),
]

export const STATUS = {
  open: tc('a next step', 'open'),
  begun: tc('a next step', 'begun'),
  done: tc('a next step', 'done'),
  dropped: tc('a next step', 'dropped'),
}

/** "Seen in most rooms · 3 of 4 rooms"; nothing where there are no rooms to count. */
export function countWords({ rooms, strength }, visited) {
  if (!visited) return ''
  return `${STRENGTH[strength]} · ${tn('{n} of {count} room', '{n} of {count} rooms', visited, { n: String(rooms) })}`
}
