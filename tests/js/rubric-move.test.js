import assert from 'node:assert/strict'
import test from 'node:test'
import { applyChange } from '../../static/js/core/merge.js'
import { misfits, movingUp } from '../../static/js/core/rubric-move.js'
import { vectors } from './support.js'

const V1 = vectors('rubrics/deeper-learning-walk.json')
const BODY = {
  rubric: 'v1',
  ratings: { TE1: { value: 4 }, TE2: { value: 2 }, TE3: { aligned: 'yes' } },
  counts: { teams_seen: 5, students_asked: 2 },
  context: { subject: 'Math', grade_band: '3-5' },
  asked: { q1: { asked: 2, could: 1 }, q2: { asked: 1, could: 1 } },
  evidence: { n1: { text: 'Reads aloud', at: 7, chip: 'saw', indicators: ['TE1', 'TE2'] } },
}

/** The next version, with whatever `change` does to it. */
function next(change) {
  const content = structuredClone(V1)
  content.version = 2
  change(content)
  return content
}
const indicatorsOf = (content) => content.domains.flatMap(({ indicators }) => indicators)
const without = (content, id) => {
  for (const domain of content.domains) domain.indicators = domain.indicators.filter((one) => one.id !== id)
}
let ids = 0
const move = (content) =>
  movingUp(BODY, V1, content, {
    rubric: 'v2',
    newId: () => `new-${++ids}`,
    now: 100,
    words: ({ path, value }) => `${path}: ${JSON.stringify(value)}`,
  })

test('other words of the same questions take everything along', () => {
  const content = next((one) => {
    indicatorsOf(one)[0].title = 'Target in their hands'
    indicatorsOf(one)[0].levels[3].text = 'In other words'
  })
  assert.deepEqual(move(content), { rubric: 'v2' })
})

test('what has no place any more becomes a note in words, and nothing else moves', () => {
  const content = next((one) => without(one, 'TE2'))
  const after = applyChange(BODY, { set: move(content) })
  assert.deepEqual(Object.keys(after.ratings), ['TE1', 'TE3'])
  assert.deepEqual(after.evidence.n1.indicators, ['TE1'])
  const [, note] = Object.entries(after.evidence).find(([id]) => id !== 'n1')
  assert.deepEqual(note, { text: 'ratings/TE2: {"value":2}', at: 100, chip: 'note', indicators: [] })
  assert.deepEqual(misfits(after, V1, content), [])
})

test('a level, an option, a question in another place and another kind of indicator do not fit', () => {
  const paths = (change) => misfits(BODY, V1, next(change)).map(({ path }) => path)
  assert.deepEqual(
    paths((one) => indicatorsOf(one)[0].levels.pop()),
    ['ratings/TE1'],
  )
  assert.deepEqual(
    paths((one) => (one.context_fields[1].options = ['ELA'])),
    ['context/subject'],
  )
  assert.deepEqual(
    paths((one) => one.student_questions.reverse()),
    ['asked/q1', 'asked/q2'],
  )
  assert.deepEqual(
    paths((one) => (one.counts = one.counts.slice(1))),
    ['counts/teams_seen'],
  )
  assert.deepEqual(
    paths((one) => (indicatorsOf(one).find(({ id }) => id === 'TE3').fields.length = 1)),
    ['ratings/TE3'],
  )
})
