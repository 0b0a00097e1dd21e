/** Rubrics as screens read them: in the language of the page, with what was published beside it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { allRubrics, readRubric, rubricTitles } from '../../static/js/ui/rubrics.js'
import { answer, NOON, SPACE, storeOn, tablet } from './support.js'

const TASK = { id: 'TE', title: 'Task' }
const OAK = { rubric: 'oak', version: 1, title: 'Oak Walk', content: { title: 'Oak Walk', domains: [TASK] } }
const ELM = { rubric: 'elm', version: 1, title: 'Elm Walk', content: { title: 'Elm Walk', domains: [] } }
const SPANISH = {
  rubric: 'r-oak',
  language: 'es',
  words: [
    ['Oak Walk', 'Recorrido Oak'],
    ['Task', 'Tarea'],
  ],
}
const CREOLE = { rubric: 'r-oak', language: 'ht', words: [['Oak Walk', 'Vizit Oak']] }

/** A tablet that speaks the language and holds two rubrics, of which one is translated. */
async function speaking(lang) {
  globalThis.document = { documentElement: { lang } }
  const store = await storeOn(tablet())
  const rows = [
    [1, 'r-oak', 'rubric', OAK],
    [2, 'r-elm', 'rubric', ELM],
    [3, 'w-es', 'rubric_words', SPANISH],
    [4, 'w-ht', 'rubric_words', CREOLE],
  ]
  await store.outbox.applyAnswer(SPACE, [], answer({ rows }), NOON)
  return { store }
}

test('a rubric is read in the language of the page, and what was published stays beside it', async () => {
  const app = await speaking('es')
  const { body, original, lang } = await readRubric(app, 'r-oak')
  assert.equal(body.title, 'Recorrido Oak')
  assert.equal(body.content.domains[0].title, 'Tarea')
  assert.deepEqual([original.body, lang], [OAK, 'es'])
  assert.deepEqual((await app.store.read('r-oak')).body, OAK)
})

test('a rubric without words in the language is read in English and says so', async () => {
  const { body, lang } = await readRubric(await speaking('es'), 'r-elm')
  assert.deepEqual([body, lang], [ELM, 'en'])
})

test('on an English page every rubric is as it was published', async () => {
  const all = await allRubrics(await speaking('en'))
  assert.deepEqual(
    all.map(({ body }) => body.title),
    ['Elm Walk', 'Oak Walk'],
  )
})

test('all rubrics and their titles are in the language of the page, as far as there are words', async () => {
  const app = await speaking('ht')
  const titles = (await allRubrics(app)).map(({ id, body }) => [id, body.title])
  assert.deepEqual(new Map(titles), await rubricTitles(app))
  assert.deepEqual(new Map(titles).get('r-oak'), 'Vizit Oak')
})

test('a rubric that is not on this tablet is none', async () => {
  assert.equal(await readRubric(await speaking('es'), 'r-ash'), null)
})

test('a list tells of words which they are and not all of them, and they are no newer kind', async () => {
  const { store } = await speaking('es')
  const [line] = await store.list('rubric_words')
  assert.deepEqual(Object.keys(line.summary), ['rubric', 'language'])
  assert.equal((await store.read(line.id)).newer, undefined)
})
