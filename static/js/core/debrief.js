// @ts-check
/**
 * The board of a walk's debrief: cards in clusters, counted in rooms; focus areas; next steps and how they stand.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{id: string, body: Body, seq?: number}} Found
 * @typedef {{key: string, title: string, named: boolean, notices: Found[], wonders: Found[], rooms: number, strength: number}} Cluster
 * @typedef {{is: "open"|"begun"|"done"|"dropped", at: number, by: string, text: string}} Said
 */
import { grouped } from './grouped.js'
import { evidenceOf } from './observation.js'
import { dateOf } from './time.js'

/** Two and no more. */
export const AREA_PLACES = ['1', '2']
export const CLOSED = ['done', 'dropped']
const NEARLY_ALL = 0.9
const MOST = 0.5
/** For so long a walk without a debrief is pointed out; later it is history. */
export const POINTED_OUT_DAYS = 60
/** Before so many days a step that is not due yet is no news. */
export const SOON_DAYS = 14
const DAY_MS = 86_400_000
const UUID_LENGTH = 36

/**
 * How strong a pattern is: 1 seen in one room, 2 in some, 3 in most, 4 in nearly all of those that were visited; 0 in none.
 * @param {number} rooms @param {number} visited
 */
export function strengthOf(rooms, visited) {
  if (rooms < 2) return rooms
  if (rooms >= visited * NEARLY_ALL) return 4
  return rooms > visited * MOST ? 3 : 2
}

/**
 * The visits that were made: begun, revealed, or spoken of. The whole school is no room.
 * @param {Found[]} visits of the walk @param {Body[]} spoken what names a visit and its number @param {(visit: string) => string} [stop]
 * @returns {Set<string>}
 */
export function visitedIn(visits, spoken, stop = (visit) => visit) {
  const made = visits.filter(({ body }) => body.number > 0 && (body.started_at != null || body.revealed)).map(({ id }) => id)
  const named = spoken.filter(({ visit, number }) => visit && number > 0).map(({ visit }) => visit)
  return new Set([...made, ...named].map(stop))
}

/**
 * The cards that are shown, the first first: a note that two people lifted is one card.
 * @param {Found[]} cards @returns {Found[]}
 */
export function cardsOnce(cards) {
  const lifted = new Set()
  const inOrder = [...cards].sort((a, b) => a.body.at - b.body.at || (a.id < b.id ? -1 : 1))
  return inOrder.filter(({ body: { line } }) => !line || (!lifted.has(line) && lifted.add(line)))
}

/**
 * Every cluster with its cards: those somebody named in the order they were named, then indicators in theirs, at the end what
 * nobody sorted yet.
 * @param {Body} walk @param {Found[]} cards @param {Map<string, string>} titles of indicators, in their order
 * @param {{visited: number, stop?: (visit: string) => string}} counted
 * @returns {Cluster[]}
 */
export function clustersOf(walk, cards, titles, { visited, stop = (visit) => visit }) {
  const byKey = grouped(cards, ({ body }) => placeOf(walk, body, titles))
  const named = Object.entries(walk.clusters ?? {}).sort(([, a], [, b]) => a.at - b.at)
  const keys = [...named.map(([id]) => id), ...[...titles.keys()].filter((id) => byKey.has(id) || isArea(walk, id))]
  const found = [...keys, ...(byKey.has('') ? [''] : [])]
  return found.map((key) => {
    const own = byKey.get(key) ?? []
    const notices = own.filter(({ body }) => body.sort === 'notice')
    const wonders = own.filter(({ body }) => body.sort === 'wonder')
    const rooms = roomsOf(notices, stop)
    const title = walk.clusters?.[key]?.title ?? titles.get(key) ?? ''
    return { key, title, named: Boolean(walk.clusters?.[key]), notices, wonders, rooms, strength: strengthOf(rooms, visited) }
  })
}

/** In how many rooms it was noticed. A question is no evidence, and the whole school is no room. @param {Found[]} notices @param {(visit: string) => string} stop */
function roomsOf(notices, stop) {
  return new Set(notices.filter(({ body }) => body.visit && body.number > 0).map(({ body }) => stop(body.visit))).size
}

/** Where a card lies: a cluster taken away gives its cards back. @param {Body} walk @param {Body} card @param {Map<string, string>} titles @returns {string} */
function placeOf(walk, card, titles) {
  if (walk.clusters?.[card.cluster]) return card.cluster
  return titles.has(card.indicator) ? card.indicator : ''
}

/** What to set on a card to lay it into a cluster. @param {Body} walk @param {string} key @returns {Record<string, any>} */
export function movedTo(walk, key) {
  if (walk.clusters?.[key]) return { cluster: key }
  return { cluster: null, indicator: key || null }
}

/** The focus areas, by the keys of their clusters; two at most, none twice. @param {Body} walk @returns {string[]} */
export function areasOf(walk) {
  const chosen = AREA_PLACES.map((place) => walk.areas?.[place]).filter((key) => key && stands(walk, key))
  return [...new Set(chosen)]
}

/** An indicator's does; one that was named may have been taken away by somebody else meanwhile. @param {Body} walk @param {string} key */
function stands(walk, key) {
  return Boolean(walk.clusters?.[key]) || key.length < UUID_LENGTH
}

/** @param {Body} walk @param {string} key */
export function isArea(walk, key) {
  return areasOf(walk).includes(key)
}

/** Choose it, or no longer; null where both places are taken. @param {Body} walk @param {string} key @returns {Record<string, any>|null} */
export function areaChanged(walk, key) {
  const held = AREA_PLACES.filter((place) => walk.areas?.[place] === key)
  if (held.length) return Object.fromEntries(held.map((place) => [`areas/${place}`, null]))
  const taken = areasOf(walk)
  if (taken.length === AREA_PLACES.length) return null
  // The other place is empty, or holds the same once more, or one that is no longer there.
  return { [`areas/${walk.areas?.['1'] === taken[0] && taken.length ? '2' : '1'}`]: key }
}

/**
 * The notes that may be put up: of what was revealed or released, or was given by the reader in a walk of their own; without
 * those that hang already.
 * @param {Found[]} observations whole @param {Found[]} cards @param {string} me
 */
export function liftable(observations, cards, me) {
  const hangs = new Set(cards.map(({ body }) => body.line))
  const open = observations.filter(({ body }) => mayBeLifted(body, me))
  return open.flatMap(({ body }) =>
    evidenceOf(body)
      .filter(({ id, text }) => text.trim() && !hangs.has(id))
      .map(({ id, text, indicators }) => ({
        line: id,
        text,
        indicator: indicators?.[0] ?? null,
        visit: body.visit,
        number: body.number,
      })),
  )
}

/** @param {Body} body of an observation @param {string} me */
function mayBeLifted(body, me) {
  if (body.state === 'draft' || body.same_as) return false
  if (body.together) return Boolean(body.revealed)
  return body.state === 'released' || body.observer === me
}

/** Everything said of a step, the last first. Two people may say something at once: both stay. @param {Body} step @returns {Said[]} */
export function saidOf(step) {
  return Object.values(step.said ?? {}).sort((a, b) => b.at - a.at || (a.by < b.by ? -1 : 1))
}

/**
 * How a step stands from now on, as one edit: behind everything that was said, whatever the clocks of two tablets say.
 * @param {Body} step @param {{is: string, text?: string, by: string, now: number, id: string}} said
 */
export function saying(step, { is, text, by, now, id }) {
  const at = Math.max(now, (saidOf(step)[0]?.at ?? -1) + 1)
  return { [`said/${id}`]: { is, at, by, ...(text ? { text } : {}) } }
}

/** @param {Body} step @returns {Said["is"]} */
export function statusOf(step) {
  return saidOf(step)[0]?.is ?? 'open'
}

/** @param {Body} step */
export function isOpenStep(step) {
  return !CLOSED.includes(statusOf(step))
}

/** Open steps of one person that are due soon or over, the first due first. @param {Found[]} steps @param {string} owner @param {number} now @returns {Found[]} */
export function stepsDue(steps, owner, now) {
  const until = dateOf(now + SOON_DAYS * DAY_MS)
  const mine = steps.filter(({ body }) => body.owner === owner && isOpenStep(body) && body.due <= until)
  return mine.sort((a, b) => (a.body.due < b.body.due ? -1 : 1))
}

/**
 * Does the walk look unfinished? Its day is over, somebody went into a room, and nobody closed its debrief.
 * @param {Body} walk @param {boolean} wasMade @param {number} now
 */
export function lacksDebrief(walk, wasMade, now) {
  return walk.kind === 'walk' && !walk.debriefed && wasMade && walk.date < dateOf(now) && isRecent(walk, now)
}

/** A debrief that was closed and is still news for the desk. @param {Body} walk @param {number} now */
export function isNewlyDebriefed(walk, now) {
  return walk.kind === 'walk' && Boolean(walk.debriefed) && isRecent(walk, now)
}

/** @param {Body} walk @param {number} now */
function isRecent(walk, now) {
  return walk.date >= dateOf(now - POINTED_OUT_DAYS * DAY_MS)
}
