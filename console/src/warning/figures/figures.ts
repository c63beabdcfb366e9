/** Figures of warnings: what each says, or why nobody can know it. What is not known is never a nought. */
import type { Say } from '@/base/time_words'
import type { ReachCount, Sums, WarningFigures, WarningYear } from './types'

export interface Share {
  part: number
  whole: number
  percent: number
}
export interface Span {
  seconds: number
}
/** `unknown`: the key of the words for it. */
export type Figure<Known> = Known | { unknown: string }

export const isShare = (figure: Figure<Share | Span>): figure is Share => 'percent' in figure
export const isSpan = (figure: Figure<Share | Span>): figure is Span => 'seconds' in figure

/** All and none are said only where it is all or none. */
export function percentOf(part: number, whole: number): number {
  const rounded = Math.round((100 * part) / whole)
  if (part > 0 && rounded === 0) return 1
  return part < whole && rounded >= 100 ? 99 : rounded
}

const share = (part: number, whole: number, unknown: string): Figure<Share> => (whole > 0 ? { part, whole, percent: percentOf(part, whole) } : { unknown })
const span = (seconds: number | null, unknown: string): Figure<Span> => (seconds === null ? { unknown } : { seconds })

export function coverageOf({ people, people_reached, sent }: Sums): Figure<Share> {
  if (people > 0 && sent === 0) return { unknown: 'nothing_sent' }
  return share(people_reached, people, 'no_contacts')
}
export const answeredOf = ({ answered, places }: Sums) => share(answered, places, 'not_called')
export const actedOf = ({ acted, places }: Sums) => share(acted, places, 'not_called')
export const firstAnswerOf = (seconds: number | null, { places }: Sums) => span(seconds, places > 0 ? 'nobody_answered' : 'not_called')

/** What came of a warning. Of one that was issued by mistake that is known before anybody assesses it. */
export const kVerdicts = ['came', 'partly', 'did_not', 'mistaken', 'to_assess', 'standing'] as const
export type Verdict = (typeof kVerdicts)[number]

export function verdictOf({ occurrence, ending, over }: WarningFigures): Verdict {
  if (occurrence) return occurrence
  if (ending === 'mistaken') return 'mistaken'
  return over ? 'to_assess' : 'standing'
}

export function leadOf(figures: WarningFigures): Figure<Span> {
  const verdict = verdictOf(figures)
  if (verdict === 'standing' || verdict === 'to_assess') return { unknown: verdict }
  return span(figures.lead_s, 'did_not_come')
}
export const leadOfYear = ({ lead_median_s }: WarningYear) => span(lead_median_s, 'none_came')

/** What may be looked at behind a number. */
export const kEvidence = ['all', 'hit', 'false', 'missed', 'open'] as const
export type Evidence = (typeof kEvidence)[number]
const kBehind: Record<Exclude<Evidence, 'all' | 'missed'>, Verdict[]> = { hit: ['came', 'partly'], false: ['did_not', 'mistaken'], open: ['to_assess', 'standing'] }

export const evidenceOf = (query: Record<string, unknown>): Evidence => kEvidence.find((one) => one === query.show) ?? 'all'

/** The last issued first. */
export function behind(items: WarningFigures[], evidence: Evidence): WarningFigures[] {
  if (evidence === 'missed') return []
  const wanted = evidence === 'all' ? kVerdicts : kBehind[evidence]
  return items.filter((one) => wanted.some((verdict) => verdict === verdictOf(one))).reverse()
}

export type Counts = Record<Evidence, number>

export function countsOf({ items, missed }: WarningYear): Counts {
  const of = (evidence: Evidence) => behind(items, evidence).length
  return { all: items.length, hit: of('hit'), false: of('false'), open: of('open'), missed }
}

/** Of what came, how much was warned of; of what was said to come, how much did not. */
export const warnedOf = (counts: Counts) => share(counts.hit, counts.hit + counts.missed, 'nothing_came')
export const falseOf = (counts: Counts) => share(counts.false, counts.hit + counts.false, 'none_assessed')

/** Over all warnings, in the order in which they come first. */
export function channelsOf(items: { channels: ReachCount[] }[]): ReachCount[] {
  const sums = new Map<string, ReachCount>()
  for (const { channel, ...counts } of items.flatMap(({ channels }) => channels)) {
    const sum = sums.get(channel) ?? { channel, sent: 0, accepted: 0, delivered: 0, failed: 0 }
    for (const name of ['sent', 'accepted', 'delivered', 'failed'] as const) sum[name] += counts[name]
    sums.set(channel, sum)
  }
  return [...sums.values()].filter(({ sent }) => sent > 0)
}
export const reachedOf = ({ sent, accepted, delivered }: ReachCount) => share(accepted + delivered, sent, 'nothing_sent')

/** Without its sign: two parts at most, the smaller left away where it says nothing. */
export function spanWords(seconds: number, t: Say): string {
  const all = Math.abs(Math.round(seconds))
  const units = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const
  const first = units.findIndex(([, size]) => all >= size)
  if (first < 0) return t('warning.figures.span.second', { n: 0 })
  const said = units.slice(first, first + 2).map(([name, size], i) => ({ name, n: Math.floor((i === 0 ? all : all % units[first]![1]) / size) }))
  return said.filter(({ n }, i) => i === 0 || n > 0).map(({ name, n }) => t(`warning.figures.span.${name}`, { n })).join(' ')
}

/** Years that can be asked for, `now` at most. */
export function yearOf(query: Record<string, unknown>, now: number): number {
  const asked = Number(query.year)
  return Number.isInteger(asked) && asked >= 2000 && asked <= now ? asked : now
}
