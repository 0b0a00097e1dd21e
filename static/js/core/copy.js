// @ts-check
/**
 * A copy of unsent work as one closed file (`.walk`): readable outside, closed inside, a part for each space. Twin of
 * `walkapp/copies/envelope.py`; both read `tests/vectors/copy.json`. Chance and ciphers are handed in.
 *
 * @typedef {{subtle: SubtleCrypto, random: (bytes: number) => Uint8Array}} Means
 * @typedef {{id: string, jwk: JsonWebKey}} RescueKey the public half of a space's key; only its server has the other
 * @typedef {{sha: string, type: string, record: string|null, bytes: string}} CopiedFile
 * @typedef {{space: string, account: string, waiting: Array<{change: any, since: number}>, needs_you: any[],
 *   files: CopiedFile[], rows?: any[], voucher?: string}} Content what one person has in one space and no server confirmed
 * @typedef {{made_at: number, device: string, build: string}} Facts
 * @typedef {{format: string, version: number, parts: any[]} & Facts} CopyFile
 */
import { hashOf } from './canonical.js'

export const FORMAT = 'walkapp-copy'
export const VERSION = 1
export const FEWEST_CHARACTERS = 15
const FEWEST_DIFFERENT = 6
const ROUNDS = 600_000
/** What a file may ask of us: fewer rounds were never written, more would take for ever. */
const MOST_ROUNDS = 2_000_000
const KEY_BYTES = 32
const IV_BYTES = 12
const SALT_BYTES = 16
/** btoa takes a string, and a function only so many arguments. */
const SLICE_BYTES = 0x6000

/** Why a copy could not be opened. */
export class CopyTrouble extends Error {
  /** @param {"not-a-copy"|"wrong-words"|"newer-copy"} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

/**
 * What lies on a tablet, sorted by space as a copy holds it.
 * @param {string} account
 * @param {{waiting: any[], refused: any[], files: any[], docs?: any[]}} found
 * @returns {Content[]}
 */
export function contentsOf(account, { waiting, refused, files, docs }) {
  const spaces = [...new Set([...waiting, ...refused, ...files, ...(docs ?? [])].map(({ space }) => space))]
  const of = (/** @type {any[]} */ all, /** @type {string} */ space) => all.filter((one) => one.space === space)
  return spaces.map((space) => ({
    space,
    account,
    waiting: of(waiting, space).map(({ change, since }) => ({ change, since })),
    needs_you: of(refused, space).map(({ change, verdict, problem, at }) => ({ space, change, verdict, problem, at })),
    files: of(files, space).map(({ sha, type, record, bytes }) => ({ sha, type, record, bytes })),
    ...(docs ? { rows: of(docs, space).map(rowOf) } : {}),
  }))
}

/** @param {any} doc */
function rowOf({ id, kind, seq, body, mine }) {
  return { id, kind, seq, body: mine === undefined ? body : mine }
}

/**
 * Edits that no storage took, as changes. Their ids are made from what they say: saved twice, they are one.
 * @param {Array<{space: string, edits: any[]}>} lists @param {number} at
 * @returns {Promise<Array<{space: string, since: number, change: any}>>}
 */
export async function changesOfEdits(lists, at) {
  const edits = lists.flatMap(({ space, edits }) => edits.map((edit) => ({ space, edit })))
  const made = await Promise.all(edits.map(({ space, edit }) => changeOfEdit(space, edit, at)))
  return [...new Map(made.map((one) => [one.change.cid, one])).values()]
}

/** @param {string} space @param {any} edit @param {number} at */
async function changeOfEdit(space, edit, at) {
  const { id, kind } = edit.new ?? edit
  const content = edit.new ? { new: edit.new.body } : { base: 0, seen: [], set: edit.set }
  const hash = await hashOf({ space, id, kind, ...content })
  const cid = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  return { space, since: at, change: { cid, kind, id, at, ...content } }
}

/**
 * Close the contents, each with a key of its own, for the words and, where it is known, for its space's server. The voucher of
 * a space proves to that server whose work it is.
 * @param {Content[]} contents
 * @param {{words: string, keys: Record<string, RescueKey|null|undefined>, facts: Facts, vouchers?: Record<string, string|null|undefined>}} how
 * @param {Means} means
 * @returns {Promise<CopyFile>}
 */
export async function closeCopy(contents, { words, keys, facts, vouchers = {} }, means) {
  const vouched = contents.map((content) => {
    const voucher = vouchers[content.space]
    return voucher ? { ...content, voucher } : content
  })
  const parts = await Promise.all(vouched.map((content) => closePart(content, words, keys[content.space] ?? null, means)))
  return { format: FORMAT, version: VERSION, ...facts, parts }
}

/**
 * What is in the file, by the words it was closed with.
 * @param {string} text @param {string} words @param {Means} means
 * @returns {Promise<{facts: Facts, contents: Content[]}>}
 */
export async function openCopy(text, words, means) {
  const { made_at, device, build, parts } = readOutside(text)
  const contents = await Promise.all(parts.map((part) => openPart(part, words, means)))
  return { facts: { made_at, device, build }, contents }
}

/** The words as they count, however a keyboard wrote, spaced or capitalised them. @param {string} words */
export function plainWords(words) {
  const tidy = words.normalize('NFKC').replace(/[ \t\r\n]+/g, ' ')
  return tidy.replace(/^ | $/g, '').replace(/[A-Z]+/g, (found) => found.toLowerCase())
}

/** What is wrong with words of one's own, or null. @param {string} words @returns {"short"|"plain"|null} */
export function weakness(words) {
  const letters = [...plainWords(words)]
  if (letters.length < FEWEST_CHARACTERS) return 'short'
  return new Set(letters).size < FEWEST_DIFFERENT ? 'plain' : null
}

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  let text = ''
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + SLICE_BYTES)))
  }
  return text
}

/** @param {string} text @returns {Uint8Array} */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

/** @param {string} text @returns {CopyFile} */
function readOutside(text) {
  const file = parsed(text)
  if (file?.format !== FORMAT || !Array.isArray(file.parts) || !file.parts.every(isPart)) throw new CopyTrouble('not-a-copy')
  if (file.version !== VERSION) throw new CopyTrouble('newer-copy')
  return file
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new CopyTrouble('not-a-copy')
  }
}

/** @param {any} part */
function isPart(part) {
  return ['space', 'iv', 'box'].every((name) => typeof part?.[name] === 'string') && Array.isArray(part.wraps)
}

/** @param {Content} content @param {string} words @param {RescueKey|null} key @param {Means} means */
async function closePart(content, words, key, means) {
  const raw = means.random(KEY_BYTES)
  const bound = boundTo(content.space)
  const iv = means.random(IV_BYTES)
  const packed = await through(new CompressionStream('gzip'), new TextEncoder().encode(JSON.stringify(content)))
  const box = await locked(means, raw, iv, packed, bound)
  const wraps = [await wrapForWords(raw, words, bound, means)]
  if (key) wraps.push(await wrapForSpace(raw, key, bound, means))
  return { space: content.space, key_id: key?.id ?? null, iv: toBase64(iv), box: toBase64(box), wraps }
}

/** @param {Uint8Array} raw @param {string} words @param {Uint8Array} bound @param {Means} means @returns {Promise<any>} */
async function wrapForWords(raw, words, bound, means) {
  const salt = means.random(SALT_BYTES)
  const iv = means.random(IV_BYTES)
  const key = await locked(means, await keyForWords(words, salt, ROUNDS, means), iv, raw, bound)
  return {
    to: 'passphrase',
    kdf: 'PBKDF2-SHA256',
    iterations: ROUNDS,
    salt: toBase64(salt),
    iv: toBase64(iv),
    key: toBase64(key),
  }
}

/** @param {Uint8Array} raw @param {RescueKey} theirs @param {Uint8Array} bound @param {Means} means @returns {Promise<any>} */
async function wrapForSpace(raw, theirs, bound, { subtle, random }) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const once = /** @type {CryptoKeyPair} */ (await subtle.generateKey(curve, false, ['deriveBits']))
  const epk = new Uint8Array(await subtle.exportKey('raw', once.publicKey))
  const space = await subtle.importKey('jwk', theirs.jwk, curve, false, [])
  const shared = await subtle.deriveBits({ name: 'ECDH', public: space }, once.privateKey, KEY_BYTES * 8)
  const iv = random(IV_BYTES)
  const key = await locked({ subtle, random }, await keyForSpace(shared, epk, subtle), iv, raw, bound)
  return { to: 'space', key_id: theirs.id, epk: toBase64(epk), iv: toBase64(iv), key: toBase64(key) }
}

/** @param {any} part @param {string} words @param {Means} means @returns {Promise<Content>} */
async function openPart(part, words, means) {
  const wrap = part.wraps.find((/** @type {any} */ one) => one?.to === 'passphrase')
  if (!wrap || !(wrap.iterations <= MOST_ROUNDS)) throw new CopyTrouble('not-a-copy')
  const bound = boundTo(part.space)
  try {
    const opener = await keyForWords(words, fromBase64(wrap.salt), wrap.iterations, means)
    const raw = await unlocked(means, opener, fromBase64(wrap.iv), fromBase64(wrap.key), bound)
    const packed = await unlocked(means, raw, fromBase64(part.iv), fromBase64(part.box), bound)
    const content = JSON.parse(new TextDecoder().decode(await through(new DecompressionStream('gzip'), packed)))
    if (content.space !== part.space || !Array.isArray(content.waiting)) throw new CopyTrouble('not-a-copy')
    return content
  } catch (error) {
    // A cipher does not tell a wrong key from a damaged box; whoever mistyped is met far more often.
    throw error instanceof CopyTrouble ? error : new CopyTrouble('wrong-words')
  }
}

/** What every lock of a part is tied to, so that no part can be passed off as another's. @param {string} space */
function boundTo(space) {
  return new TextEncoder().encode(`${FORMAT} ${VERSION} ${space}`)
}

/** @param {string} words @param {Uint8Array} salt @param {number} iterations @param {Means} means */
async function keyForWords(words, salt, iterations, { subtle }) {
  const secret = await subtle.importKey('raw', new TextEncoder().encode(plainWords(words)), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: /** @type {BufferSource} */ (salt), iterations }
  return new Uint8Array(await subtle.deriveBits(how, secret, KEY_BYTES * 8))
}

/** @param {ArrayBuffer} shared @param {Uint8Array} epk @param {SubtleCrypto} subtle */
async function keyForSpace(shared, epk, subtle) {
  const secret = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode('walkapp copy')
  const how = { name: 'HKDF', hash: 'SHA-256', salt: /** @type {BufferSource} */ (epk), info }
  return new Uint8Array(await subtle.deriveBits(how, secret, KEY_BYTES * 8))
}

/** @param {Means} means @param {Uint8Array} key @param {Uint8Array} iv @param {Uint8Array} plain @param {Uint8Array} bound */
async function locked({ subtle }, key, iv, plain, bound) {
  return new Uint8Array(await subtle.encrypt(cipher(iv, bound), await aes(key, subtle), /** @type {BufferSource} */ (plain)))
}

/** @param {Means} means @param {Uint8Array} key @param {Uint8Array} iv @param {Uint8Array} box @param {Uint8Array} bound */
async function unlocked({ subtle }, key, iv, box, bound) {
  return new Uint8Array(await subtle.decrypt(cipher(iv, bound), await aes(key, subtle), /** @type {BufferSource} */ (box)))
}

/** @param {Uint8Array} iv @param {Uint8Array} bound @returns {any} */
function cipher(iv, bound) {
  return { name: 'AES-GCM', iv, additionalData: bound }
}

/** @param {Uint8Array} raw @param {SubtleCrypto} subtle */
function aes(raw, subtle) {
  return subtle.importKey('raw', /** @type {BufferSource} */ (raw), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** @param {CompressionStream|DecompressionStream} press @param {Uint8Array} bytes */
async function through(press, bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(/** @type {any} */ (press))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
