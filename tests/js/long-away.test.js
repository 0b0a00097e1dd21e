/** A tablet that was away for a month comes back with hundreds of visits and photos, over a bad line. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { safetyWords } from '../../static/js/core/safety.js'
import { statusWords } from '../../static/js/core/words.js'
import { makeBytes } from '../../static/js/sync/bytes.js'
import { makeCarrying } from '../../static/js/sync/carrying.js'
import { makeDownloads } from '../../static/js/sync/downloads.js'
import { startSyncer } from '../../static/js/sync/syncer.js'
import { NetworkTrouble } from '../../static/js/sync/trouble.js'
import { makeUploads } from '../../static/js/sync/uploads.js'
import { FileServer, photo } from './photos.js'
import { Server } from './server.js'
import { begin, NOON, rate, SPACE, storeOn, tablet } from './support.js'

const OBSERVATIONS = 500
const PHOTOS = 300
const PHOTO_BYTES = 3_000
const DAY_MS = 24 * 3_600_000
const MINUTE_MS = 60_000
const MOST_ROUNDS = 600

/** A turn of the event loop without a timer: there are tens of thousands of them here. */
const turn = () => new Promise(setImmediate)
const quickSeal = {
  seal: async (value) => {
    await turn()
    return structuredClone({ sealed: value })
  },
  unseal: async ({ sealed }) => {
    await turn()
    return structuredClone(sealed)
  },
}

/** The words of a month, written without any network. */
async function aMonthOffline(device) {
  const store = await storeOn(device, { seal: quickSeal })
  const files = await store.files()
  const shas = []
  for (let n = 0; n < OBSERVATIONS; n += 1) {
    device.clock.now += (30 * DAY_MS) / OBSERVATIONS
    await store.write(SPACE, [begin(`o${n}`), rate(`o${n}`, 'TE1', 1 + (n % 4))])
    if (n < PHOTOS) shas.push(await files.add(SPACE, `o${n}`, photo(PHOTO_BYTES + n), { at: NOON }))
  }
  return { store, shas }
}

/** The app is opened: the real syncer, with the photos behind the words. */
function opened(store, device, server, bytes) {
  const surroundings = {
    locks: null,
    events: new EventTarget(),
    isVisible: () => true,
    setTimeout: () => 0,
    clearTimeout: () => {},
  }
  const means = { store, bytes, spaces: () => [SPACE], now: device.now }
  const carrying = makeCarrying({ ...means, uploads: makeUploads(means), downloads: makeDownloads(means), random: () => 0.5 })
  return startSyncer({
    store,
    transport: server,
    spaces: () => [SPACE],
    device: async () => '7f-okoye',
    build: 'test',
    now: device.now,
    random: () => 0.5,
    surroundings,
    after: carrying.after,
  })
}

/** Every so often an answer is lost after the server did its work, or nothing gets through at all. */
function badLine(server, fileServer) {
  const lost = () => {
    throw new NetworkTrouble('no-network')
  }
  let asked = 0
  const own = server.post
  const post = async (path, request) => {
    asked += 1
    if (asked % 7 === 3) lost()
    const told = await own(path, request)
    if (asked % 5 === 2) lost()
    return told
  }
  const fetch = async (path, init) => {
    asked += 1
    if (asked % 11 === 4) throw new TypeError('the line is dead')
    const answer = await fileServer.fetch(path, init)
    if (asked % 13 === 6) throw new TypeError('the line is dead')
    return answer
  }
  return { transport: { post }, fetch }
}

test('after 30 days offline 500 visits and 300 photos arrive once, words first, over a bad line and two restarts', async () => {
  const device = tablet()
  let { store, shas } = await aMonthOffline(device)
  assert.deepEqual([store.status().files, store.status().filesSent], [PHOTOS, 0])
  assert.ok(store.status().waiting >= OBSERVATIONS)
  const server = new Server()
  const fileServer = new FileServer()
  /** How much of each kind was there when the first byte of a photo left. */
  const wordsBeforePhotos = []
  const { transport, fetch } = badLine(server, fileServer)
  const watched = (path, init) => {
    wordsBeforePhotos.push(server.records.size)
    return fetch(path, init)
  }
  const bytes = makeBytes({ fetch: watched, now: device.now })
  let syncer = opened(store, device, transport, bytes)
  const left = []
  const said = []
  for (let round = 0; round < MOST_ROUNDS && unsent(store); round += 1) {
    device.clock.now += 10 * MINUTE_MS
    await syncer.poke()
    await turn()
    left.push(unsent(store))
    said.push(statusWords(store.status(), device.now()).text)
    if (round === 4 || round === 40) {
      // The tablet is put away in the middle, and taken out again.
      await syncer.stop()
      store = await storeOn(device, { seal: quickSeal })
      syncer = opened(store, device, transport, bytes)
    }
  }
  await syncer.stop()

  assert.deepEqual([store.status().waiting, store.status().files, store.status().filesSent], [0, 0, PHOTOS])
  assert.equal(server.records.size, OBSERVATIONS)
  assert.deepEqual([...fileServer.kept.keys()].sort(), [...shas].sort())
  assert.equal(Math.min(...wordsBeforePhotos), OBSERVATIONS, 'words travel before photos')
  everyChangeHasOneMeaning(server)
  for (let n = 0; n < OBSERVATIONS; n += 1) assert.deepEqual(server.records.get(`o${n}`).body.ratings.TE1, { value: 1 + (n % 4) })
  // Progress is told, and never goes back.
  assert.deepEqual(
    left,
    left.toSorted((a, b) => b - a),
  )
  assert.ok(new Set(left).size > 10, 'what is left is said in steps')
  for (const [at, text] of said.entries()) assert.equal(text.startsWith('on the server'), left[at] === 0, text)
  assert.match(said[0], /^saved on this tablet · waiting \(\d+\)/)
  const { text, isSafe } = safetyWords(
    store.status(),
    { onServer: OBSERVATIONS, total: OBSERVATIONS },
    {
      now: device.now(),
      isBusy: false,
    },
  )
  assert.equal(isSafe, true, text)
  assert.match(text, /^500 of 500 observations and 300 of 300 photos are on the server, .* Safe to put this tablet away\.$/)
})

function unsent(store) {
  const { waiting, files } = store.status()
  return waiting + files
}

/** However often it was sent, each change said the same, and none was made twice under two names. */
function everyChangeHasOneMeaning(server) {
  const told = new Map()
  for (const { cid, seen, base, ...change } of server.pushed) {
    const words = JSON.stringify(change)
    assert.equal(told.get(cid) ?? words, words)
    told.set(cid, words)
  }
  const begun = [...told.values()].map((words) => JSON.parse(words)).filter((change) => change.new)
  assert.equal(begun.length, OBSERVATIONS)
}
