import { t } from '../core/gettext.js'

/** What a room is called: "Room 12", but "Library"; one that was put away since says so. */
export function roomName({ code, archived }) {
  const name = /^\d/.test(code) ? t('Room {code}', { code }) : code
  return archived ? putAway(name) : name
}

export function schoolName({ name, archived }) {
  return archived ? putAway(name) : name
}

/** "Visit 3"; a visit to the whole school has the number 0. */
export function visitName({ number }) {
  return number ? t('Visit {number}', { number: String(number) }) : t('Whole school')
}

export function roomWords(room) {
  return [roomName(room), room.name, room.grade_band, room.subject].filter(Boolean).join(' · ')
}

/** In the order a person looks for them. */
export function byName(records) {
  return records.sort((a, b) => a.body.name.localeCompare(b.body.name))
}

function putAway(name) {
  return t('{name} (archived)', { name })
}
