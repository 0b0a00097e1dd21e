/** New versions of the app are offered; the first install is none, in whatever order a browser tells of it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { startOffline } from '../../static/js/offline.js'

/** What a browser hands a page about its workers; `installing` is there until it is `told` what became of it. */
function browser({ active = null, controller = active } = {}) {
  const installing = Object.assign(new EventTarget(), { state: 'installing', postMessage: () => {} })
  const registration = Object.assign(new EventTarget(), { installing, waiting: null, active })
  const workers = Object.assign(new EventTarget(), {
    controller,
    register: async () => registration,
    ready: new Promise(() => {}),
  })
  Object.defineProperty(globalThis, 'navigator', { value: { serviceWorker: workers }, configurable: true })
  globalThis.document = new EventTarget()
  const told = (facts, state) => {
    Object.assign(registration, facts)
    installing.state = state
    installing.dispatchEvent(new Event('statechange'))
  }
  return { installing, registration, workers, told }
}

async function offersIn({ registration, installing, told }, ...steps) {
  let offers = 0
  startOffline({ onOffer: () => (offers += 1) })
  await new Promise((done) => setTimeout(done))
  // Heard of by the registration as well, as a later check would be.
  registration.dispatchEvent(new Event('updatefound'))
  for (const [facts, state] of steps) {
    told(facts(installing), state)
    await new Promise((done) => setTimeout(done))
  }
  return offers
}

const installed = [(worker) => ({ installing: null, waiting: worker }), 'installed']

test('the first install is offered to nobody', async () => {
  const page = browser()
  assert.equal(await offersIn(page, installed, [(worker) => ({ waiting: null, active: worker }), 'activated']), 0)
})

test('the first install is no new version either where it is named as waiting and as at work for a moment', async () => {
  const page = browser()
  const both = (worker) => {
    page.workers.controller = worker
    return { installing: null, waiting: worker, active: worker }
  }
  assert.equal(await offersIn(page, [both, 'installed']), 0)
})

test('a version that waits behind the one at work is offered', async () => {
  const old = new EventTarget()
  assert.ok((await offersIn(browser({ active: old }), installed)) > 0)
})
