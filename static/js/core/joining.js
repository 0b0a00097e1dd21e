// @ts-check
/**
 * Bringing two observations of one visit together: what is in the later one is copied into the first, and nothing is written
 * over. Where both say something else about one thing, the other stays beside (`also`) and its person chooses.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{id: string, body: Body}} Whole an observation
 * @typedef {import("./doubles.js").Edit} Edit
 * @typedef {{set: Record<string, any>, brought: Record<string, string>}} Bringing what to write in the first; marks for the later
 */
import { canonical } from './canonical.js'
import { conflictsOf, sameValue, valueAt } from './conflict.js'

const MAPS = [
  'evidence',
  'photos',
  'context',
  'gates',
  'ratings',
  'counts',
  'answers',
  'choices',
  'rows',
  'asked',
  'sweeps',
  'intervals',
  'turns',
  'talk',
  'ink',
  'also',
]
const LONGEST_KEY = 80
const LONGEST_PATH = 71
/** The server takes 500; what has no mark is compared again, which costs a look and no word. */
const MOST_MARKS = 450
/** Far below what one change may hold. */
const MOST_CHARACTERS = 100_000

/**
 * The edits that bring everything of the later one into the first and say that they are one. In one save: the later one is only
 * put away where the server took what was copied.
 * @param {Whole} first @param {Whole} later @returns {Edit[]}
 */
export function joiningEdits(first, later) {
  const { set, brought } = bringing(first, later)
  const copies = inParts(set).map((part) => ({ id: first.id, kind: 'observation', set: part }))
  const marks = Object.fromEntries(Object.entries(brought).map(([key, mark]) => [`brought/${key}`, mark]))
  const joined = { id: later.id, kind: 'observation', set: { ...marks, same_as: first.id } }
  return [...copies, joined].map((edit, at) => (at === 0 ? edit : { ...edit, after: at - 1 }))
}

/**
 * What of the later one did not go over yet: all of it at first, and afterwards what was written there since.
 * @param {Whole} first @param {Whole} later @returns {Bringing}
 */
export function bringing(first, later) {
  /** @type {Bringing} */
  const found = { set: {}, brought: {} }
  let here = first.body
  for (const [path, value] of contentOf(later.body)) {
    const key = path.replace('/', ':').slice(0, LONGEST_KEY)
    const mark = markOf(value)
    if (later.body.brought?.[key] === mark) continue
    if (Object.keys(found.brought).length < MOST_MARKS) found.brought[key] = mark
    if (holds(here, path, value)) continue
    const more = placed(here, path, value, later.id)
    Object.assign(found.set, more)
    here = Object.entries(more).reduce(laidOver, here)
  }
  // What only the full form asks for would be there and not be seen.
  const isHidden = later.body.form === 'full' && first.body.form === 'short'
  if (isHidden && Object.keys(found.set).length) found.set.form = 'full'
  return found
}

/** How many things are still to be brought over. @param {Whole} first @param {Whole} later */
export function leftToBring(first, later) {
  return Object.keys(bringing(first, later).set).length
}

/**
 * Take a joining back: what was copied goes again, but for what was changed since.
 * @param {Edit[]} done @param {Whole[]} before both as they were @param {Whole[]} now both as they are
 * @returns {Edit[]}
 */
export function undoneEdits(done, before, now) {
  const bodyOf = (/** @type {Whole[]} */ list, /** @type {string} */ id) => list.find((one) => one.id === id)?.body ?? {}
  return done
    .map(({ id, kind, set }) => {
      const untouched = Object.entries(set).filter(([path, value]) => sameValue(valueAt(bodyOf(now, id), path), value))
      return { id, kind, set: Object.fromEntries(untouched.map(([path]) => [path, valueAt(bodyOf(before, id), path)])) }
    })
    .filter(({ set }) => Object.keys(set).length)
}

/** Everything a person wrote, path by path. @param {Body} body @returns {Array<[string, any]>} */
function contentOf(body) {
  const inMaps = MAPS.flatMap((field) =>
    Object.entries(body[field] ?? {}).map(([key, value]) => /** @type {[string, any]} */ ([`${field}/${key}`, value])),
  )
  return [.../** @type {Array<[string, any]>} */ ([['focus', body.focus]]), ...inMaps].filter(([, value]) => !isNothing(value))
}

/** The body with the value at the path; the one handed in stays as it was. @param {Body} body @param {[string, any]} entry @returns {Body} */
function laidOver(body, [path, value]) {
  const [field, key] = path.split('/')
  return { ...body, [field]: key === undefined ? value : { ...body[field], [key]: value } }
}

/** @param {any} value */
function isNothing(value) {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && !Object.values(value).some((one) => one !== null)
}

/** Does the body say this already, at its place or beside it? @param {Body} body @param {string} path @param {any} value */
function holds(body, path, value) {
  const place = path.startsWith('also/') ? pathBeside(path, value) : path
  if (sameValue(valueAt(body, place), value)) return true
  if (conflictsOf(body).some((one) => one.path === place && sameValue(one.beside, value))) return true
  return place.startsWith('evidence/') && Object.values(body.evidence ?? {}).some((note) => sameValue(note, value))
}

/** The path beside which a version lies. @param {string} path @param {any} value */
function pathBeside(path, value) {
  const key = path.slice('also/'.length)
  return conflictsOf({ also: { [key]: value } })[0].path
}

/**
 * Where the value goes in a body that does not say it yet.
 * @param {Body} body @param {string} path @param {any} value @param {string} from the observation it comes from
 * @returns {Record<string, any>}
 */
function placed(body, path, value, from) {
  const [field] = path.split('/')
  const current = valueAt(body, path)
  if (field === 'also') return laidBeside(body, pathBeside(path, value), value, path.slice(-8))
  if (isNothing(current)) return { [path]: value }
  if (field === 'evidence') return { [`evidence/${path.slice('evidence/'.length, -8)}${markOf([from, value])}`]: value }
  if (field === 'photos') return samePhoto(path, current, value)
  return laidBeside(body, path, value, from.slice(0, 8))
}

/** @param {Body} body @param {string} path @param {any} value @param {string} short @returns {Record<string, any>} */
function laidBeside(body, path, value, short) {
  if (isNothing(valueAt(body, path))) return { [path]: value }
  const key = `${path.replace('/', ':').slice(0, LONGEST_PATH)}~${short}`
  const isTaken = body.also?.[key] !== undefined
  return { [`also/${isTaken ? `${key.slice(0, -8)}${markOf([short, value])}` : key}`]: value }
}

/** The same picture with other words: both stay with it. @param {string} path @param {Body} here @param {Body} there */
function samePhoto(path, here, there) {
  const said = [here.alt, there.alt].filter((alt, at, all) => alt && !all.slice(0, at).some((one) => one?.includes(alt)))
  const indicators = [...new Set([...(here.indicators ?? []), ...(there.indicators ?? [])])]
  const words = { ...(said.length ? { alt: said.join('\n') } : {}), ...(indicators.length ? { indicators } : {}) }
  const photo = { ...here, ...words }
  return sameValue(photo, here) ? {} : { [path]: photo }
}

/** One set in as many as the server takes at a time. @param {Record<string, any>} set */
function inParts(set) {
  /** @type {Array<Record<string, any>>} */
  const parts = []
  let size = Number.POSITIVE_INFINITY
  for (const [path, value] of Object.entries(set)) {
    const more = path.length + JSON.stringify(value).length
    if (size + more > MOST_CHARACTERS) {
      parts.push({})
      size = 0
    }
    parts[parts.length - 1][path] = value
    size += more
  }
  return parts
}

/** Eight digits by which a value is known again (FNV-1a). @param {any} value */
export function markOf(value) {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(canonical(value))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
