/** What a room is called: "Room 12", but "Library". */
export function roomName({ code }) {
  return /^\d/.test(code) ? `Room ${code}` : code
}

export function roomWords(room) {
  return [roomName(room), room.name, room.grade_band, room.subject].filter(Boolean).join(' · ')
}

/** In the order a person looks for them. */
export function byName(records) {
  return records.sort((a, b) => a.body.name.localeCompare(b.body.name))
}
