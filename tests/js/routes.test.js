/** What stands behind `#`, also when somebody cut or bent it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readRoute } from '../../static/js/ui/routes.js'

test('an address names its screen and what follows it', () => {
  assert.deepEqual(readRoute('#/visit/o1/TE1'), { name: 'visit', parts: ['o1', 'TE1'] })
  assert.deepEqual(readRoute('#/visit/r%C3%B3'), { name: 'visit', parts: ['ró'] })
  assert.deepEqual(readRoute(''), { name: 'today', parts: [] })
})

test('an address that was cut in the middle of a sign leads somewhere all the same', () => {
  assert.deepEqual(readRoute('#/%'), { name: '%', parts: [] })
  assert.deepEqual(readRoute('#/visit/r%C3'), { name: 'visit', parts: ['r%C3'] })
})
