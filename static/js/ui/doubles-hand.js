import { doubledStops, doubledVisits, factsOf, isUngiven, keptApart, oneStop, takenApart } from '../core/doubles.js'
import { t } from '../core/gettext.js'
import { joiningEdits, leftToBring, undoneEdits } from '../core/joining.js'
import { roomName } from './room-words.js'
import { standingAmong } from './standing.js'
import './parts/double-notices.js'

const MOST_LOOKED_AT = 200
const UNDO_FOR_MS = 10 * 60_000

/** The last step a person took, to be taken back on whichever screen they are by then. */
const steps = new WeakMap()

/**
 * What was begun twice by one person on two tablets: finds it, and does what the person wishes. Everything is kept either way;
 * each wish is one save.
 */
export class DoublesHand {
  notices = []
  #looking = null

  /** @param {{app: any, shown: () => void, concerns?: (notice: any) => boolean}} hands `concerns`: is it for this screen? */
  constructor({ app, shown, concerns = () => true }) {
    Object.assign(this, { app, shown, concerns })
  }

  /** Look once more; asked for while it looks, it looks again afterwards. */
  async look() {
    if (this.#looking) return void (this.#looking.again = true)
    this.#looking = { again: false }
    const found = await this.#all()
    const { again } = this.#looking
    this.#looking = null
    if (again) return this.look()
    const isNew = this.notices.length > 0 || found.length > 0
    this.notices = found.filter(this.concerns)
    if (isNew) this.shown()
  }

  /** One wish at a time: asked twice at once, the second would be taken back instead of the first. */
  act = async ({ detail: { notice, wish } }) => {
    if (this.#isActing) return
    this.#isActing = true
    try {
      await this.#wishes[wish](notice)
    } finally {
      this.#isActing = false
    }
    await this.look()
  }
  #isActing = false

  #wishes = {
    join: (notice) => this.#join(notice),
    apart: (notice) =>
      this.#save(notice, keptApart(notice.kind, notice), [notice.first, notice.later], t('Both are kept, each for itself.')),
    'one-stop': (notice) => this.#save(notice, oneStop(notice), [notice.first, notice.later], t('It is one stop now.')),
    'two-stops': (notice) =>
      this.#save(notice, takenApart('visit', notice.later.id, notice.first.id), [notice.later], t('They are two stops again.')),
    undo: () => this.#undo(),
  }

  async #join(notice) {
    const [first, later] = await this.#whole([notice.first.id, notice.later.id])
    // Given on another tablet a moment ago: the notice says so when it is looked at again.
    if (!isUngiven(first) || !isUngiven(later)) return
    await this.#save(notice, joiningEdits(first, later), [first, later], t('Brought together. Both visits are kept.'))
  }

  async #save(notice, edits, before, words) {
    const { app } = this
    await app.save(edits)
    const { walks, ids } = notice
    steps.set(app, { edits, before: before.map(whole), words, walks, ids, at: app.now() })
    app.announce(words)
  }

  async #undo() {
    const { edits, before } = steps.get(this.app)
    const now = await this.#whole(before.map(({ id }) => id))
    const back = undoneEdits(edits, before, now)
    if (back.length) await this.app.save(back)
    steps.delete(this.app)
    this.app.announce(t('Undone.'))
  }

  async #whole(ids) {
    return Promise.all(ids.map((id) => this.app.store.read(id)))
  }

  // ---- finding ------------------------------------------------------------------------------------

  async #all() {
    const { store, space } = this.app
    const [lines, walks, visits, visitRooms, rooms] = await Promise.all([
      store.list('observation', { space: space.id, limit: MOST_LOOKED_AT }),
      ...['walk', 'visit', 'visit_room', 'room'].map((kind) => store.all(kind)),
    ])
    const own = lines.filter(({ summary }) => summary.observer === space.person)
    const mine = visits.filter((one) => one.space === space.id && one.body.by === space.person)
    const planned = new Set(walks.filter(({ body }) => body.kind === 'walk').map(({ id }) => id))
    const known = {
      own,
      stops: mine.filter(({ body }) => planned.has(body.walk)),
      rooms: new Map(visitRooms.map(({ body }) => [body.visit, body.room])),
      names: new Map(rooms.map(({ id, body }) => [id, roomName(body)])),
      quick: new Set(walks.filter(({ body }) => body.kind === 'drop-in').map(({ id }) => id)),
      standing: await standingAmong(store, mine),
    }
    return [...this.#lastStep(), ...this.#stops(known), ...(await this.#visits(known)), ...(await this.#left(known))]
  }

  #lastStep() {
    const step = steps.get(this.app)
    const isFresh = step && this.app.now() - step.at < UNDO_FOR_MS
    return isFresh ? [{ what: 'done', words: step.words, walks: step.walks, ids: step.ids }] : []
  }

  #stops({ stops, rooms, names, standing }) {
    const about = (first, later) => ({
      kind: 'visit',
      first,
      later,
      name: names.get(rooms.get(later.id)),
      walks: [later.body.walk],
      ids: [],
    })
    const twice = doubledStops(stops, rooms).map(({ first, later }) => ({ what: 'stops', ...about(first, later) }))
    const joined = stops.filter(({ id }) => standing.get(id) !== id)
    const firstOf = ({ id }) => stops.find((one) => one.id === standing.get(id))
    // Right after it was done, it is undone by the notice that says so.
    const isNew = ({ id }) => steps.get(this.app)?.edits.some((edit) => edit.id === id)
    const old = joined.filter((one) => firstOf(one) && !isNew(one))
    const made = old.map((later) => ({ what: 'one-stop', ...about(firstOf(later), later) }))
    return [...twice, ...made]
  }

  async #visits({ own, standing, rooms, quick, names }) {
    const pairs = doubledVisits(own, { stops: standing, rooms, quick })
    const told = pairs.filter(({ first, later }) => isDraft(first) || isDraft(later))
    return Promise.all(
      told.map(async ({ first, later }) => ({
        what: 'visits',
        ...aboutVisits(first, later, { rooms, names }),
        canJoin: isUngiven(first) && isUngiven(later),
        elsewhere: await this.#begunElsewhere([first.id, later.id]),
      })),
    )
  }

  /** Which of them nothing was ever sent of from here; said only where that is sure. */
  async #begunElsewhere(ids) {
    const receipts = await Promise.all(ids.map((id) => this.app.store.receiptOf(id)))
    return ids.filter((_, at) => receipts[at].at === null && !receipts[at].waiting)
  }

  /** What was written in a joined visit after it was joined, on a tablet that had not heard of it. */
  async #left({ own, rooms, names }) {
    const stands = await standingAmong(this.app.store, own)
    const found = []
    for (const { id } of own.filter((one) => stands.get(one.id) !== one.id)) {
      const [first, later] = await this.#whole([stands.get(id), id])
      const count = first && later ? leftToBring(first, later) : 0
      if (count) found.push({ what: 'left', ...aboutVisits(first, later, { rooms, names }), count, canJoin: isUngiven(first) })
    }
    return found
  }
}

function aboutVisits(first, later, { rooms, names }) {
  const { visit, number, walk } = factsOf(first)
  const room = names.get(rooms.get(visit))
  return {
    kind: 'observation',
    first,
    later,
    name: visitName(room, number),
    walks: [walk, factsOf(later).walk],
    ids: [first.id, later.id],
  }
}

function visitName(room, number) {
  if (room) return t('the visit to {room}', { room })
  return number ? t('visit {number}', { number: String(number) }) : t('the whole-school visit')
}

function isDraft(one) {
  return factsOf(one).state === 'draft'
}

function whole(one) {
  return { id: one.id, body: factsOf(one) }
}
