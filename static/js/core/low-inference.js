// @ts-check
/**
 * Words that judge, advise or guess where evidence should stand, and what looks like a person's name. Hints, worked out on the
 * tablet; what students said is theirs, so whatever stands in quotation marks is left alone.
 *
 * @typedef {{word: string, why: "judges"|"advises"|"guesses"}} Finding
 */

const ENGLISH = {
  judges:
    'good|great|nice|nicely|excellent|wonderful|amazing|awesome|fantastic|perfect|terrific|impressive|poor|poorly|bad|badly|weak|lazy|messy|chaotic|boring|effective|effectively|ineffective|appropriate|inappropriate|unfortunately|successfully|well[- ]managed|well[- ]behaved|best|worst|liked|loved|enjoyed',
  advises: 'should|shouldn.t|ought to|needs? to|must|could have|would have been|has to|have to|better if|next time',
  guesses:
    'seems?|seemed|appears?|appeared|probably|clearly|obviously|apparently|I think|I feel|I believe|bored|confused|engaged|disengaged|motivated|interested|understood|understands?|off[- ]task|on[- ]task|tried hard|wanted to',
}

/**
 * A note is written in either language, whatever the tablet speaks. Accents are often left out. Everyday words of English, such
 * as "males", and what more often greets, compares or opens a sentence than judges, are not here.
 */
const SPANISH = {
  judges: [
    'buen[oa]?|buen[oa]s(?! d[ií]as| tardes| noches| aires)|excelentes?|maravillos[oa]s?|fant[aá]stic[oa]s?|incre[ií]bles?',
    'estupend[oa]s?|genial(?:es)?|magn[ií]fic[oa]s?|perfect[oa]s?|perfectamente|impresionantes?|interesantes?|lind(?:o|[oa]s)',
    'gran (?:trabajo|clase|lecci[oó]n|ejemplo|manejo)|muy bien|bien (?:manejad|organizad|portad|explicad|planead|dirigid|hech)[oa]s?',
    '(?<!(?:grand|petit) )mal(?!-)|mal[oa]s?|(?<!a lo )mejor(?:es)?(?! si)|peor(?:es)?|p[eé]sim[oa]s?|deficientes?|pobres?',
    'd[eé]bil(?:es)?|floj[oa]s?|perezos[oa]s?|desordenad[oa]s?|ca[oó]tic[oa]s?|aburrid[oa]s?|bonit[oa]s?(?! springs)',
    '(?:in)?efica(?:z|ces)|eficazmente|(?<!en )efectiv[oa]s?|inefectiv[oa]s?|(?:in)?(?:apropiad|adecuad)[oa]s?|adecuadamente',
    'lamentablemente|desafortunadamente|desgraciadamente|exitos[oa]s?|exitosamente|con [eé]xito|disfrut(?:[oó]|aron|aban?)',
    '(?:me|nos) (?:gust|encant)an?|(?:me|te|les?|nos) (?:gust|encant)(?:[oó]|aron|aban?)',
  ],
  advises: [
    'debe[ns]?|debemos|deb[ií]a|debían|deber[ií]a(?:[ns]|mos)?|debi[oó]|debieron|debieran?|tiene[ns]? que|tendr[ií]a[ns]? que',
    'hay que|habr[ií]a que|necesitan? (?:que|\\p{L}+[aeií]r(?:se|l[aeo]s?)?)|hace falta|hizo falta|les? falt[oó]|mejor si',
    'podr[ií]a[ns]? haber|hubieran? (?:podido|sido)|habr[ií]a sido|ser[ií]a (?:mejor|buen[oa]|conveniente|ideal|[uú]til)',
    'la pr[oó]xima vez|recomiendo|sugiero|aconsejo',
  ],
  guesses: [
    '(?<!se )parecen?|parec[ií]an?|pareci[oó]|parecieron|aparentemente|aparentan?|aparentaban?|probablemente|seguramente',
    'quiz[aá]s?|tal vez|a lo mejor|supongo que|claramente|obviamente|evidentemente|(?:creo|pienso|siento|considero) que',
    'confundid[oa]s?|comprometid[oa]s?|involucrad[oa]s?|(?:des)?(?:interesad|motivad)[oa]s?|distra[ií]d[oa]s?|atent[oa]s',
    'entienden?|entend[ií]an?|entendi[oó]|entendieron|comprenden|comprend[ií]an?|comprendi[oó]|comprendieron',
    'fuera de (?:la )?tarea|se esforz[oó]|se esforzaron|se esforzaban?|quer[ií]an?|quiso|quisieron',
  ],
}
const PATTERNS = /** @type {const} */ (['judges', 'advises', 'guesses']).map((why) => {
  const words = [ENGLISH[why], ...SPANISH[why]].join('|')
  return { why, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu') }
})
/** Anything between quotation marks of any kind, on one line. */
const QUOTED = /["“”«„][^"“”«»„\n]*["“”»]|(?<!\p{L})['‘][^'‘’\n]*['’](?!\p{L})/gu

const TITLES =
  /(?<![\p{L}])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Coach|Prof(?:e|esora?)?|Dra|Sr|Sra|Srta|Señor|Señora|Maestr[oa])\.?\s+\p{Lu}\p{L}*/u
const CAPITALISED = /(?<=[\p{Ll}\p{N},;)]\s)\p{Lu}\p{Ll}+/gu
/** Capital letters that name no person. */
const NOT_PEOPLE = new Set(
  (
    'I English Spanish French German Latin Creole Haitian Chinese Arabic Math Maths Mathematics Science History Social Studies ELA Art Music ' +
    'Reading Writing Biology Chemistry Physics Algebra Geometry Calculus Civics Geography Monday Tuesday Wednesday Thursday Friday Saturday Sunday ' +
    'January February March April May June July August September October November December America American European African Asian Florida ' +
    'United States Earth Sun Moon Mars Google Chromebook Kahoot Desmos Canvas Zoom YouTube Teacher Student Students Team Teams Group Table Room ' +
    'Español Inglés Francés Latín Criollo Haitiano Chino Árabe Matemáticas Ciencias Historia Estudios Sociales Lenguaje Lectura Escritura Arte ' +
    'Artes Música Biología Química Física Álgebra Geometría Cálculo Cívica Geografía Estados Unidos América Tierra Maestra Maestro Docente ' +
    'Estudiante Estudiantes Alumno Alumna Alumnos Alumnas Equipo Equipos Grupo Grupos Aula Salón'
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
