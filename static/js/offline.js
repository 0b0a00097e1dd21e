// @ts-check
/**
 * Being ready without a network, said truthfully: the service worker, new versions of the app, and a place in this tablet's
 * storage that the browser promises not to clear.
 *
 * @typedef {import("./store/store.js").Store} Store
 * @typedef {(apply: () => void) => void} Offer
 */

const WORKER = '/sw.js'
const SCOPE = '/app/'
const USE_NEW_VERSION = 'use new version'
const CHECK_EVERY_MS = 3_600_000
const FIRST_AGAIN_MS = 4_000

/** Without them the app would start in English. @type {string|null} */
let wordsOfPage = null

/** Only these may ever become a script of their own. */
const SCRIPTS = new Set([WORKER, '/app/static/js/photo-worker.js', '/app/static/js/copy-worker.js'])

/**
 * Register the worker and watch for new versions. They are offered, never forced: `onOffer` gets a function to call when the
 * person agrees and nothing is half typed.
 * @param {{onOffer?: Offer, onReady?: (isReady: boolean) => void, now?: () => number, words?: string|null}} [options] `words`:
 * where the words of this person's language are, if it is not English
 */
export async function startOffline({ onOffer = () => {}, onReady = () => {}, now = Date.now, words = null } = {}) {
  wordsOfPage = words
  const workers = navigator.serviceWorker
  // Plain http, or a browser that was told not to: the app works, only not without the network.
  if (!workers) return onReady(false)
  reloadOnce(workers)
  const registration = await install(workers)
  offerUpdates(registration, workers, onOffer)
  checkHourly(registration, now)
  await workers.ready
  const tell = async () => {
    await keepWords()
    onReady(await isReadyOffline())
  }
  workers.addEventListener('controllerchange', tell)
  await tell()
}

/** The worker keeps the words of a language once they are asked for through it; on a first visit it was not there yet. */
async function keepWords() {
  if (wordsOfPage && navigator.serviceWorker.controller) await fetch(wordsOfPage).catch(() => {})
}

/**
 * Would the app start now without a network? A worker controls this page, and its cache holds everything the page consists of.
 * @returns {Promise<boolean>}
 */
export async function isReadyOffline() {
  if (!navigator.serviceWorker?.controller || !('caches' in globalThis)) return false
  const names = (await caches.keys()).filter((name) => name.startsWith('shell-'))
  for (const name of names) if (await holdsApp(await caches.open(name))) return true
  return false
}

/** A worker whose files the browser cleared fetches all of them again as soon as it is asked for one. */
export async function fillAgain() {
  await fetch(filesOfPage()[0], { cache: 'no-store' }).catch(() => {})
}

/**
 * Ask the browser to keep this tablet's data when the first observation is saved, and tell the store the answer.
 * @param {Store} store
 */
export async function askToStay(store) {
  const storage = navigator.storage
  // Some engines have no such promise to give; then nothing is known.
  if (!storage?.persisted) return
  store.note({ persisted: await storage.persisted() })
  const ask = async (/** @type {Event} */ event) => {
    const { kinds, here, fromServer } = /** @type {CustomEvent} */ (event).detail
    if (!here || fromServer || !kinds.includes('observation')) return
    store.removeEventListener('changed', ask)
    if (!store.status().persisted) store.note({ persisted: await storage.persist() })
  }
  store.addEventListener('changed', ask)
}

/** @param {Cache} cache */
async function holdsApp(cache) {
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname))
  const words = wordsOfPage ? [wordsOfPage] : []
  return [SCOPE, ...filesOfPage(), ...words].every((path) => kept.has(path))
}

/** What the document names: its scripts, the modules of its boot path, its styles. */
function filesOfPage() {
  const named = document.querySelectorAll('script[src], link[rel=modulepreload], link[rel=stylesheet]')
  return [...named].map(
    (element) => new URL(element.getAttribute('src') ?? element.getAttribute('href') ?? '', location.href).pathname,
  )
}

/**
 * The first install needs every file: one that a bad network broke off is begun again, ever later. What came stays.
 * @param {ServiceWorkerContainer} workers
 */
async function install(workers) {
  for (let wait = FIRST_AGAIN_MS; ; wait = Math.min(2 * wait, CHECK_EVERY_MS)) {
    const asked = workers.register(trusted(WORKER), { scope: SCOPE, updateViaCache: 'none' })
    const registration = await asked.catch(() => null)
    if (registration && (await cameThrough(registration))) return registration
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

/** @param {ServiceWorkerRegistration} registration @returns {boolean|Promise<boolean>} */
function cameThrough({ installing, waiting, active }) {
  if (active || waiting || !installing) return true
  return new Promise((resolve) => {
    installing.addEventListener('statechange', () => resolve(installing.state !== 'redundant'), { once: true })
  })
}

/** @param {ServiceWorkerRegistration} registration @param {ServiceWorkerContainer} workers @param {Offer} onOffer */
function offerUpdates(registration, workers, onOffer) {
  const offer = () => {
    const { active, waiting } = registration
    // Without another one at work this is the first install, not a new version: WebKit may name it in both places for a moment.
    if (waiting && active && waiting !== active && workers.controller) onOffer(() => waiting.postMessage(USE_NEW_VERSION))
  }
  offer()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer)
  })
}

/**
 * Every tab follows once when a new version takes over; the first install is no reason to reload.
 * @param {ServiceWorkerContainer} workers
 */
function reloadOnce(workers) {
  let isNew = Boolean(workers.controller)
  let done = false
  workers.addEventListener('controllerchange', () => {
    if (isNew && !done) {
      done = true
      location.reload()
    }
    isNew = true
  })
}

/** @param {ServiceWorkerRegistration} registration @param {() => number} now */
function checkHourly(registration, now) {
  let checkedAt = now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || now() - checkedAt < CHECK_EVERY_MS) return
    checkedAt = now()
    // No network is no news.
    registration.update().catch(() => {})
  })
}

/** A policy's name can be taken only once. @type {any} */
let policy = null

/** The page's policy lets a script address through only from here. @param {string} path @returns {string} */
export function trusted(path) {
  const types = /** @type {any} */ (globalThis).trustedTypes
  if (!types) return known(path)
  policy ??= types.createPolicy('app', { createScriptURL: known })
  return policy.createScriptURL(path)
}

/** @param {string} path */
function known(path) {
  if (SCRIPTS.has(path)) return path
  throw new TypeError(`${path} is not a script of this app`)
}
