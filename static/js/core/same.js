// @ts-check
/**
 * What says the same is the very same object, so that a screen sees by identity what moved.
 * @typedef {import("./types.js").Body} Body
 */
import { sameValue } from './conflict.js'

/**
 * The body as it is now, made of the parts of the earlier one wherever they say the same: fields, and the entries of maps.
 * @param {Body|null|undefined} before @param {Body} now
 * @returns {Body}
 */
export function keepSame(before, now) {
  if (!isMap(before)) return now
  return kept(before, now, (one, other) => (isMap(one) && isMap(other) ? kept(one, other, same) : same(one, other)))
}

/**
 * The earlier list when it has the very same things in the same order.
 * @template T
 * @param {readonly T[]} before @param {readonly T[]} now
 */
export function sameList(before, now) {
  return before.length === now.length && now.every((one, at) => Object.is(one, before[at])) ? before : now
}

/** @param {Body} before @param {Body} now @param {(one: any, other: any) => any} choose @returns {Body} */
function kept(before, now, choose) {
  const parts = Object.entries(now).map(([key, value]) => [key, choose(before[key], value)])
  const isSame = parts.length === Object.keys(before).length && parts.every(([key, value]) => Object.is(before[key], value))
  return isSame ? before : Object.fromEntries(parts)
}

/** @param {any} before @param {any} now */
function same(before, now) {
  return sameValue(before, now) ? before : now
}

/** @param {any} value @returns {value is Body} */
function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
