// @ts-check
/**
 * How much to send at once, so that no single change ever holds up the others.
 *
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("./trouble.js").Unreadable} Unreadable
 */
import { problemOf } from '../core/problems.js'

const MOST_CHANGES = 256
/** The server cannot take what it was sent, whoever sends it and however often. */
const CANNOT_TAKE = [400, 413, 422]
/** The server fell over what it was sent. */
const FELL_OVER = 500

/** @param {{store: Store, random: () => number}} means */
export function makeBatching({ store, random }) {
  let most = MOST_CHANGES

  /**
   * Something in this batch upsets the server: halve it until one change is alone, then put that one out of the way. What the
   * server plainly cannot take needs its person; what it falls over comes again, ever more seldom.
   * @param {Unreadable} trouble
   * @returns {Promise<boolean>} whether the next try is worth making at once
   */
  async function isolate({ status, space, sent, problem }) {
    const isTooMuch = CANNOT_TAKE.includes(status)
    if (sent.length === 0 || (!isTooMuch && status !== FELL_OVER)) return false
    if (sent.length > 1) most = Math.ceil(sent.length / 2)
    else if (!batching.serverWasAsked) return true
    else if (isTooMuch) await store.outbox.setAside(space, sent[0], problem?.code ? problem : problemOf('too-big'))
    else await store.outbox.leaveOut(space, sent[0].cid, random())
    return isTooMuch || sent.length === 1
  }

  const batching = {
    /** Did the server just answer a question without changes? Only then is a change to blame. */
    serverWasAsked: false,
    limits: () => ({ most }),
    relax: () => {
      most = MOST_CHANGES
    },
    isolate,
  }
  return batching
}
