const ARCHIVED = ' (archived)'

/** What a room is called: "Room 12", but "Library"; one that was put away since says so. */
export function roomName({ code, archived }) {
  return `${/^\d/.test(code) ? `Room ${code}` : code}${archived ? ARCHIVED : ''}`
}

export function schoolName({ name, archived }) {
  return `${name}${archived ? ARCHIVED : ''}`
}

export function roomWords(room) {
  return [roomName(room), room.name, room.grade_band, room.subject].filter(Boolean).join(' · ')
}

/** In the order a person looks for them. */
export function byName(records) {
  return records.sort((a, b) => a.body.name.localeCompare(b.body.name))
}
