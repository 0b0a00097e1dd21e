// @ts-check
/**
 * The words of the interface, in the language of the person. A word's key is the English word itself: where a catalogue has
 * nothing, English is shown, never a key and never nothing. See docs/words.md.
 *
 * @typedef {{language: string, forms: string[], words: Record<string, string | string[]>}} Catalogue
 * @typedef {Record<string, string | number>} Values
 */

/** What stands between a context and its word, as in the catalogues of gettext. */
const OF = '\u0004'
const ENGLISH = { language: 'en', forms: ['one', 'other'], words: {} }
/** Whose dates and numbers are borrowed where the engine knows none for a language. */
const NEAREST = { en: ['en-US'], es: ['es-US', 'es'], ht: ['ht', 'fr'] }

/** @type {Catalogue} */
let catalogue = ENGLISH
/** Made when first asked for: it takes a tablet longer than all the rest of this page's words. @type {Intl.PluralRules|null} */
let plural = null
/** @type {Intl.NumberFormat|null} */
let number = null
/** Below, digits stand alone in every language there is. */
const GROUPED_FROM = 1_000

/**
 * Speak another language from now on. Must come before what shows words is loaded: many words are made when a module is.
 * @param {Catalogue} learned
 */
export function useCatalogue(learned) {
  catalogue = learned
  plural = null
  number = null
}

/** What `Intl` is to be asked for. @returns {string[]} */
export function locales() {
  return NEAREST[/** @type {keyof typeof NEAREST} */ (catalogue.language)] ?? [catalogue.language]
}

/**
 * The sentence in the person's language; `{name}` stands for a value.
 * @param {string} english @param {Values} [values]
 */
export function t(english, values) {
  return filled(oneOf(catalogue.words[english]) ?? english, values)
}

/**
 * One English word that is several in other languages: the context says which is meant.
 * @param {string} context @param {string} english @param {Values} [values]
 */
export function tc(context, english, values) {
  return filled(oneOf(catalogue.words[context + OF + english]) ?? english, values)
}

/**
 * The sentence for so many of a thing; `{count}` stands for how many.
 * @param {string} one @param {string} other @param {number} count @param {Values} [values]
 */
export function tn(one, other, count, values) {
  const forms = catalogue.words[one]
  const english = count === 1 ? one : other
  const said = Array.isArray(forms) ? (forms[formOf(count)] ?? forms.at(-1)) : english
  return filled(said || english, { count, ...values })
}

/** @param {number} value */
export function tnumber(value) {
  if (Number.isInteger(value) && value >= 0 && value < GROUPED_FROM) return String(value)
  number ??= new Intl.NumberFormat(locales())
  return number.format(value)
}

/**
 * "a", "a and b", "a, b and c".
 * @param {string[]} things
 */
export function listed(things) {
  if (things.length < 2) return things[0] ?? ''
  return t('{things} and {last}', { things: things.slice(0, -1).join(', '), last: things[things.length - 1] })
}

/** @param {string | string[] | undefined} found */
function oneOf(found) {
  return (Array.isArray(found) ? found[0] : found) || undefined
}

/** @param {number} count */
function formOf(count) {
  plural ??= new Intl.PluralRules(catalogue.language)
  const at = catalogue.forms.indexOf(plural.select(count))
  return at < 0 ? catalogue.forms.length - 1 : at
}

/** @param {string} sentence @param {Values} [values] */
function filled(sentence, values) {
  if (!values) return sentence
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? tnumber(value) : value
  })
}
