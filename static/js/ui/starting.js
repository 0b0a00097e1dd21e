import { newObservation } from '../core/observation.js'
import { isTogether } from '../core/team.js'
import { dateOf } from '../core/time.js'

/** What is written when a person starts a visit: pure, the records of one transaction. */

/**
 * A quick visit: the day's own walk (made when missing), the visit, its room and the observation.
 * A whole-school rubric hangs on visit number 0 and has no room.
 */
export function quickVisit({ me, school, room, rubric, walks, visits, now, newId }) {
  const date = dateOf(now)
  const known = walks.find(
    ({ body }) => body.kind === 'drop-in' && body.date === date && body.school === school && body.lead === me,
  )
  const walk = known?.id ?? newId()
  const visit = newId()
  const whole = rubric.body.content.unit === 'school'
  const number = whole ? 0 : nextNumber(visits, walk)
  const edits = []
  if (!known)
    edits.push({ new: { kind: 'walk', id: walk, body: { kind: 'drop-in', date, school, rubric: rubric.id, lead: me } } })
  edits.push({ new: { kind: 'visit', id: visit, body: { walk, number, school, rubric: rubric.id, by: me, started_at: now } } })
  if (room && !whole) edits.push({ new: { kind: 'visit_room', id: newId(), body: { visit, walk, room, school, by: me } } })
  const observation = newId()
  edits.push({
    new: {
      kind: 'observation',
      id: observation,
      body: observing({ walk, visit, number, school, rubric: rubric.id, me, date, now }),
    },
  })
  return { observation, edits }
}

/** A stop of a planned walk: the visit is there already, it only begins. */
export function plannedVisit({ me, visit, walk, now, newId }) {
  const observation = newId()
  const { number, school, rubric } = visit.body
  const body = observing({
    walk: walk.id,
    visit: visit.id,
    number,
    school,
    rubric,
    me,
    date: dateOf(now),
    now,
    focus: walk.body.focus,
    media: walk.body.media,
    form: walk.body.form,
    minutes: walk.body.visit_minutes,
    together: isTogether(walk.body),
  })
  const edits = [{ new: { kind: 'observation', id: observation, body } }]
  // The stop is its maker's; another of the team begins an observation and leaves the stop as it is.
  if (visit.body.started_at == null && visit.body.by === me) edits.push({ id: visit.id, kind: 'visit', set: { started_at: now } })
  return { observation, edits }
}

/** A stop of a walk: the visit carries its number, the room is a record of its own. */
export function stopRecords({ walk, room, school, rubric, me, number, order, at, newId }) {
  const visit = newId()
  const edits = [
    {
      new: { kind: 'visit', id: visit, body: { walk, number, school, rubric, by: me, order, ...(at ? { planned_at: at } : {}) } },
    },
  ]
  if (room) edits.push({ new: { kind: 'visit_room', id: newId(), body: { visit, walk, room, school, by: me } } })
  return edits
}

function nextNumber(visits, walk) {
  return Math.max(0, ...visits.filter(({ body }) => body.walk === walk).map(({ body }) => body.number)) + 1
}

function observing({ me, now, ...begin }) {
  return newObservation({ ...begin, observer: me, startedAt: now })
}
