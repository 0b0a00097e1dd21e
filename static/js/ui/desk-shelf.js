import { newestBack, queueOf } from '../core/desk-queue.js'
import { answersOf, timeToFeedback, USUAL_RULE, WINDOW_DAYS } from '../core/feedback.js'
import { allRubrics, RUBRIC_KINDS } from './rubrics.js'

/** More than a school gives in two years: what waits must never fall off the end. */
const MOST = 2_000
const DAY_MS = 24 * 3_600_000
/** What stands on a desk, or beside it. */
const KINDS = new Set(['observation', 'review', 'thank_you', 'policy', 'walk', 'person', 'school', ...RUBRIC_KINDS])

/** Everything a desk shows, read from the tablet. */
export class DeskShelf {
  /** Reviews never change: each is read whole once. */
  #whole = new Map()
  #library = null

  /** @param {any} app */
  constructor(app) {
    this.app = app
  }

  /** Is this change of the store to be seen on a desk? */
  concerns({ kinds }) {
    if (!kinds || RUBRIC_KINDS.some((kind) => kinds.includes(kind))) this.#library = null
    return !kinds || kinds.some((kind) => KINDS.has(kind))
  }

  /** All of it as it stands now. @param {string[]} schools those the person sits at the desk of */
  async read(schools) {
    const { store, space } = this.app
    const own = { space: space.id, limit: MOST }
    const [lines, said, ...small] = await Promise.all([
      store.list('observation', own),
      store.list('review', own),
      ...['thank_you', 'policy', 'walk', 'person', 'school'].map((kind) => store.all(kind)),
    ])
    const [thanks, policies, walks, people, places] = small.map((all) => all.filter((one) => one.space === space.id))
    const rows = lines.filter(({ summary }) => schools.includes(summary.school))
    const reviews = said.filter(({ summary }) => schools.includes(summary.school))
    this.#library ??= await allRubrics(this.app)
    const rule = policies[0]?.body.feedback_due ?? USUAL_RULE
    const planned = walks.filter(({ body }) => body.kind === 'walk').map(({ id }) => id)
    const wentBack = await this.#wholeOf(newestBack(reviews.map(({ id, summary }) => ({ id, body: summary }))))
    return {
      items: queueOf({ rows, wentBack, rule, walks: new Set(planned) }),
      time: timeToFeedback(await this.#answers(rows, reviews), this.app.now()),
      rule,
      reviews,
      thanks,
      people: new Map(people.map(({ id, body }) => [id, body.name])),
      schools: places.filter(({ id }) => schools.includes(id)),
      library: this.#library,
      rubrics: new Map(this.#library.map(({ id, body }) => [id, body.title])),
    }
  }

  /** Every version that these reviews keep, oldest first, each with the review it went back by. */
  versionsIn(said) {
    return this.#wholeOf(said.filter(({ summary }) => summary.verb !== 'comment'))
  }

  async #answers(rows, reviews) {
    const since = this.app.now() - WINDOW_DAYS * DAY_MS
    const recent = reviews.filter(({ summary: { verb, at } }) => verb !== 'comment' && at > since)
    const bodies = rows.map(({ summary }) => summary)
    return answersOf(bodies, await this.#wholeOf(recent))
  }

  async #wholeOf(reviews) {
    const missing = reviews.filter(({ id }) => !this.#whole.has(id))
    for (const record of await Promise.all(missing.map(({ id }) => this.app.store.read(id))))
      if (record) this.#whole.set(record.id, { id: record.id, ...record.body })
    return reviews.flatMap(({ id }) => this.#whole.get(id) ?? [])
  }
}
