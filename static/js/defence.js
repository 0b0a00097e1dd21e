/**
 * What the app does of itself for what was written: a second copy, an eye on the room, and the last words before another tab
 * changes the database. Fetched after the first paint.
 */
import { locales, t } from './core/gettext.js'
import { trusted } from './offline.js'
import { roomLeft } from './store/probe.js'
import { makeCopy } from './store/second-copy.js'

const COPY_WORKER = '/app/static/js/copy-worker.js'
const LOOK_EVERY_MS = 60_000
const LEFT = 'left'

/** @param {any} app the app, with its store open */
export async function defend(app) {
  const { store } = app
  watchLeaving(app)
  store.addEventListener('status', ({ detail }) => flushBeforeNewer(detail))
  flushBeforeNewer(store.status())
  if (app.isAlone) store.noteRestored(Number(app.recall(LEFT) ?? 0))
  await store.useCopy(makeCopy(store.account, () => new Worker(trusted(COPY_WORKER))))
  watchRoom(store)
}

/** Delete what can be had again; says in words what came of it. */
export async function freeSpace(app) {
  const bytes = await app.store.freeSpace()
  const shells = await dropOldShells(app.build)
  if (!bytes && !shells) return t('There was nothing to free here. Delete photos or apps on the tablet, or send what waits.')
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }
  return t('Freed {megabytes} MB.', { megabytes: Math.max(0.1, bytes / 1e6).toLocaleString(locales(), digits) })
}

/**
 * Versions of the app that no page uses: while one is being installed or waits, none is touched. One that was installed half
 * way may be the newest; the one this page came from is the one that starts without a network.
 * @param {string} build this page's own
 */
async function dropOldShells(build) {
  const registration = await navigator.serviceWorker?.getRegistration('/app/')
  if (!registration || registration.installing || registration.waiting || !('caches' in globalThis)) return 0
  const shells = (await caches.keys()).filter((name) => name.startsWith('shell-'))
  const old = shells.includes(`shell-${build}`) ? shells.filter((name) => name !== `shell-${build}`) : []
  await Promise.all(old.map((name) => caches.delete(name)))
  return old.length
}

/** When the app was last put aside in order: whatever was written later was cut off. */
function watchLeaving(app) {
  const mark = () => document.visibilityState === 'hidden' && app.remember(LEFT, String(app.now()))
  document.addEventListener('visibilitychange', mark)
  addEventListener('pagehide', () => app.remember(LEFT, String(app.now())))
}

let isFlushed = false

/** A newer version waits in another tab for the database: what stands half typed in a field is written first. */
function flushBeforeNewer({ readOnly }) {
  if (readOnly !== 'newer' || isFlushed) return
  isFlushed = true
  const field = document.activeElement
  field?.blur?.()
  field?.focus?.()
}

/** Warned before, not when it has happened. */
async function watchRoom(store) {
  const look = async () => {
    const { lowRoom, isPassing } = await roomLeft()
    store.note({ lowRoom, isPassing })
  }
  await look()
  let lookedAt = performance.now()
  store.addEventListener('changed', () => {
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return
    lookedAt = performance.now()
    look()
  })
}
