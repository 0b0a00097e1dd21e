/** What stands behind `#`: the screen's name, and what follows it. */
export function readRoute(hash) {
  const [name, ...parts] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  return { name: name || 'today', parts }
}

/** Each screen: the title of its page (never a person's or a room's name), its element, how it is brought in. */
export const SCREENS = {
  today: { title: 'Today', tag: 'today-screen', bring: () => import('./screens/today.js') },
  start: { title: 'Start a visit', tag: 'start-screen', bring: () => import('./screens/start.js') },
  plan: { title: 'Plan a walk', tag: 'plan-screen', bring: () => import('./screens/plan.js') },
  walk: { title: 'Walk', tag: 'walk-screen', bring: () => import('./screens/walk.js') },
  visit: { title: 'Visit', tag: 'visit-screen', bring: () => import('./screens/visit.js') },
  desk: { title: 'Desk', tag: 'desk-screen', bring: () => import('./screens/desk.js') },
  needs: { title: 'Needs you', tag: 'needs-screen', bring: () => import('./screens/needs.js') },
  tablet: { title: 'This tablet', tag: 'tablet-screen', bring: () => import('./screens/tablet.js') },
  nobody: { title: 'Welcome', tag: 'nobody-screen', bring: () => import('./screens/nobody.js') },
  'sign-in': { title: 'Sign in', tag: 'sign-in-screen', bring: () => import('./screens/sign-in.js') },
}

const OBSERVING = ['observer', 'walk_lead', 'coach', 'partner_coach', 'principal', 'district_lead']

/** May the person observe here? The server decides; the tablet only does not offer what would be refused. */
export function canObserve(space) {
  return space.roles.some(({ role }) => OBSERVING.includes(role))
}

/** The schools whose desk the person sits at. */
export function deskSchools(space) {
  return space.roles.filter(({ role, school }) => role === 'principal' && school).map(({ school }) => school)
}

/** The screen a person gets: what they asked for, if it is theirs. */
export function screenFor(route, app) {
  const { name } = route
  if (!app.person || (name === 'sign-in' && app.status.signedOut)) return 'sign-in'
  if (!app.space) return 'nobody'
  if (name === 'tablet' || name === 'needs') return name
  const sits = deskSchools(app.space).length > 0
  if (!canObserve(app.space) && !sits) return 'nobody'
  if (name === 'desk') return sits ? 'desk' : 'today'
  return SCREENS[name] && name !== 'sign-in' && name !== 'nobody' ? name : 'today'
}
