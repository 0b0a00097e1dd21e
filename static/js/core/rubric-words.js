// @ts-check
/**
 * A rubric in another language. Twin of `said` in `walkapp/rubric_words.py`; both read `tests/vectors/rubric-words.json`.
 *
 * @typedef {import("./rubric.js").Content} Content
 * @typedef {Record<string, string>} Words English texts, each with what it is in the language
 */

const TEXTS = ['title', 'label', 'question', 'text', 'purpose', 'about', 'note', 'hint', 'report_as', 'caution', 'method']
const LISTS = ['look_fors', 'student_questions', 'phrases', 'engaged', 'not_engaged']
/**
 * What is chosen is stored in its English words. They stay, and what they are in the language stands beside them.
 * @type {Record<string, string>}
 */
const VALUES = { options: 'option_words', samples: 'sample_words' }

/**
 * The content with every text in the other language that has words there; a new one, and what was given stays as it is.
 * @param {Content} content @param {Words} words @returns {Content}
 */
export function inWords(content, words) {
  /** @type {Record<string, any>} */
  const next = {}
  for (const [key, value] of Object.entries(content)) {
    next[key] = said(key, value, words)
    const beside = wordsBeside(key, value, words)
    if (beside) next[VALUES[key]] = beside
  }
  return /** @type {Content} */ (next)
}

/**
 * What a stored choice is called: its own words where there are some, else the value itself.
 * @param {{options?: string[], option_words?: string[]}|null|undefined} asked @param {any} value @returns {string}
 */
export function optionWords(asked, value) {
  const at = asked?.options?.indexOf(value) ?? -1
  return asked?.option_words?.[at] ?? String(value)
}

/**
 * The same for whom a sweep looks at.
 * @param {{samples?: string[], sample_words?: string[]}|null|undefined} sweep @param {any} value
 */
export function sampleWords(sweep, value) {
  return optionWords({ options: sweep?.samples, option_words: sweep?.sample_words }, value)
}

/** @param {string} key @param {any} value @param {Words} words @returns {any} */
function said(key, value, words) {
  if (TEXTS.includes(key) && typeof value === 'string') return inLanguage(value, words)
  if (LISTS.includes(key)) return value.map((/** @type {string} */ one) => inLanguage(one, words))
  if (Array.isArray(value)) return value.map((one) => (isMap(one) ? inWords(one, words) : one))
  return isMap(value) ? inWords(value, words) : value
}

/** Yes and no are words of the interface. @param {string} key @param {any} value @param {Words} words */
function wordsBeside(key, value, words) {
  const isOurs = !(key in VALUES) || value.includes('yes')
  if (isOurs || !value.some((/** @type {string} */ one) => Object.hasOwn(words, one))) return null
  return value.map((/** @type {string} */ one) => inLanguage(one, words))
}

/** @param {string} english @param {Words} words */
const inLanguage = (english, words) => (Object.hasOwn(words, english) ? words[english] : english)

/** @param {any} value */
const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)
