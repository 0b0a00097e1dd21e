/** Who walks together, and how far they saw the same. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { areRatingsFrozen, isHidden, stateWords } from '../../static/js/core/observation.js'
import { isTogether, spread, teamOf, walksAlong } from '../../static/js/core/team.js'
import { plannedVisit } from '../../static/js/ui/starting.js'

const ALONE = { lead: 'okoye' }
const TEAM = { lead: 'okoye', team: { bell: { at: 1 }, okoye: { at: 1 } } }
const VISIT = { id: 'v1', body: { number: 1, school: 'oak', rubric: 'deeper', by: 'okoye' } }

test('the lead belongs to the team, and is named once', () => {
  assert.deepEqual(teamOf(TEAM), ['okoye', 'bell'])
  assert.deepEqual([isTogether(ALONE), isTogether(TEAM), isTogether({ ...ALONE, team: {} })], [false, true, true])
  assert.deepEqual([walksAlong(TEAM, 'bell'), walksAlong(TEAM, 'tran')], [true, false])
})

test('who left it open is no disagreement, and one alone is no agreement', () => {
  assert.deepEqual(spread([3, 3, null]), { shares: [{ value: '3', count: 2 }], given: 2, agreed: true })
  assert.equal(spread([3, undefined]).agreed, false)
  assert.deepEqual(spread([2, 3, 3]).shares, [
    { value: '3', count: 2 },
    { value: '2', count: 1 },
  ])
  assert.deepEqual(spread([null, '']), { shares: [], given: 0, agreed: false })
})

test('one of the team begins at a stop that is not theirs and leaves the stop as it is', () => {
  const begin = { visit: VISIT, walk: { id: 'w1', body: TEAM }, now: 1_795_000_000_000, newId: () => 'o1' }
  const [edit, ...more] = plannedVisit({ ...begin, me: 'bell' }).edits
  assert.deepEqual([edit.new.body.together, more], [true, []])
  assert.equal(plannedVisit({ ...begin, me: 'okoye' }).edits.length, 2)
  const alone = plannedVisit({ ...begin, walk: { id: 'w1', body: ALONE }, me: 'okoye' }).edits[0]
  assert.equal('together' in alone.new.body, false)
})

test('what was given in a team is said to be hidden until it is revealed, and its ratings stay from then on', () => {
  const given = { state: 'submitted', together: true }
  assert.equal(isHidden(given), true)
  assert.equal(stateWords(given), 'given, not revealed yet')
  const revealed = { ...given, revealed: { at: 1 } }
  assert.equal(stateWords(revealed), 'given to the principal')
  assert.deepEqual([areRatingsFrozen(given), areRatingsFrozen({ ...revealed, state: 'draft' })], [false, true])
})
