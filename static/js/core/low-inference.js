// @ts-check
/**
 * Words that judge, advise or guess where evidence should stand, and what looks like a person's name. Hints, worked out on the
 * tablet; what students said is theirs, so whatever stands in quotation marks is left alone.
 *
 * @typedef {{word: string, why: "judges"|"advises"|"guesses"}} Finding
 */

const WORDS = {
  judges:
    'good|great|nice|nicely|excellent|wonderful|amazing|awesome|fantastic|perfect|terrific|impressive|poor|poorly|bad|badly|weak|lazy|messy|chaotic|boring|effective|effectively|ineffective|appropriate|inappropriate|unfortunately|successfully|well[- ]managed|well[- ]behaved|best|worst|liked|loved|enjoyed',
  advises: 'should|shouldn.t|ought to|needs? to|must|could have|would have been|has to|have to|better if|next time',
  guesses:
    'seems?|seemed|appears?|appeared|probably|clearly|obviously|apparently|I think|I feel|I believe|bored|confused|engaged|disengaged|motivated|interested|understood|understands?|off[- ]task|on[- ]task|tried hard|wanted to',
}
const PATTERNS = Object.entries(WORDS).map(([why, words]) => ({
  why: /** @type {Finding["why"]} */ (why),
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu'),
}))
/** Anything between quotation marks of any kind, on one line. */
const QUOTED = /["“”«„][^"“”«»„\n]*["“”»]|(?<!\p{L})['‘][^'‘’\n]*['’](?!\p{L})/gu

const TITLES = /(?<![\p{L}])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Coach|Prof|Sr|Sra|Srta|Señor|Señora|Maestr[oa])\.?\s+\p{Lu}\p{L}*/u
const CAPITALISED = /(?<=[\p{Ll}\p{N},;)]\s)\p{Lu}\p{Ll}+/gu
/** Capital letters that name no person. */
const NOT_PEOPLE = new Set(
  (
    'I English Spanish French German Latin Creole Haitian Chinese Arabic Math Maths Mathematics Science History Social Studies ELA Art Music ' +
    'Reading Writing Biology Chemistry Physics Algebra Geometry Calculus Civics Geography Monday Tuesday Wednesday Thursday Friday Saturday Sunday ' +
    'January February March April May June July August September October November December America American European African Asian Florida ' +
    'United States Earth Sun Moon Mars Google Chromebook Kahoot Desmos Canvas Zoom YouTube Teacher Student Students Team Teams Group Table Room'
  ).split(' '),
)

/**
 * The words of a note that judge, advise or guess.
 * @param {string} text @param {string} [chip] what kind of note; what a student said is kept as it was said
 * @returns {Finding[]} each once, in the order they stand
 */
export function judgements(text, chip) {
  if (chip === 'said') return []
  const own = unquoted(text)
  const found = PATTERNS.flatMap(({ why, pattern }) =>
    [...own.matchAll(pattern)].map((match) => ({ word: match[0], why, at: match.index })),
  )
  const seen = new Set()
  return found
    .sort((a, b) => a.at - b.at)
    .filter(({ word }) => !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()))
    .map(({ word, why }) => ({ word, why }))
}

/**
 * What looks like a student's or a teacher's name, or null.
 * @param {string} text @param {Iterable<string>} [known] words with a capital that name no person here: the rubric's own
 */
export function nameIn(text, known = []) {
  const titled = TITLES.exec(text)
  if (titled) return titled[0]
  const ours = new Set([...NOT_PEOPLE, ...known])
  return [...text.matchAll(CAPITALISED)].map(([word]) => word).find((word) => !ours.has(word)) ?? null
}

/** @param {string} text */
function unquoted(text) {
  return text.replace(QUOTED, (quoted) => ' '.repeat(quoted.length))
}
