/** An option is stored in English; wherever it is read again, it is read in the words of its rubric. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { choiceWords, gateWords, rowWords } from '../../static/js/ui/answer-words.js'
import { versionText } from '../../static/js/ui/conflict-words.js'

const MATH_OR_OTHER = { options: ['Math', 'Other'], option_words: ['Matemáticas', 'Otra'] }
const SUBJECT = { id: 'subject', label: 'Materia', type: 'choice', ...MATH_OR_OTHER }
const PACE = { id: 'pace', question: '¿Ritmo?', options: ['Within', 'Ahead'], option_words: ['Al día', 'Adelantada'] }
const CONTENT = { domains: [], context_fields: [SUBJECT], gates: [PACE], sweep: { asks: [{ ...SUBJECT, id: 'voice' }] } }

test('a choice, several choices and a row are read in words', () => {
  assert.equal(choiceWords(SUBJECT, { value: 'Math' }), 'Matemáticas')
  assert.equal(choiceWords({ ...SUBJECT, type: 'multi_choice' }, { value: ['Math', 'Other'] }), 'Matemáticas, Otra')
  const rows = { one: { of: 'list', at: 1, subject: 'Other' } }
  assert.deepEqual(rowWords({ id: 'list', columns: [SUBJECT] }, { rows }), ['Otra'])
})

test('a gate is answered in words, and a yes stays the yes of the interface', () => {
  assert.equal(gateWords(PACE, 'Ahead'), 'Adelantada')
  assert.equal(gateWords({ id: 'teams', options: ['yes', 'no'] }, 'yes'), 'Yes')
})

test('two versions of one answer are shown in words', () => {
  assert.equal(versionText('context/subject', 'Math', CONTENT), 'Matemáticas')
  assert.equal(versionText('gates/pace', { value: 'Within' }, CONTENT), 'Al día')
  assert.match(versionText('intervals/one', { at: 0, n: 1, sweep: 's', voice: 'Other' }, CONTENT), /Otra$/)
})

test('what no rubric is at hand for is shown as it is stored', () => {
  assert.equal(versionText('context/subject', 'Math', undefined), 'Math')
  assert.equal(versionText('gates/pace', { value: 'Within' }, undefined), 'Within')
})
