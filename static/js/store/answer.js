// @ts-check
/**
 * What the server said, applied in one transaction: verdicts, rows, what is gone, and the new place in the feed.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./reading.js").Doc} Doc
 * @typedef {import("./outbox.js").Sending} Sending
 * @typedef {import("./desk.js").Entry} Entry
 * @typedef {import("../core/types.js").Verdict} Verdict
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("./walk.js").WholeRow} WholeRow
 */
import { heard } from '../core/trail.js'
import { fileAnew } from './again.js'
import { Desk } from './desk.js'
import { forget, takeRow } from './rows.js'
import { step } from './step.js'
import { unstuck } from './stuck.js'
import { settle } from './verdicts.js'

/**
 * Apply one answer for one space. A change leaves the outbox only by a receipt that carries the hash of what was sent.
 * @param {Keeper} keeper
 * @param {string} space
 * @param {Sending[]} sent
 * @param {SpaceAnswer} answer
 * @param {number} at
 * @returns {Promise<{doubts: number, refused: number, touched: import("./store.js").Touched}>}
 */
export async function applyAnswer(keeper, space, sent, answer, at) {
  const name = `space:${space}`
  let outcome = { doubts: 0, refused: 0, touched: { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) } }
  await step(
    keeper,
    async (read) => {
      const place = (await read('meta', [name])).get(name) ?? {}
      const desk = await Desk.lay(
        read,
        touchedIds(sent, answer),
        sent.map(({ cid }) => cid),
      )
      const settled = settleAll(desk, sent, answer.results ?? {}, at, seqOf(place.cursor))
      keepServerTime(desk, answer.now)
      for (const id of answer.gone ?? []) forget(desk, id)
      for (const row of answer.rows ?? []) if (isWhole(row)) takeRow(desk, space, row)
      desk.puts.push({ store: 'meta', clear: { name }, value: moved(place, answer, settled, at) })
      outcome = { doubts: settled.doubts, refused: settled.refused, touched: desk.touched() }
      return desk.writes()
      // What is only pulled may be lost with the tail of the log: its cursor is lost with it, and it comes again.
    },
    { durability: sent.length ? 'strict' : 'relaxed' },
  )
  for (const { cid } of sent.filter(({ cid }) => isTaken(answer.results[cid]))) {
    const { ids, kinds } = await fileAnew(keeper, cid)
    if (ids.length) outcome.refused -= 1
    outcome.touched.ids.push(...ids)
    outcome.touched.kinds.push(...kinds)
  }
  return outcome
}

/**
 * A copy of this tablet sent something else under the same id. Nobody has to decide that: it goes out again under one of its own.
 * @param {Verdict} [verdict]
 */
function isTaken(verdict) {
  return verdict?.verdict === 'refused' && verdict.problem?.code === 'cid-reused'
}

/**
 * Take one change out of the way that the server cannot even read; it is kept and shown like a refused one.
 * @param {Keeper} keeper @param {string} space @param {Sending} sending @param {import("../core/types.js").Problem} problem
 */
export async function setAside(keeper, space, sending, problem) {
  let touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  await step(keeper, async (read) => {
    const desk = await Desk.lay(read, [sending.change.id], [sending.cid])
    settle(desk, sending, { verdict: 'refused', seq: null, hash: sending.hash, problem }, keeper.now(), 0)
    desk.puts.push(await unstuck(read, space, sending.cid))
    touched = desk.touched()
    return desk.writes()
  })
  return { touched }
}

/**
 * @param {Desk} desk @param {Sending[]} sent @param {Record<string, Verdict>} results @param {number} at
 * @param {number} cursor
 */
function settleAll(desk, sent, results, at, cursor) {
  const answered = sent.filter(({ cid }) => results[cid])
  const words = answered.map((one) => settle(desk, one, results[one.cid], at, cursor))
  const count = (/** @type {string} */ what) => words.filter((one) => one === what).length
  const told = answered.map(({ cid }) => cid)
  const receipts = words.length - count('doubt')
  return { sentAny: sent.length > 0, doubts: count('doubt'), refused: count('refused'), receipts, told }
}

/** By the server's clock sent changes are one day let go of. @param {Desk} desk @param {number} [now] */
function keepServerTime(desk, now) {
  if (now === undefined) return
  for (const [cid, sent] of desk.sent) desk.sent.set(cid, { ...sent, serverAt: now })
}

/**
 * @param {any} place @param {SpaceAnswer} answer
 * @param {{sentAny: boolean, doubts: number, receipts: number, told: string[]}} settled
 * @param {number} at
 */
function moved({ n: _n, ...place }, answer, { sentAny, doubts, receipts, told }, at) {
  const receipt = receipts ? { lastReceiptAt: at } : {}
  const here = { ...newest(place, answer), ...(answer.reset ? {} : { cursor: answer.cursor }) }
  const stuck = Object.fromEntries(Object.entries(place.stuck ?? {}).filter(([cid]) => !told.includes(cid)))
  return { ...place, ...here, ...receipt, stuck, lastContactAt: at, doubts: sentAny ? doubts : (place.doubts ?? 0) }
}

/**
 * After a reset the old cursor stays until the walk is done, so that a walk cut short begins again. The newest commit is known
 * at once: what was confirmed in it would never be brought again to a server restored before the walk is done. Of another
 * history nothing is known yet.
 * @param {any} place @param {SpaceAnswer} answer
 */
function newest({ trail = [] }, { reset, at }) {
  return reset === 'history' ? {} : { known: at, trail: heard(trail, at) }
}

/** @param {Sending[]} sent @param {SpaceAnswer} answer */
function touchedIds(sent, answer) {
  const told = sent.filter(({ cid }) => answer.results?.[cid]).map(({ change }) => change.id)
  return [...new Set([...told, ...(answer.rows ?? []).map((row) => row[1]), ...(answer.gone ?? [])])]
}

/** @param {SpaceAnswer["rows"][number]} row @returns {row is WholeRow} */
export function isWhole(row) {
  return row.length > 2
}

/** @param {string|null|undefined} cursor "seq.view" @returns {number} */
function seqOf(cursor) {
  return Number(cursor?.split('.')[0] ?? 0)
}
