import { isTogether } from '../core/team.js'

/** A new card as an edit; of a walk of one it says so, and stays with her and the desk. */
export function newCard(app, walk, { sort, text, visit, indicator, line }) {
  const { school } = walk.body
  const about = visit ? { visit: visit.id, number: visit.number } : {}
  const body = {
    walk: walk.id,
    school,
    by: app.space.person,
    at: app.now(),
    sort,
    text,
    ...about,
    ...(indicator ? { indicator } : {}),
    ...(line ? { line } : {}),
    ...aloneIn(walk),
  }
  return { new: { kind: 'card', id: app.newId(), body } }
}

/** Nobody walks along: what is written is not for a team. */
export function aloneIn(walk) {
  return isTogether(walk.body) ? {} : { alone: true }
}
