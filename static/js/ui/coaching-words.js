import { standingOf } from '../core/coaching.js'
import { t } from '../core/gettext.js'
import { dateOf, sayDay } from '../core/time.js'
import { roomName } from './room-words.js'

/** What a coach writes, in its order; the field of the record, and how it is asked for. */
export const WRITTEN = [
  ['strength', t('One strength'), t('What students did or said, and what the teacher did for it. As you saw it.')],
  ['question', t('One question'), t('One that is open: the teacher thinks it through.')],
  ['step', t('One small step'), t('Small enough to try within a week.')],
  ['look_for', t('Look for this next time'), t('What you will see or hear when the step is taken.')],
]
export const GIVERS = { coach: t('Coach'), school_leader: t('School leader'), early_adopter: t('Early-adopting teacher') }
export const UPTAKE = { 1: t('Not tried'), 2: t('Tried once'), 3: t('Tried and adjusted'), 4: t('Part of routine') }

/** What became of an agreement that is over. */
export function overWords({ agreed, over, teacher }, now) {
  const day = sayDay(dateOf(over.at), now)
  if (over.by === teacher)
    return agreed ? t('Withdrawn by the teacher, {day}', { day }) : t('The teacher said no, {day}', { day })
  return agreed ? t('Ended by the coach, {day}', { day }) : t('Taken back by the coach, {day}', { day })
}

/** Since when it stands as it does. */
export function sinceWords(agreement, now) {
  const standing = standingOf(agreement)
  if (standing === 'over') return overWords(agreement, now)
  if (standing === 'agreed') return t('Agreed {day}', { day: sayDay(dateOf(agreement.agreed.at), now) })
  return t('Asked {day}', { day: sayDay(dateOf(agreement.asked_at), now) })
}

/** The rooms a teacher named, as far as they are on this tablet. */
export function roomsWords({ rooms }, known) {
  const named = known.filter(({ id }) => rooms?.[id])
  return named.map(({ body }) => roomName(body)).join(', ')
}
