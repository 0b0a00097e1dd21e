/**
 * Who may read what, told a second time and in other words than the service's own: person x role x time.
 */

const OBSERVING = ['observer', 'walk_lead', 'coach', 'partner_coach', 'district_lead', 'principal']
const KNOWING_PLACES = [...OBSERVING, 'admin', 'teacher']
const COACHING = ['coach', 'partner_coach']

export class Rights {
  #grants
  #now

  /** @param {() => number} now the server's clock, by which rights begin and end */
  constructor(grants, now) {
    this.#grants = grants.map((grant) => ({ ...grant }))
    this.#now = now
  }

  copy() {
    return new Rights(this.#grants, this.#now)
  }

  give(grant) {
    this.#grants.push(grant)
  }

  end(id) {
    const grant = this.#grants.find((one) => one.id === id)
    grant.endsAt = Math.min(grant.endsAt ?? Infinity, this.#now())
  }

  /** Those that count now: a server clock set back brings one to life again. */
  of(space, person) {
    const now = this.#now()
    return this.#grants.filter((grant) => grant.space === space && grant.person === person && !(grant.endsAt <= now))
  }

  /** @param {Array<{id: string, kind: string, body: any}>} bonds agreements and walks of teams, as the server holds them */
  maySee(space, person, { kind, id, body }, bonds) {
    const own = this.of(space, person)
    const isPrincipal = (school) => own.some((grant) => grant.role === 'principal' && grant.school === school)
    const walksIn = (walk) => bonds.some((one) => one.id === walk && isInTeam(one.body, person)) && own.some((grant) => observesAt(grant, body.school))
    switch (kind) {
      case 'observation':
        if (body.observer === person) return true
        if (body.state === 'draft' || (body.together && !body.revealed)) return false
        return isPrincipal(body.school) || Boolean(body.together && walksIn(body.walk))
      case 'claim':
        return body.teacher === person
      case 'claim_question':
        return person in (body.asked ?? {})
      case 'released_copy':
        return false
      case 'review':
      case 'thank_you':
      case 'reply':
        return body.observer === person || isPrincipal(body.school)
      case 'walk':
        return body.lead === person || (body.kind === 'walk' && isPrincipal(body.school)) || walksIn(id)
      case 'visit':
      case 'visit_room':
        return body.by === person || walksIn(body.walk)
      case 'consensus':
        return body.by === person || Boolean(body.revealed && (isPrincipal(body.school) || walksIn(body.walk)))
      case 'card':
      case 'next_step':
        if (isPrincipal(body.school) || body.owner === person) return true
        if (body.by === person && (body.alone || kind === 'next_step')) return true
        return !body.alone && walksIn(body.walk)
      case 'agreement':
        return body.coach === person || body.teacher === person
      case 'coaching_step': {
        if (body.teacher === person && body.state === 'given') return true
        const under = bonds.find((one) => one.id === body.agreement)?.body
        const isInForce = under?.coach === person && under.agreed && !under.over
        return Boolean(isInForce) && own.some((grant) => coachesAt(grant, under.school))
      }
      case 'room':
        return own.some((grant) => knowsPlaces(grant) && (grant.school === null || grant.school === body.school))
      case 'school':
      case 'rubric':
      case 'rubric_words':
      case 'policy':
        return own.some(knowsPlaces)
      case 'person':
        return id === person || body.roles.some((role) => isBeside(own, role))
      default:
        return false
    }
  }
}

/** An administrator of one school keeps nothing. */
function knowsPlaces({ role, school }) {
  return KNOWING_PLACES.includes(role) && !(role === 'admin' && school !== null)
}

/** The lead belongs to the team. */
function isInTeam({ lead, team }, person) {
  return Boolean(team) && (lead === person || person in team)
}

/** A principal of all schools is one of none, and observes all the same. */
function observesAt({ role, school }, at) {
  return OBSERVING.includes(role) && (school === null || school === at)
}

/** Of one school or of all. */
function coachesAt({ role, school }, at) {
  return COACHING.includes(role) && (school === null || school === at)
}

function isBeside(own, { role, school }) {
  if (role === 'teacher')
    return own.some((grant) => (grant.role === 'principal' && grant.school === school && school !== null) || coachesAt(grant, school))
  if (school === null) return own.some(knowsPlaces)
  return own.some((grant) => knowsPlaces(grant) && (grant.school === null || grant.school === school))
}
