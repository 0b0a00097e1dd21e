import assert from 'node:assert/strict'
import test from 'node:test'
import { hintsOf, unrated } from '../../static/js/core/hints.js'
import { vectors } from './support.js'

const DEEPER = vectors('rubrics/deeper-learning-walk.json')
const note = (text, more = {}) => ({ text, at: 1, chip: 'saw', indicators: [], ...more })
const kinds = (body) => hintsOf(DEEPER, { form: 'full', ...body }).map(({ kind, what, part }) => `${kind} ${what} -> ${part}`)

test('an empty draft is asked for the gate and the core indicators, and for nothing else', () => {
  const found = kinds({})
  assert.match(found[0], /^gate Were students in teams/)
  assert.equal(found.filter((one) => one.startsWith('core ')).length, 8)
  assert.equal(found.length, 9)
})

test('a rating at either end asks for a note, and no longer once one is tied', () => {
  const ratings = { TE1: { value: 4 }, TE2: { value: 2 } }
  const of = (body) => kinds(body).filter((one) => one.startsWith('bare'))
  assert.equal(of({ ratings }).length, 1)
  assert.match(of({ ratings })[0], / -> TE1$/)
  assert.deepEqual(of({ ratings, evidence: { n: note('Read aloud', { indicators: ['TE1'] }) } }), [])
})

test('a note is one tap away from what is said about it', () => {
  const evidence = { n1: note('Good pace, Ms. Vega asks Liam'), n2: note('Two teams wait') }
  const found = hintsOf(DEEPER, { form: 'full', evidence }).filter(({ line }) => line)
  assert.deepEqual(
    found.map(({ kind, what, line }) => [kind, what, line]),
    [['judges', 'Good', 'n1'], ['name', 'Ms. Vega', 'n1']],
  ) // biome-ignore format: rows
})

test('in a zone where names are agreed on, none is looked for', () => {
  const evidence = { n1: note('Ms. Vega asks') }
  const coaching = { ...DEEPER, zone: 'coaching' }
  assert.deepEqual(
    hintsOf(coaching, { evidence }).filter(({ kind }) => kind === 'name'),
    [],
  )
})

test('what a gate settles is not missing', () => {
  const body = { form: 'full', gates: { team_time_seen: { value: 'no' } } }
  assert.equal(unrated(DEEPER, {}).length - unrated(DEEPER, body).length, 8)
})
