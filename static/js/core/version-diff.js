// @ts-check
/**
 * What is different between two versions of an observation, as a person would say it: what was written, chosen or counted, never
 * when or in which order.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {{path: string, was: any, now: any}} Difference null where there is nothing
 */
import { sameValue } from './conflict.js'

const VALUES = ['focus', 'form', 'seats']
const MAPS = [
  'gates',
  'ratings',
  'evidence',
  'answers',
  'choices',
  'rows',
  'context',
  'counts',
  'asked',
  'sweeps',
  'intervals',
  'turns',
  'talk',
  'photos',
  'ink',
]
/** What of an entry is a person's; of all others the whole. @type {Partial<Record<string, (entry: Body) => any>>} */
const OWN = {
  evidence: ({ text, chip, indicators }) => ({ text, chip, indicators: [...(indicators ?? [])].sort() }),
  photos: ({ alt }) => ({ alt: alt ?? '' }),
}

/** @param {Body} was @param {Body} now @returns {Difference[]} */
export function changesBetween(was, now) {
  const values = VALUES.map((field) => ({ path: field, was: was[field] ?? null, now: now[field] ?? null }))
  const entries = MAPS.flatMap((field) => entriesOf(field, was[field] ?? {}, now[field] ?? {}))
  return [...values, ...entries].filter((one) => !sameValue(ownOf(one.path, one.was), ownOf(one.path, one.now)))
}

/** @param {string} field @param {Body} was @param {Body} now @returns {Difference[]} */
function entriesOf(field, was, now) {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])]
  return keys.map((key) => ({ path: `${field}/${key}`, was: was[key] ?? null, now: now[key] ?? null }))
}

/** @param {string} path @param {any} value */
function ownOf(path, value) {
  const own = OWN[path.split('/')[0]]
  return own && value ? own(value) : value
}
