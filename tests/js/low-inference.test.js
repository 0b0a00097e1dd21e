import assert from 'node:assert/strict'
import test from 'node:test'
import { judgements, nameIn } from '../../static/js/core/low-inference.js'

const words = (text, chip) => judgements(text, chip).map(({ word, why }) => `${why} ${word}`)

test('words that judge, advise or guess are found, each once', () => {
  assert.deepEqual(words('Good start. Teacher should wait. Students seem engaged, a good sign.'), [
    'judges Good',
    'advises should',
    'guesses seem',
    'guesses engaged',
  ])
})

test('what was seen and heard stays as it is', () => {
  for (const text of [
    '3 of 4 teams compare their claim with the criteria on the wall',
    'Teacher asks two questions and waits 5 seconds',
    'The goods on the table are counted',
    'Students discuss what the mustard gas did',
  ])
    assert.deepEqual(words(text), [], text)
})

test('what students said is theirs, also when it judges', () => {
  assert.deepEqual(words('Student: “I think this is the best one”'), [])
  assert.deepEqual(words("Student says 'we should test it' and turns the page"), [])
  assert.deepEqual(words('I think we should check it', 'said'), [])
  assert.deepEqual(words("That's nice work"), ['judges nice'])
})

test('what looks like a name is found', () => {
  for (const [text, name] of [
    ['Ms. Alvarez circulates', 'Ms. Alvarez'],
    ['asked Jayden to explain', 'Jayden'],
    ['Student sits beside Maria, writes', 'Maria'],
    ['con la Sra. Ortiz', 'Sra. Ortiz'],
  ])
    assert.equal(nameIn(text), name, text)
})

test('subjects, days, places and the words of the rubric are no names', () => {
  for (const text of [
    'Students read the text. Two teams begin.',
    'They compare English and Spanish words on Monday',
    'TEAM A and TEAM B trade',
    'in Room 12',
    'The class opens Chromebook lids',
  ])
    assert.equal(nameIn(text), null, text)
  assert.equal(nameIn('they fill in the Frayer model', ['Frayer']), null)
})
