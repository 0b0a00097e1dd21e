/** How a day is written, learned once and kept for the next start. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { useCatalogue } from '../../static/js/core/gettext.js'
import { hasPatterns, learnPatterns, sayShortDay, usePatterns } from '../../static/js/core/short-days.js'

const DAYS = Array.from({ length: 12 }, (_, month) => [
  [2026, month + 1, 1],
  [2025, month + 1, 28],
]).flat()

for (const language of ['en', 'es', 'ht', 'fr', 'de', 'ja'])
  test(`what was learned says every day in ${language} as the browser does`, () => {
    useCatalogue({ language, forms: [], words: {} })
    usePatterns(null)
    const asked = DAYS.flatMap((day) => [sayShortDay(day, false), sayShortDay(day, true)])
    usePatterns(JSON.parse(JSON.stringify(learnPatterns())))
    assert.ok(hasPatterns())
    assert.deepEqual(
      DAYS.flatMap((day) => [sayShortDay(day, false), sayShortDay(day, true)]),
      asked,
    )
  })

test('what was learned in another language is not used', () => {
  useCatalogue({ language: 'en', forms: [], words: {} })
  usePatterns(learnPatterns())
  useCatalogue({ language: 'es', forms: [], words: {} })
  assert.equal(hasPatterns(), false)
  assert.equal(
    sayShortDay([2026, 11, 3], false),
    new Intl.DateTimeFormat(['es-US'], { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2026, 10, 3)),
  )
})

test('somebody else’s words in its place are not used', () => {
  useCatalogue({ language: 'en', forms: [], words: {} })
  for (const odd of [null, 'text', { locale: 'en-US' }, { locale: 'en-US', plain: Array(12).fill(3), dated: [] }]) {
    usePatterns(odd)
    assert.equal(sayShortDay([2026, 11, 3], false), 'Nov 3')
  }
})
