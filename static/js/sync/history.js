// @ts-check
/**
 * The server was restored from a backup, or replaced by an empty one: before anything is fetched, the rows it lost are offered
 * back, each with the mark by which it knows its own. Nothing on this tablet is deleted.
 *
 * @typedef {import("./ask.js").Means} Means
 * @typedef {import("../core/types.js").SpaceAnswer} SpaceAnswer
 * @typedef {import("../store/walk.js").Lost} Lost
 */
import { ask } from './ask.js'
import { Unserved } from './trouble.js'

/** Only the newest commit is of interest; a question has to ask for something. */
const HARDLY_ANYTHING = { cursor: null, thin: true, limit: 1 }

/**
 * Find the newest commit both know, put what was sent back among what waits, and offer what came after that commit.
 * @param {Means} means @param {string} space @param {string} at
 * @returns {Promise<{at: string, lost: Lost} | {again: SpaceAnswer}>} `again` when the server was restored once more
 */
export async function offerBack(means, space, at) {
  const { outbox } = means.store
  const trail = await outbox.trailOf(space)
  const first = await put(means, space, { known: at, trail })
  if (first.reset) return { again: first }
  const common = first.common ?? 0
  const lost = { common, accepted: new Set() }
  await outbox.historyLost(space, common)
  let newest = first.at
  // A server of before schema 2 takes back what this tablet wrote, and nothing else.
  if (!means.speech.isNewest()) return { at: newest, lost }
  for await (const offers of outbox.offersBeyond(space, common)) {
    const answer = await put(means, space, { known: newest, trail, offers })
    if (answer.reset) return { again: answer }
    for (const [id, word] of Object.entries(answer.offers ?? {})) if (word !== 'refused') lost.accepted.add(id)
    newest = answer.at
    means.onMoved?.()
  }
  return { at: newest, lost }
}

/** @param {Means} means @param {string} space @param {object} more @returns {Promise<SpaceAnswer>} */
async function put(means, space, more) {
  const answer = await ask(means, space, [], { ...HARDLY_ANYTHING, ...more })
  if (answer.problem) throw new Unserved(400, null, answer.problem)
  return answer
}
