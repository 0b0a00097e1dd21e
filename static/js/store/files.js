// @ts-check
/**
 * Photos on this tablet: bytes under their SHA-256, in sealed chunks, because browsers lose and break what is kept as a Blob.
 *
 * A file and the line in its record are written in one transaction, so that a battery that dies leaves both or neither. Bytes
 * are let go of only when the server has said that it holds them (`file-states.js`).
 *
 * @typedef {import("./reading.js").Keeper} Keeper
 * @typedef {import("./step.js").Writes} Writes
 * @typedef {import("../core/types.js").Edit} Edit
 * @typedef {import("./store.js").Touched} Touched
 * @typedef {import("./file-rows.js").FileEntry} FileEntry
 * @typedef {import("./file-rows.js").State} State
 * @typedef {{type: string, width: number, height: number, bytes: ArrayBuffer}} Photo
 * @typedef {{record: string, isThere: boolean}} Photos what an edit does to a photo's line
 */
import { shaOf } from '../core/sha.js'
import { CHUNK_BYTES, chunkKeys, entryOf, entryPut, filesIn, putAway } from './file-rows.js'
import { write as writeRecords } from './records.js'
import { step } from './step.js'

const PHOTO_PATH = /^photos\/([0-9a-f]{64})$/

/** What was read back is not what was written: it may not be called saved. */
export class Damaged extends Error {
  constructor() {
    super('the bytes that were kept are not the bytes that were written')
    this.code = 'file-damaged'
  }
}

/**
 * Write a person's edits; a photo that an edit takes out of its record stops being sent, and one it puts back goes on.
 * @param {Keeper} keeper @param {string} space @param {Edit[]} edits @returns {Promise<Touched>}
 */
export function write(keeper, space, edits) {
  return writeRecords(keeper, space, edits, (read) => aligned(read, edits, keeper.now()))
}

/**
 * Keep a photo with its line in the record; resolves when both are durable and the bytes were read back and are the same.
 * @param {Keeper} keeper @param {string} space @param {string} record @param {Photo} photo
 * @param {{at: number, alt?: string, indicators?: string[]}} words
 * @returns {Promise<Touched & {sha: string}>}
 */
export async function addPhoto(keeper, space, record, { type, width, height, bytes }, words) {
  const sha = await shaOf(bytes)
  const facts = begun(keeper, { sha, space, record, type, bytes, width, height })
  const line = { ...words, width, height, bytes: bytes.byteLength }
  const edit = { kind: 'observation', id: record, set: { [`photos/${sha}`]: line } }
  const touched = await writeRecords(keeper, space, [edit], async (read) => {
    const known = (await read('files', [sha])).get(sha)
    return { put: [entryPut(stateOf(known), sha, joined(facts, known)), ...chunkPuts(sha, bytes)], drop: [] }
  })
  if ((await shaOf(await bytesOf(keeper, sha, bytes.byteLength))) === sha) return { ...touched, sha }
  await write(keeper, space, [{ ...edit, set: { [`photos/${sha}`]: null } }])
  throw new Damaged()
}

/** The very same photo may have been sent before; then it need not go again. @param {FileEntry|undefined} known @returns {State} */
function stateOf(known) {
  return known?.receipt ? 'sent' : 'waiting'
}

/** @param {FileEntry} facts @param {FileEntry|undefined} known */
function joined(facts, known) {
  if (!known || known.space !== facts.space) return facts
  const { receipt, checkedAt } = known
  const records = [...new Set([...(known.records ?? []), facts.record])]
  return { ...facts, records, ...(receipt ? { receipt, checkedAt } : {}) }
}

/**
 * @param {Keeper} keeper
 * @param {{sha: string, space: string, record: string, type: string, bytes: ArrayBuffer, width: number, height: number}} file
 * @returns {FileEntry}
 */
function begun(keeper, { bytes, ...file }) {
  const at = keeper.now()
  const here = { hash: file.sha, isHere: true, bytes: bytes.byteLength }
  return { ...file, ...here, records: [file.record], at, seenAt: at, state: 'waiting' }
}

/**
 * Keep a file that came from elsewhere: the server's copy of a photo, or an unsent one out of a saved copy.
 * @param {Keeper} keeper
 * @param {{sha: string, space: string, record: string, type: string, bytes: ArrayBuffer, width?: number, height?: number}} file
 * @param {"fetched"|"waiting"} state
 */
export async function bringIn(keeper, { sha, space, record, type, bytes, width = 0, height = 0 }, state) {
  const hash = await shaOf(bytes)
  if (state === 'waiting' && hash !== sha) throw new Damaged()
  const facts = { ...begun(keeper, { sha, space, record, type, bytes, width, height }), hash }
  await step(keeper, async (read) => {
    const known = (await read('files', [sha])).get(sha)
    if (known?.isHere && (known.receipt || state === 'fetched')) return null
    const kept = known?.receipt ? { ...known, hash, bytes: facts.bytes, isHere: true, seenAt: facts.seenAt } : facts
    return { put: [entryPut(known?.receipt ? known.state : state, sha, kept), ...chunkPuts(sha, bytes)], drop: [] }
  })
}

/**
 * The bytes of a file, whole and proven, or null where they are not here. Bytes that are not what was kept are never handed
 * out: what the server has is fetched again, and of what it has not its person is told.
 * @param {Keeper} keeper @param {string} sha
 * @returns {Promise<{entry: FileEntry, bytes: ArrayBuffer}|{entry: FileEntry|null, bytes: null}>}
 */
export async function readFile(keeper, sha) {
  const entry = await entryOf(keeper, sha)
  if (!entry?.isHere) return { entry, bytes: null }
  const bytes = await bytesOf(keeper, sha, entry.bytes)
  if ((await shaOf(bytes)) === entry.hash) return { entry, bytes }
  const broken = brokenOne(entry)
  const chunks = chunkKeys(sha, entry.bytes).map((key) => ({ store: 'chunks', key }))
  await step(keeper, async (read) => {
    const now = (await read('files', [sha])).get(sha)
    const isStill = now?.isHere && now.hash === entry.hash
    return isStill ? { put: [entryPut(broken.state, sha, broken)], drop: chunks } : null
  })
  return { entry: broken, bytes: null }
}

/** What nobody else has needs its person; what the server has is only not here. @param {FileEntry} entry @returns {FileEntry} */
function brokenOne(entry) {
  const state = entry.state === 'waiting' ? 'needs' : entry.state
  return { ...entry, state, isHere: false, damaged: !entry.receipt && state !== 'fetched' }
}

/** Everything about photos that is on this tablet only, with its bytes. @param {Keeper} keeper */
export async function unsentFiles(keeper) {
  const found = []
  for (const { sha } of [...(await filesIn(keeper, 'waiting')), ...(await filesIn(keeper, 'needs'))]) {
    const { entry, bytes } = await readFile(keeper, sha)
    if (entry && bytes) found.push({ ...entry, data: bytes })
  }
  return found
}

/**
 * What the photos of these edits become, to be written beside them.
 * @param {import("./step.js").Read} read @param {Edit[]} edits @param {number} at @returns {Promise<Writes>}
 */
async function aligned(read, edits, at) {
  /** @type {Map<string, Photos>} */
  const photos = new Map()
  for (const edit of edits.filter((one) => 'set' in one)) {
    for (const [path, line] of Object.entries(edit.set)) {
      const sha = PHOTO_PATH.exec(path)?.[1]
      if (sha) photos.set(sha, { record: edit.id, isThere: line !== null })
    }
  }
  const put = []
  for (const [sha, { n: _n, ...entry }] of await read('files', [...photos.keys()])) {
    const next = entry.state === 'fetched' ? null : fitted(entry, /** @type {Photos} */ (photos.get(sha)), at)
    if (next) put.push(entryPut(next.state, sha, next))
  }
  return { put, drop: [] }
}

/** @param {FileEntry} entry @param {Photos} photo @param {number} at @returns {FileEntry} */
function fitted(entry, { record, isThere }, at) {
  const others = entry.records.filter((one) => one !== record)
  if (!isThere) return { ...entry, records: others, ...(others.length ? {} : putAway(at)) }
  const state = entry.receipt ? 'sent' : entry.isHere ? 'waiting' : 'needs'
  return { ...entry, state, record, records: [...others, record] }
}

/** @param {string} sha @param {ArrayBuffer} bytes */
function chunkPuts(sha, bytes) {
  return chunkKeys(sha, bytes.byteLength).map(([, n]) => ({
    store: 'chunks',
    clear: { sha, n },
    value: bytes.slice(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES),
  }))
}

/**
 * The bytes that lie here, whatever they are by now.
 * @param {Keeper} keeper @param {string} sha @param {number} length @returns {Promise<ArrayBuffer>}
 */
async function bytesOf(keeper, sha, length) {
  const whole = new Uint8Array(length)
  for (const [, n] of chunkKeys(sha, length)) {
    const kept = await keeper.db.get('chunks', [sha, n])
    // A seal that does not open is damage like any other.
    const chunk = kept && (await keeper.seal.unseal(kept.box).catch(() => null))
    if (!chunk || chunk.byteLength > length - n * CHUNK_BYTES) return new ArrayBuffer(0)
    whole.set(new Uint8Array(chunk), n * CHUNK_BYTES)
  }
  return whole.buffer
}
