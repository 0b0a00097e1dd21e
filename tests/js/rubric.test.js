import assert from 'node:assert/strict'
import test from 'node:test'
import { gateDefault, indicatorsOf, isAnswered, pairedResult, progress } from '../../static/js/core/rubric.js'
import { differences } from '../../static/js/core/rubric-diff.js'
import { vectors } from './support.js'

const contentOf = ({ rubric, content }) => content ?? vectors(`rubrics/${rubric}.json`)

for (const one of vectors('rubric-gates.json').cases) {
  test(`gate twin: ${one.name}`, () => {
    for (const [indicator, expected] of Object.entries(one.expect)) {
      assert.deepEqual(gateDefault(contentOf(one), one.body, indicator), expected, indicator)
    }
  })
}

for (const one of vectors('rubric-paired.json').cases) {
  test(`pair twin: ${one.name}`, () => {
    const indicator = indicatorsOf(contentOf(one)).find(({ id }) => id === one.indicator)
    assert.equal(pairedResult(indicator, one.rating), one.expect)
    assert.equal(isAnswered(indicator, one.rating), one.answered)
  })
}

for (const one of vectors('rubric-progress.json').cases) {
  test(`progress twin: ${one.name}`, () => {
    assert.deepEqual(progress(contentOf(one), one.body), one.expect)
  })
}

const diff = vectors('rubric-diff.json')
for (const one of diff.cases) {
  test(`differences: ${one.name}`, () => {
    assert.deepEqual(differences(diff.old, one.new), one.expect)
  })
}
