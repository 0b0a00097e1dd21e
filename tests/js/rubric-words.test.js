import assert from 'node:assert/strict'
import test from 'node:test'
import { inWords, optionWords, sampleWords } from '../../static/js/core/rubric-words.js'
import { vectors } from './support.js'

for (const { name, content, words, expect } of vectors('rubric-words.json').cases) {
  test(`words twin: ${name}`, () => {
    const before = structuredClone(content)
    assert.deepEqual(inWords(content, words), expect)
    assert.deepEqual(content, before)
  })
}

test('an option is called by its words, and by itself where it has none or is of another version', () => {
  const asked = { options: ['Math', 'Other'], option_words: ['Matemáticas', 'Otra'] }
  assert.equal(optionWords(asked, 'Math'), 'Matemáticas')
  assert.equal(optionWords(asked, 'Art'), 'Art')
  assert.equal(optionWords({ options: ['Math'] }, 'Math'), 'Math')
  assert.equal(optionWords(undefined, 3), '3')
})

test('whom a sweep looks at is called by its words', () => {
  const sweep = { samples: ['Whole class'], sample_words: ['Toda la clase'] }
  assert.equal(sampleWords(sweep, 'Whole class'), 'Toda la clase')
  assert.equal(sampleWords(undefined, 'Whole class'), 'Whole class')
})
