/** A school, a room or a rubric that was put away while a visit there was on a tablet keeps its name, and says so. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { roomName, roomWords, schoolName } from '../../static/js/ui/room-words.js'
import { answer, begin, draft, SPACE, storeOn, tablet } from './support.js'

test('a place that was archived is called by its name and says so', () => {
  assert.equal(roomName({ code: '12' }), 'Room 12')
  assert.equal(roomName({ code: '12', archived: true }), 'Room 12 (archived)')
  assert.equal(roomWords({ code: 'Library', subject: 'Reading', archived: true }), 'Library (archived) · Reading')
  assert.equal(schoolName({ name: 'Oak Hill', archived: true }), 'Oak Hill (archived)')
  assert.equal(schoolName({ name: 'Oak Hill', archived: false }), 'Oak Hill')
})

test('a visit stays whole on its tablet when the school is archived meanwhile', async () => {
  const store = await storeOn(tablet())
  const school = { name: 'Oak Hill', code: '0031' }
  await store.outbox.applyAnswer(SPACE, [], answer({ rows: [[1, 'oak-hill', 'school', school]], cursor: '1.aa', at: '1.b' }), 1)
  await store.write(SPACE, [begin('o1', draft({ ratings: { TE1: { value: 3 } } }))])
  const archived = { rows: [[2, 'oak-hill', 'school', { ...school, archived: true }]], cursor: '2.aa', at: '2.b' }
  await store.outbox.applyAnswer(SPACE, [], answer(archived), 2)
  const visit = await store.read('o1')
  assert.deepEqual([visit.body.ratings, visit.waiting], [{ TE1: { value: 3 } }, true])
  const [there] = await store.all('school')
  assert.equal(schoolName(there.body), 'Oak Hill (archived)')
})
