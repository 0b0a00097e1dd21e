// @ts-check
/**
 * What comes out of a saved copy: the same changes under the same ids, so that it does not matter how often, where and in
 * which order a copy is opened, or whether the tablet it was made on sends them itself.
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("../core/copy.js").Content} Content
 * @typedef {{put: number, there: number, notes: number, photos: number, elsewhere: number, others: number}} Done
 *   `elsewhere`: parts of spaces that are not open to this person; `others`: parts of another person
 * @typedef {Done & {touched: import("./store.js").Touched}} TakenIn
 */
import { fromBase64 } from '../core/copy.js'
import { filesIn } from './file-rows.js'
import { bringIn } from './files.js'
import { lastNumber } from './records.js'
import { putBack } from './second-copy.js'
import { step } from './step.js'

const AT_ONCE = 100

/**
 * Put what a copy holds into the outbox, under the same ids; what is here or was answered for stays as it is.
 * @param {Keeper} keeper @param {string} account @param {string[]} spaces this person's @param {Content[]} contents
 * @returns {Promise<TakenIn>}
 */
export async function takeIn(keeper, account, spaces, contents) {
  const done = { put: 0, there: 0, notes: 0, photos: 0, elsewhere: 0, others: 0 }
  const touched = { ids: /** @type {string[]} */ ([]), kinds: /** @type {string[]} */ ([]) }
  for (const content of contents) {
    if (content.account !== account) done.others += 1
    else if (!spaces.includes(content.space)) done.elsewhere += 1
    else await takeOne(keeper, content, done, touched)
  }
  return { ...done, touched }
}

/**
 * @param {Keeper} keeper @param {Content} content @param {Done} done
 * @param {import("./store.js").Touched} touched
 */
async function takeOne(keeper, content, done, touched) {
  const cids = new Set([...content.waiting, ...content.needs_you].map(({ change }) => change.cid))
  const here = await knownHere(keeper, [...cids])
  const fresh = content.waiting.filter(({ change }) => !here.has(change.cid))
  const from = (await lastNumber(keeper)) + 1
  const entries = fresh.map(({ change, since }, index) => ({ ...entryOf(content.space, change, since), n: from + index }))
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const some = await putBack(keeper, entries.slice(start, start + AT_ONCE))
    touched.ids.push(...some.ids)
    touched.kinds.push(...some.kinds)
  }
  const notes = content.needs_you.filter(({ change }) => !here.has(change.cid))
  await takeNotes(keeper, notes, from + entries.length)
  done.notes += notes.length
  done.put += fresh.length
  done.there += content.waiting.length - fresh.length
  done.photos += await takePhotos(keeper, content)
}

/** @param {string} space @param {any} change @param {number} since */
function entryOf(space, change, since) {
  return { space, change, since, frozen: true, closed: true }
}

/** @param {Keeper} keeper @param {any[]} notes @param {number} from */
async function takeNotes(keeper, notes, from) {
  if (notes.length === 0) return
  const put = notes.map(({ space, change, verdict, problem, at }, index) => ({
    store: 'refused',
    clear: { cid: change.cid, n: from + index },
    value: { space, change, verdict, problem, at },
  }))
  await step(keeper, async () => ({ put, drop: [] }))
}

/** @param {Keeper} keeper @param {Content} content */
async function takePhotos(keeper, { space, files }) {
  const known = new Set([...(await filesIn(keeper, 'waiting')), ...(await filesIn(keeper, 'sent'))].map(({ sha }) => sha))
  const fresh = files.filter(({ sha, record }) => record && !known.has(sha))
  for (const { sha, record, type, bytes } of fresh) {
    const raw = /** @type {ArrayBuffer} */ (fromBase64(bytes).buffer)
    await bringIn(keeper, { sha, space, record: /** @type {string} */ (record), type, bytes: raw }, 'waiting')
  }
  return fresh.length
}

/** Those of the changes that wait here or were answered for. @param {Keeper} keeper @param {string[]} cids @returns {Promise<Set<string>>} */
export async function knownHere(keeper, cids) {
  const stores = ['outbox', 'sent', 'refused']
  const found = await keeper.db.tx(stores, 'readonly', (t) => {
    const asked = cids.flatMap((cid) => stores.map((store) => t.objectStore(store).getKey(cid)))
    return {
      get result() {
        return asked.map((request) => request.result)
      },
    }
  })
  return new Set(found.filter(Boolean))
}
