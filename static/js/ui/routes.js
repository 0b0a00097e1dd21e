import { t, tc } from '../core/gettext.js'

/** What stands behind `#`: the screen's name, and what follows it. */
export function readRoute(hash) {
  const [name, ...parts] = hash.replace(/^#\/?/, '').split('/').map(decoded)
  return { name: name || 'today', parts }
}

/** An address that was cut in the middle of a sign leads somewhere all the same. */
function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Each screen: the title of its page (never a person's or a room's name), its element, how it is brought in. */
export const SCREENS = {
  today: { title: t('Today'), tag: 'today-screen', bring: () => import('./screens/today.js') },
  start: { title: t('Start a visit'), tag: 'start-screen', bring: () => import('./screens/start.js') },
  plan: { title: t('Plan a walk'), tag: 'plan-screen', bring: () => import('./screens/plan.js') },
  walk: { title: t('Walk'), tag: 'walk-screen', bring: () => import('./screens/walk.js') },
  together: { title: t('Side by side'), tag: 'together-screen', bring: () => import('./screens/together.js') },
  hall: { title: t('Hall work'), tag: 'hall-screen', bring: () => import('./screens/hall.js') },
  debrief: { title: t('Debrief'), tag: 'debrief-screen', bring: () => import('./screens/debrief.js') },
  visit: { title: t('Visit'), tag: 'visit-screen', bring: () => import('./screens/visit.js') },
  practice: { title: tc('a trial', 'Practice'), tag: 'practice-screen', bring: () => import('./screens/practice.js') },
  coaching: { title: t('Coaching'), tag: 'coaching-screen', bring: () => import('./screens/coaching.js') },
  desk: { title: t('Desk'), tag: 'desk-screen', bring: () => import('./screens/desk.js') },
  needs: { title: t('Needs you'), tag: 'needs-screen', bring: () => import('./screens/needs.js') },
  tablet: { title: t('This tablet'), tag: 'tablet-screen', bring: () => import('./screens/tablet.js') },
  copy: { title: t('Save a copy'), tag: 'copy-screen', bring: () => import('./screens/copy.js') },
  damage: { title: t('Storage was damaged'), tag: 'damage-screen', bring: () => import('./screens/damage.js') },
  'read-only': { title: t('Only reading'), tag: 'read-only-screen', bring: () => import('./screens/read-only.js') },
  'no-storage': {
    title: t('Storage cannot be opened'),
    tag: 'no-storage-screen',
    bring: () => import('./screens/no-storage.js'),
  },
  nobody: { title: t('Welcome'), tag: 'nobody-screen', bring: () => import('./screens/nobody.js') },
  'sign-in': { title: t('Sign in'), tag: 'sign-in-screen', bring: () => import('./screens/sign-in.js') },
}

/** Nobody gets these by asking. */
const ONLY_WHEN_DUE = new Set(['practice', 'sign-in', 'nobody', 'damage', 'read-only', 'no-storage'])
export const OBSERVING = ['observer', 'walk_lead', 'coach', 'partner_coach', 'principal', 'district_lead']

/** May the person observe here? The server decides; the tablet only does not offer what would be refused. */
export function canObserve(space) {
  return space.roles.some(({ role }) => OBSERVING.includes(role))
}

/** May the person ask teachers and write steps? */
export function canCoach(space) {
  return space.roles.some(({ role }) => role === 'coach' || role === 'partner_coach')
}

/** May the person be asked? */
export function isTeacher(space) {
  return space.roles.some(({ role, school }) => role === 'teacher' && school)
}

/** The schools whose desk the person sits at. */
export function deskSchools(space) {
  return space.roles.filter(({ role, school }) => role === 'principal' && school).map(({ school }) => school)
}

/** The screen a person gets: what they asked for, if it is theirs. */
export function screenFor(route, app) {
  const { name, parts } = route
  const { storageTrouble, readOnly, damage } = app.status
  if (app.isShut) return 'no-storage'
  // Whatever is wrong with the storage, what can be read of it may be carried away.
  if (name === 'copy' && app.person) return 'copy'
  if (storageTrouble === 'closed') return 'no-storage'
  if (!app.person || (name === 'sign-in' && app.status.signedOut)) return 'sign-in'
  if (readOnly && !app.isReading) return 'read-only'
  // Before its person has seen what is missing, nothing may look as if all were well.
  if (damage) return 'damage'
  if (!app.space) return 'nobody'
  if (name === 'tablet' || name === 'needs') return name
  const sits = deskSchools(app.space).length > 0
  if (!canObserve(app.space) && !sits) return isTeacher(app.space) ? 'coaching' : 'nobody'
  if (name === 'coaching') return canCoach(app.space) || isTeacher(app.space) ? name : 'today'
  if (name === 'desk') return sits ? 'desk' : 'today'
  // Named as a visit, so that the links of the visit screen lead to where it is.
  if (name === 'visit' && parts[0] === 'practice') return 'practice'
  return SCREENS[name] && !ONLY_WHEN_DUE.has(name) ? name : 'today'
}
