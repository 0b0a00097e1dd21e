import { inWords } from '../core/rubric-words.js'

/** What changes when a rubric comes, or its words in another language. */
export const RUBRIC_KINDS = ['rubric', 'rubric_words']
/** More than a district has. */
const MOST = 200

/**
 * A rubric in the language of the page, as far as it has words there: `body` is what a person reads and `lang` its language;
 * `original` is the record as it was published, to be compared with another version.
 */
export async function readRubric({ store }, id) {
  const [record, words] = await Promise.all([store.read(id), wordsOfPage(store, (one) => one.rubric === id)])
  return record && spoken(record, words)
}

/** Every rubric there is, in the same way. */
export async function allRubrics({ store }) {
  const [records, words] = await Promise.all([store.all('rubric'), wordsOfPage(store)])
  return records.map((record) => spoken(record, words))
}

/** What each rubric is called, by its id. */
export async function rubricTitles({ store }) {
  const [lines, words] = await Promise.all([store.list('rubric', { limit: MOST }), wordsOfPage(store)])
  return new Map(lines.map(({ id, summary }) => [id, inWords({ title: summary.title }, words.get(id) ?? {}).title]))
}

function spoken(record, words) {
  const own = words.get(record.id)
  if (!own) return { ...record, original: record, lang: 'en' }
  return { ...record, body: inWords(record.body, own), original: record, lang: document.documentElement.lang }
}

/** By rubric, its words in the language of the page; English needs none. */
async function wordsOfPage(store, wanted = () => true) {
  const { lang } = document.documentElement
  if (lang === 'en') return new Map()
  const lines = await store.list('rubric_words', { limit: MOST })
  const ours = lines.filter(({ summary }) => summary.language === lang && wanted(summary))
  const records = await Promise.all(ours.map(({ id }) => store.read(id)))
  return new Map(records.filter(Boolean).map(({ body }) => [body.rubric, Object.fromEntries(body.words)]))
}
