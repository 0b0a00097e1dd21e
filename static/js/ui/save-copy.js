import { closeCopy, CopyTrouble, openCopy } from '../core/copy.js'
import { sixWords } from '../core/plain-words.js'
import { dateOf } from '../core/time.js'

const FREE_AFTER_MS = 60_000
/** No copy of ours is larger; a film chosen by mistake is not read. */
const MOST_BYTES = 500_000_000

/** Chance and ciphers for `core/`. */
const means = { subtle: crypto.subtle, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) }

/** Words nobody had to think of. */
export const newWords = () => sixWords(means.random)

/** The contents as one closed file: for the words, and for the server of each space where its key is known. */
export async function closedFile(contents, words, { person, build, now }) {
  const keys = Object.fromEntries(person.spaces.map(({ id, rescue_key }) => [id, rescue_key]))
  const vouchers = Object.fromEntries(person.spaces.map(({ id, voucher }) => [id, voucher]))
  const facts = { made_at: now, device: person.device.id, build }
  const text = JSON.stringify(await closeCopy(contents, { words, keys, facts, vouchers }, means))
  return new File([text], `walkapp-${dateOf(now)}.walk`, { type: 'application/octet-stream' })
}

/** What is in a file, by the words it was closed with. Throws CopyTrouble. */
export async function openedFile(file, words) {
  if (file.size > MOST_BYTES) throw new CopyTrouble('not-a-copy')
  return (await openCopy(await file.text(), words, means)).contents
}

/** Hand the file over: where there is a share sheet by it, else as a download. Only a fresh tap is allowed to. */
export async function handOver(file) {
  if (await share(file)) return
  const url = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href: url, download: file.name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), FREE_AFTER_MS)
}

/** A tablet shares a file more surely than it downloads one; a desk has no sheet to share with. */
async function share(file) {
  if (!matchMedia('(pointer: coarse)').matches || !navigator.canShare?.({ files: [file] })) return false
  try {
    await navigator.share({ files: [file] })
    return true
  } catch (error) {
    return error.name === 'AbortError'
  }
}
