import { closeCopy, CopyTrouble, openCopy } from '../core/copy.js'
import { sixWords } from '../core/plain-words.js'
import { dateOf } from '../core/time.js'

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
