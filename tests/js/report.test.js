/** The report about a tablet that sends nothing goes to whoever looks after the server: it must not carry what was written. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { photo, sealOfBytes } from './photos.js'
import { begin, changesOf, draft, NOON, rate, SPACE, storeOn, tablet } from './support.js'

const WORDS = 'Two teams waited for Amara'

test('what a tablet says of itself holds counts and times, and nothing that was written', async () => {
  const store = await storeOn(tablet(), { seal: sealOfBytes })
  const files = await store.files()
  const evidence = { n1: { text: WORDS, at: NOON, chip: 'saw', indicators: [] } }
  await store.write(SPACE, [begin('o1', draft({ evidence, focus: WORDS }))])
  await store.write(SPACE, [begin('o2', draft({ focus: WORDS })), rate('o2', 'TE1', 3)])
  const sha = await files.add(SPACE, 'o1', photo(), { at: NOON, alt: WORDS })
  const [change] = await changesOf(store)
  await store.outbox.setAside(SPACE, { change, cid: change.cid, hash: 'h' }, { code: 'too-big', title: WORDS, next: '' })
  await store.refresh()
  const status = store.status()
  assert.ok(status.waiting > 0 && status.needsYou > 0 && status.files === 1)
  const told = JSON.stringify(status)
  for (const secret of [WORDS, 'Amara', 'o1', 'TE1', sha, change.cid]) assert.ok(!told.includes(secret), secret)
})
