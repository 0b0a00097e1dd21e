import { t, tc, tn } from '../core/gettext.js'
import { APART, gateDefault, isAnswered, isAnsweredIn, isOpen, pairedResult } from '../core/rubric.js'
import { sayTime } from '../core/time.js'

const APART_WORDS = { not_observed: t('Not observed'), not_applicable: t('Does not apply') }
export const SAID = { yes: t('Yes'), no: t('No') }
export const PAIRED_WORDS = { met: tc('a rating', 'Met'), not_met: tc('a rating', 'Not met'), not_observed: t('Not observed') }

/** The domains with the indicators that the form asks for; a domain left empty is left out. */
export function domainsOf(content, form) {
  const wanted = (one) => form !== 'short' || !content.short_form || one.core
  return content.domains
    .map((domain) => ({ ...domain, indicators: domain.indicators.filter(wanted) }))
    .filter((domain) => domain.indicators.length)
}

export function indicatorsIn(content, form) {
  return domainsOf(content, form).flatMap((domain) => domain.indicators.map((one) => ({ ...one, domain })))
}

/** The same without those that wait for another answer. */
export function shownIn(content, body) {
  return indicatorsIn(content, body.form).filter((one) => isOpen(one, body))
}

/** Is anything asked that is answered in words or by choosing? */
export function hasWords({ context_fields: context, open_fields: open, sections }) {
  return Boolean(context?.length || open?.length || sections?.length)
}

/** Every question of every section. */
export function itemsOf(content) {
  return (content.sections ?? []).flatMap(({ items }) => items)
}

/** What a note can be tied to, by its id and in order: an indicator, or a question that asks for evidence. */
export function tieTargets(content) {
  const known = targets.get(content)
  if (known) return known
  const asking = itemsOf(content).filter(({ type }) => type === 'evidence_list')
  const all = [...indicatorsIn(content, 'full'), ...asking.map((item) => ({ ...item, title: item.label }))]
  const byId = new Map(all.map((one) => [one.id, one]))
  targets.set(content, byId)
  return byId
}
const targets = new WeakMap()

export function findIndicator(content, id) {
  const found = tieTargets(content).get(id)
  return found?.domain ? found : undefined
}

/** The scale's values, and which of them are levels. */
export function scaleOf(content, indicator) {
  const domain = content.domains.find(({ indicators }) => indicators.some(({ id }) => id === indicator.id))
  const values = (domain?.scale ?? content.scale)?.values ?? []
  const apart = values.filter((one) => one.scored === false)
  const isRated = ['level', 'paired_yes_no'].includes(indicator.type)
  return {
    levels: values.filter((one) => one.scored !== false),
    apart: apart.length || isRated ? apart : APART.map((value) => ({ value, label: APART_WORDS[value] })),
  }
}

/** What stands for an indicator: what was chosen, or what a gate derives, in words. */
export function standing(content, body, indicator) {
  const rating = body.ratings?.[indicator.id] ?? null
  if (indicator.type === 'paired_yes_no') return pairedStanding(indicator, rating)
  if (indicator.type !== 'level') return typedStanding(content, body, indicator, rating)
  if (rating?.value != null) return { value: rating.value, derived: false, words: labelOf(content, indicator, rating.value) }
  const byGate = gateDefault(content, body, indicator.id)
  if (!byGate) return { value: null, derived: false, words: '' }
  return {
    value: byGate.value,
    derived: true,
    words: `${labelOf(content, indicator, byGate.value)}, ${setBy(content, body, indicator)}`,
  }
}

function pairedStanding(indicator, rating) {
  if (!isAnswered(indicator, rating) && !hasNo(rating)) return { value: null, derived: false, words: '' }
  const value = pairedResult(indicator, rating)
  return { value, derived: false, words: PAIRED_WORDS[value] ?? '' }
}

/** What was counted or chosen, in words; what is no answer keeps its own mark. */
function typedStanding(content, body, indicator, rating) {
  const words = typedWords(content, body, indicator, rating)
  const { apart } = scaleOf(content, indicator)
  const isApart = apart.some(({ value }) => value === rating?.value)
  return { value: isApart ? rating.value : words ? 'counted' : null, derived: false, words }
}

function typedWords(content, body, indicator, rating) {
  const rows = Object.values(body.rows ?? {}).filter(({ of }) => of === indicator.id).length
  if (indicator.type === 'list' && rows) return tn('{count} entry', '{count} entries', rows)
  const { n, of } = rating ?? {}
  if (n != null || of != null) return t('{n} of {of}', { n: String(n ?? '?'), of: String(of ?? '?') })
  if (rating?.value == null) return ''
  if (typeof rating.value === 'string') return SAID[rating.value] ?? labelOf(content, indicator, rating.value)
  return indicator.type === 'percent' ? t('{number} %', { number: String(rating.value) }) : String(rating.value)
}

const hasNo = (rating) => Object.values(rating ?? {}).includes('no')

export function labelOf(content, indicator, value) {
  const { levels, apart } = scaleOf(content, indicator)
  return [...levels, ...apart].find((one) => one.value === value)?.label ?? APART_WORDS[value] ?? String(value)
}

/** The gate that settles the indicator, if its answer does. */
export function settlingGate(content, body, indicator) {
  const domain = content.domains.find(({ indicators }) => indicators.some(({ id }) => id === indicator.id))
  return (content.gates ?? []).find((gate) => body.gates?.[gate.id]?.value === 'no' && gate.when_no?.domains.includes(domain.id))
}

export function setBy(content, body, indicator) {
  const gate = settlingGate(content, body, indicator)
  if (!gate) return ''
  return gate.report_as == null ? t('set by: no team time seen') : t('set by: {reason}', { reason: gate.report_as })
}

/** What stands inside a large mark: a level's number, or the sign of a paired result. */
export function glyph(value) {
  return typeof value === 'number' ? value : ({ met: '✓', not_met: '×', counted: '#' }[value] ?? '')
}

/** How far each domain is rated; a value that only a gate set does not count as rated. */
export function domainProgress(content, body) {
  return domainsOf(content, body.form).map((domain) => {
    const asked = domain.indicators.filter((one) => isOpen(one, body))
    const marks = asked.map((one) => ({
      id: one.id,
      title: one.title,
      ...standing(content, body, one),
      whole: isAnsweredIn(body, one),
    }))
    const counts = domain.optional ? marks.filter(({ whole }) => whole) : marks
    return { id: domain.id, title: domain.title, marks: counts, rated: marks.filter(({ whole }) => whole).length }
  })
}

/** Within one visit the hour says enough, whatever day it is read on. */
export const clockOf = (at) => sayTime(at, at)

export const CHIPS = {
  saw: tc('a kind of note', 'Saw'),
  heard: tc('a kind of note', 'Heard'),
  said: tc('a kind of note', 'Said'),
  work: tc('a kind of note', 'Work'),
  tally: tc('a kind of note', 'Tally'),
  note: tc('a kind of note', 'Note'),
}
/** On the desk a chip speaks in a whole phrase. */
export const CHIP_WORDS = {
  saw: tc('a kind of note', 'saw'),
  heard: tc('a kind of note', 'heard'),
  said: tc('a kind of note', 'a student said'),
  work: tc('a kind of note', 'student work'),
  tally: tc('a kind of note', 'tally'),
  note: '',
}
