// The service worker: the app's own files, and nothing else, from this tablet.
// BUILD (the version), SHELL and WORDS (both {path: hash}) stand above this line; the server puts them there.
// Of WORDS, the catalogues of other languages, only those are kept that somebody here has asked for.
const CACHE = `shell-${BUILD}`
const DOCUMENT = '/app/'
const IN_ONE_PIECE = '/app/files'
/** From here on, all of them in one piece are fewer bytes than each by itself. */
const MANY = 20

addEventListener('install', (event) => event.waitUntil(fill()))
addEventListener('activate', (event) => event.waitUntil(takeOver()))
addEventListener('message', (event) => {
  // Updates are offered, not forced: somebody may be in the middle of a visit.
  if (event.data === 'use new version') skipWaiting()
})
addEventListener('fetch', (event) => {
  const key = keyOf(event.request)
  if (key) event.respondWith(answer(key, event))
})

/** What a request asks for, if it is a file of the app; all else goes its way untouched. */
function keyOf({ method, mode, url }) {
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return null
  if (mode === 'navigate') return pathname.startsWith(DOCUMENT) ? DOCUMENT : null
  // A script that begins a worker of its own is only asked of us by an address within our scope.
  const path = pathname.replace(/^\/app(?=\/static\/)/, '')
  return path in SHELL || path in WORDS ? path : null
}

async function answer(key, event) {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(key)
  if (key in WORDS) return kept ?? learn(cache, key)
  // The browser cleared the files and left us: while there is a network, all of them are fetched again.
  if (!kept) event.waitUntil(refill())
  return kept ?? fetch(event.request)
}

/** A language that is asked for stays, for the days without a network. */
async function learn(cache, path) {
  const words = await download(path, WORDS[path])
  await cache.put(path, words.clone())
  return words
}

let filling = null
function refill() {
  filling ??= fill()
    .catch(() => {})
    .finally(() => (filling = null))
  return filling
}

/** All files or none: a file that is missing or damaged fails the install, and the old version stays. */
async function fill() {
  const cache = await caches.open(CACHE)
  const older = await shellCaches()
  const wanted = { ...SHELL, ...(await languagesIn(older)) }
  const missing = await takeFrom(older, cache, wanted)
  const pieces = missing.length < MANY ? new Map() : await inOnePiece().catch(() => new Map())
  const keep = async (path) => cache.put(path, pieces.get(path) ?? (await download(path, wanted[path])))
  await Promise.all(missing.map(keep))
}

/** What people here have asked for goes along into a new version. */
async function languagesIn(caches) {
  const isHere = async ([path]) => (await Promise.all(caches.map((cache) => cache.match(path)))).some(Boolean)
  const all = Object.entries(WORDS)
  const here = await Promise.all(all.map(isHere))
  return Object.fromEntries(all.filter((_, at) => here[at]))
}

/** What earlier versions have goes over; the paths that are left. */
async function takeFrom(older, cache, wanted) {
  const missing = []
  const take = async ([path, hash]) => {
    const copy = await copyOf(older, path, hash)
    if (copy) await cache.put(path, copy)
    else missing.push(path)
  }
  await Promise.all(Object.entries(wanted).map(take))
  return missing
}

/** Every file by its path: a first line that lists them, then their bytes. One that is not what was promised is left out. */
async function inOnePiece() {
  const response = await fetch(IN_ONE_PIECE, { cache: 'no-store', redirect: 'error' })
  if (!response.ok) throw new Error(`${IN_ONE_PIECE}: ${response.status}`)
  const body = await response.arrayBuffer()
  let from = new Uint8Array(body).indexOf(0x0a) + 1
  const pieces = new Map()
  for (const [path, length, type] of JSON.parse(new TextDecoder().decode(body.slice(0, from)))) {
    const piece = body.slice(from, (from += length))
    if ((await hashOf(piece)) !== SHELL[path]) continue
    const headers = plain(response, SHELL[path])
    headers.set('Content-Type', type)
    pieces.set(path, new Response(piece, { headers }))
  }
  return pieces
}

/** The same file from an earlier version, so that an update fetches only what changed. */
async function copyOf(older, path, hash) {
  for (const cache of older) {
    const found = await cache.match(path)
    if (found?.headers.get('ETag') === `"${hash}"`) return found
  }
}

async function download(path, hash) {
  // A damaged copy in the browser's own cache would be found again and again: then past it.
  for (const cache of ['no-cache', 'reload']) {
    const response = await fetch(path, { cache, redirect: 'error' })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    const body = await response.arrayBuffer()
    if ((await hashOf(body)) === hash) return new Response(body, { headers: plain(response, hash) })
  }
  throw new Error(`${path} is not what was promised`)
}

/** The headers, the security policy among them, without what was only about the way here. */
function plain(response, hash) {
  const headers = new Headers(response.headers)
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name)
  headers.set('ETag', `"${hash}"`)
  return headers
}

async function hashOf(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function takeOver() {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('shell-') && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await clients.claim()
}

/** Newest first; this version's own is among them, with what an interrupted install left. */
async function shellCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith('shell-'))
  return Promise.all(names.reverse().map((name) => caches.open(name)))
}
