/** What one person has on this tablet only, found raw, and closed into a copy. */
import { changesOfEdits, closeCopy, contentsOf, toBase64 } from '../js/core/copy.js'
import { shaOf } from '../js/core/sha.js'
import { bytesOf, entriesOf, fact, freeze } from './storage.js'

const UNSENT_FILES = ['waiting', 'needs']
const NO_DEVICE = '00000000-0000-4000-8000-000000000000'

/** Chance and ciphers for `core/`. */
const means = { subtle: crypto.subtle, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) }
export const { random } = means

/** The person's unsent work in the order it was made; each store by itself, and what could not be read is named. */
export async function findWork(account) {
  const unread = []
  const outbox = await readable(account, 'outbox', unread)
  const waiting = outbox.filter(({ box }) => box.change).map(({ n, box }) => ({ ...box, n }))
  const refused = (await readable(account, 'refused', unread)).map(({ box }) => box)
  const files = (await readable(account, 'files', unread)).filter(({ state }) => UNSENT_FILES.includes(state))
  const edits = await changesOfEdits(strandedEdits(account), Date.now())
  return { account, waiting: [...waiting.sort((a, b) => a.n - b.n), ...edits], refused, files, unread }
}

async function readable(account, store, unread) {
  try {
    const { entries, lost } = await entriesOf(account, store)
    const good = entries.filter(({ box }) => box && typeof box === 'object')
    const bad = lost + entries.length - good.length
    if (bad) unread.push({ store, count: bad })
    return good
  } catch {
    unread.push({ store, count: null })
    return []
  }
}

/** What the app could not write and left in this tab. */
function strandedEdits(account) {
  try {
    return JSON.parse(sessionStorage.getItem(`walkapp:rescued:${account}`) ?? '[]').filter(({ edits }) => edits)
  } catch {
    return []
  }
}

/** One closed file with all of it. What went into it never changes on this tablet afterwards. */
export async function copyOf(work, words, session) {
  // Where nothing can be written any more, it goes as it stands.
  await freezeWork(work).catch(() => {})
  const files = (await Promise.all(work.files.map((file) => whole(work, file)))).filter(Boolean)
  const contents = contentsOf(work.account, { ...work, files })
  const keys = Object.fromEntries(session.spaces.map(({ id, rescue_key }) => [id, rescue_key]))
  const vouchers = Object.fromEntries(session.spaces.map(({ id, voucher }) => [id, voucher]))
  const facts = { made_at: Date.now(), device: (await fact('device').catch(() => null)) ?? NO_DEVICE, build: 'rescue' }
  const file = await closeCopy(contents, { words, keys, facts, vouchers }, means)
  return {
    text: JSON.stringify(file),
    changes: work.waiting.length,
    photos: files.length,
    lost: work.files.length - files.length,
  }
}

/** What is about to leave the tablet is marked first, as the app does. */
export function freezeWork({ account, waiting }) {
  return freeze(
    account,
    waiting.filter(({ n }) => n !== undefined).map(({ change }) => change.cid),
  )
}

/** A file with its bytes, proven by its hash; null when they are not what was kept. */
async function whole({ account }, { sha, box }) {
  const bytes = await bytesOf(account, sha).catch(() => null)
  if (!bytes || (await shaOf(bytes)) !== sha) return null
  return { sha, space: box.space, record: box.record ?? null, type: box.type, bytes: toBase64(bytes) }
}
