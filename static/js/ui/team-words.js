import { t } from '../core/gettext.js'
import { teamOf } from '../core/team.js'
import { OBSERVING } from './routes.js'

/** May this person observe at the school? The server decides; the tablet only does not offer what would be refused. */
export function canWalkAt({ body }, school) {
  return (
    !body.archived && body.roles.some((one) => OBSERVING.includes(one.role) && (one.school === null || one.school === school))
  )
}

/** "You, Ms. Okoye (leads), Mr. Bell": whoever reads it first. */
export function teamWords(walk, people, me) {
  const nameOf = (id) => (id === me ? t('You') : (people.find((one) => one.id === id)?.body.name ?? t('Somebody else')))
  const inOrder = teamOf(walk).sort((one, other) => Number(other === me) - Number(one === me))
  return inOrder.map((id) => (id === walk.lead ? t('{name} (leads)', { name: nameOf(id) }) : nameOf(id)))
}
