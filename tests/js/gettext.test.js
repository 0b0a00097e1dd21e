import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, test } from 'node:test'
import { listed, t, tc, tn, useCatalogue } from '../../static/js/core/gettext.js'
import { judgements } from '../../static/js/core/low-inference.js'
import { sayDay, sayTime } from '../../static/js/core/time.js'
import { fill } from '../../static/js/ui/fill.js'

const ENGLISH = { language: 'en', forms: ['one', 'other'], words: {} }
const SPANISH = {
  language: 'es',
  forms: ['one', 'other'],
  words: {
    'Take back': 'Retomar',
    'Saved at {time}.': 'Guardado: {time}.',
    '{count} note': ['{count} nota', '{count} notas'],
    'a list\u0004Open': 'Abiertas',
    Open: 'Abrir',
    'Open {link} first.': 'Primero, abra {link}.',
    '{things} and {last}': '{things} y {last}',
    Empty: '',
    today: 'hoy',
    yesterday: 'ayer',
  },
}

afterEach(() => useCatalogue(ENGLISH))

test('English needs no catalogue', () => {
  assert.equal(t('Saved at {time}.', { time: '9:14' }), 'Saved at 9:14.')
  assert.equal(tn('{count} note', '{count} notes', 1), '1 note')
  assert.equal(tn('{count} note', '{count} notes', 1234), '1,234 notes')
  assert.equal(tc('a list', 'Open'), 'Open')
  assert.equal(listed(['a', 'b', 'c']), 'a, b and c')
})

test('what a catalogue has is said, what it lacks is English and never nothing', () => {
  useCatalogue(SPANISH)
  assert.equal(t('Take back'), 'Retomar')
  assert.equal(t('Give'), 'Give')
  assert.equal(t('Empty'), 'Empty')
  assert.equal(tc('a list', 'Open'), 'Abiertas')
  assert.equal(tc('a door', 'Open'), 'Open')
  assert.equal(t('Open'), 'Abrir')
  assert.equal(listed(['uno', 'dos']), 'uno y dos')
})

test('counts take the form their language has for them', () => {
  useCatalogue(SPANISH)
  assert.deepEqual(
    [0, 1, 2, 1_000_000].map((count) => tn('{count} note', '{count} notes', count).split(' ').at(-1)),
    ['notas', 'nota', 'notas', 'notas'],
  )
  assert.equal(tn('{count} photo', '{count} photos', 2), '2 photos')
})

test('a value is said as it is, also one that looks like a place for another', () => {
  assert.equal(t('Saved at {time}.', { time: '{other} $& <b>' }), 'Saved at {other} $& <b>.')
  assert.equal(t('Saved at {time}.', {}), 'Saved at {time}.')
})

test('a link stands where the language puts it', () => {
  const link = { is: 'link' }
  assert.deepEqual(fill(t('Open {link} first.'), { link }), ['Open ', link, ' first.'])
  useCatalogue(SPANISH)
  assert.deepEqual(fill(t('Open {link} first.'), { link }), ['Primero, abra ', link, '.'])
})

test('days are said as people of the language write them, on a clock of 24 hours', () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime()
  assert.equal(sayDay('2026-11-03', now), 'Nov 3')
  assert.equal(sayDay('2025-11-03', now), 'Nov 3, 2025')
  useCatalogue(SPANISH)
  assert.equal(sayDay('2026-11-03', now), '3 nov')
  assert.equal(sayDay('2026-11-22', now), 'hoy')
  assert.equal(sayTime(now - 24 * 3_600_000, now), 'ayer, 15:00')
})

test('a language whose dates the engine does not know borrows its neighbour’s', () => {
  useCatalogue({ language: 'ht', forms: ['one', 'other'], words: {} })
  assert.match(sayDay('2026-11-03', new Date(2026, 0, 1).getTime()), /^3 nov/)
})

test('the Spanish that ships is a catalogue this app can read', () => {
  const shipped = JSON.parse(readFileSync(new URL('../../static/words/es.json', import.meta.url), 'utf-8'))
  useCatalogue(shipped)
  assert.equal(shipped.language, 'es')
  assert.notEqual(t('saved on this tablet'), 'saved on this tablet')
})

test('judging words are found in Spanish too, whatever the app speaks', () => {
  const why = (line) => judgements(line).map((one) => one.why)
  assert.deepEqual(why('La discusión fue excelente'), ['judges'])
  assert.deepEqual(why('Debería preguntar más'), ['advises'])
  assert.deepEqual(why('Los estudiantes parecen cansados'), ['guesses'])
  assert.deepEqual(why('Cuatro equipos de tres leen en voz alta'), [])
  assert.deepEqual(why('«Está muy bien», dijo una niña'), [])
  assert.deepEqual(why('Males and females sit apart; the main idea is on the board'), [])
})
