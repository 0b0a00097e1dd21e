// The second copy: what has no receipt yet, once more, in a file of its own beside the database. Another kind of storage fails
// in another way. Lines are only ever added, each with a checksum; a torn or damaged line costs itself and nothing else.
const SHRINK_FROM_BYTES = 4_000_000
const NEWLINE = 10

/** What lies in the file, as long as nobody else has written to it. */
let known = { account: '', size: -1, live: new Map(), least: 0 }
let turn = Promise.resolve()

onmessage = ({ data }) => {
  // One after the other: two open handles to one file are refused.
  turn = turn.then(() => answer(data))
}

async function answer({ id, account, put = [], drop = [], tell = true }) {
  try {
    const live = await withFile(account, (file) => change(file, account, put, drop))
    // All of it with each tap would be much to carry.
    postMessage({ id, live: tell ? live.map(([key, value]) => ({ key, value })) : [] })
  } catch (error) {
    // What lies there now is not what was to be written.
    known = { account: '', size: -1, live: new Map(), least: 0 }
    postMessage({ id, error: error?.name ?? 'Error' })
  }
}

function withFile(account, work) {
  // Another tab has a worker of its own.
  return navigator.locks.request(`walkapp-copy:${account}`, async () => {
    const folder = await navigator.storage.getDirectory()
    const handle = await folder.getFileHandle(`copy-${account}.jsonl`, { create: true })
    const file = await handle.createSyncAccessHandle()
    try {
      // Older engines answer later; then nothing here can be relied on.
      if (typeof file.getSize() !== 'number') throw new TypeError('no such file here')
      return work(file)
    } finally {
      file.close()
    }
  })
}

/** Add what is new, take out what is done; everything that lies there then. */
function change(file, account, put, drop) {
  if (known.account !== account || known.size !== file.getSize()) known = { account, ...readAll(file) }
  const gone = drop.filter((key) => known.live.delete(key)).map((key) => ({ key }))
  for (const { key, value } of put) known.live.set(key, value)
  const lines = [...gone, ...put]
  if (lines.length) add(file, lines)
  return [...known.live]
}

function add(file, lines) {
  if (known.live.size === 0) file.truncate(0)
  else if (file.getSize() > Math.max(SHRINK_FROM_BYTES, 2 * known.least)) shrink(file)
  else write(file, lines, file.getSize())
  file.flush()
  known.size = file.getSize()
}

/** Everything in it is also in the database: only a crash of both within this moment would cost anything. */
function shrink(file) {
  file.truncate(0)
  write(
    file,
    [...known.live].map(([key, value]) => ({ key, value })),
    0,
  )
  known.least = file.getSize()
}

/** All of it or a failure: a disk may be full in the middle of a line. */
function write(file, lines, at) {
  const bytes = bytesOf(lines)
  if (file.write(bytes, { at }) < bytes.length) throw new DOMException('no room for all of it', 'QuotaExceededError')
}

function bytesOf(lines) {
  // A line begins anew also behind a torn one.
  return new TextEncoder().encode(lines.map((line) => `\n${checked(JSON.stringify(line))}`).join('') + '\n')
}

function readAll(file) {
  const size = file.getSize()
  const bytes = new Uint8Array(size)
  file.read(bytes, { at: 0 })
  const live = new Map()
  for (const line of linesOf(bytes)) {
    const one = parsed(line)
    if (!one) continue
    if (one.value === undefined) live.delete(one.key)
    else live.set(one.key, one.value)
  }
  return { size, live, least: 0 }
}

function* linesOf(bytes) {
  const decoder = new TextDecoder()
  let start = 0
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== NEWLINE) continue
    if (at > start) yield decoder.decode(bytes.subarray(start, at))
    start = at + 1
  }
}

function checked(json) {
  return `${sumOf(json)} ${json}`
}

function parsed(line) {
  const json = line.slice(line.indexOf(' ') + 1)
  return checked(json) === line ? JSON.parse(json) : null
}

/** FNV-1a: against accidents, not against people. */
function sumOf(text) {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0
  return sum.toString(16).padStart(8, '0')
}
