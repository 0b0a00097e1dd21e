import { evidenceOf } from '../core/observation.js'
import { gateDefault, isAnswered, pairedResult } from '../core/rubric.js'
import { sayTime } from '../core/time.js'

const PAIRED_WORDS = { met: 'Met', not_met: 'Not met', not_observed: 'Not observed' }

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

export function findIndicator(content, id) {
  return indicatorsIn(content, 'full').find((one) => one.id === id)
}

/** The scale's values, and which of them are levels. */
export function scaleOf(content, indicator) {
  const domain = content.domains.find(({ indicators }) => indicators.some(({ id }) => id === indicator.id))
  const values = (domain?.scale ?? content.scale)?.values ?? []
  return { levels: values.filter((one) => one.scored !== false), apart: values.filter((one) => one.scored === false) }
}

/** What stands for an indicator: what was chosen, or what a gate derives, in words. */
export function standing(content, body, indicator) {
  const rating = body.ratings?.[indicator.id] ?? null
  if (indicator.type === 'paired_yes_no') return pairedStanding(indicator, rating)
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

const hasNo = (rating) => Object.values(rating ?? {}).includes('no')

export function labelOf(content, indicator, value) {
  const { levels, apart } = scaleOf(content, indicator)
  return [...levels, ...apart].find((one) => one.value === value)?.label ?? String(value)
}

/** The gate that settles the indicator, if its answer does. */
export function settlingGate(content, body, indicator) {
  const domain = content.domains.find(({ indicators }) => indicators.some(({ id }) => id === indicator.id))
  return (content.gates ?? []).find((gate) => body.gates?.[gate.id]?.value === 'no' && gate.when_no?.domains.includes(domain.id))
}

export function setBy(content, body, indicator) {
  const gate = settlingGate(content, body, indicator)
  return gate ? `set by: ${gate.report_as ?? 'no team time seen'}` : ''
}

/** What stands inside a large mark: a level's number, or the sign of a paired result. */
export function glyph(value) {
  return typeof value === 'number' ? value : ({ met: '✓', not_met: '×' }[value] ?? '')
}

/** How far each domain is rated; a value that only a gate set does not count as rated. */
export function domainProgress(content, body) {
  return domainsOf(content, body.form).map((domain) => {
    const marks = domain.indicators.map((one) => ({
      id: one.id,
      title: one.title,
      ...standing(content, body, one),
      whole: isWhole(content, body, one),
    }))
    return { id: domain.id, title: domain.title, marks, rated: marks.filter(({ whole }) => whole).length }
  })
}

function isWhole(content, body, indicator) {
  return isAnswered(indicator, body.ratings?.[indicator.id] ?? null)
}

export const linesFor = (body, indicator) => evidenceOf(body).filter((line) => line.indicators?.includes(indicator))

/** Within one visit the hour says enough, whatever day it is read on. */
export const clockOf = (at) => sayTime(at, at)

export const CHIPS = { saw: 'Saw', heard: 'Heard', said: 'Said', work: 'Work', tally: 'Tally', note: 'Note' }
/** On the desk a chip speaks in a whole phrase. */
export const CHIP_WORDS = {
  saw: 'saw',
  heard: 'heard',
  said: 'a student said',
  work: 'student work',
  tally: 'tally',
  note: '',
}

/** What would strengthen the notes before they are given; hints only, nothing here blocks. */
export function hintsFor(content, body) {
  const all = indicatorsIn(content, body.form)
  const open = all.filter((one) => standing(content, body, one).value == null)
  const ends = content.evidence_rule?.required_for ?? []
  const bare = all.filter((one) => ends.includes(body.ratings?.[one.id]?.value) && linesFor(body, one.id).length === 0)
  const untied = evidenceOf(body).filter((line) => !line.indicators?.length)
  const gates = (content.gates ?? []).filter((gate) => !body.gates?.[gate.id]?.value)
  return { open, bare, untied, gates }
}
