import { describe, expect, it } from 'vitest'
import { actedOf, answeredOf, behind, channelsOf, countsOf, coverageOf, evidenceOf, falseOf, firstAnswerOf, leadOf, percentOf, reachedOf, spanWords, verdictOf, warnedOf, yearOf } from './figures'
import type { ReachCount, WarningFigures, WarningYear } from './types'

const one = (more: Partial<WarningFigures> = {}): WarningFigures => ({
  id: 'w', headline: '预警', type: { code: '11A01', name: '洪水' }, colour: 'red', issued_at: '2026-07-01T08:00:00.000+08:00', channels: [],
  people: 0, people_reached: 0, sent: 0, reached: 0, places: 0, answered: 0, unanswered: 0, acted: 0, acts: [], first_answer_s: null,
  over: true, ending: null, lead_s: null, occurrence: null, observed_at: null, note: null, ...more,
})
const year = (items: WarningFigures[], missed = 0) => ({ items, missed }) as WarningYear
const count = (channel: string, more: Partial<ReachCount>): ReachCount => ({ channel, sent: 0, accepted: 0, delivered: 0, failed: 0, ...more })

describe('A figure of a warning', () => {
  it('says why it is not known instead of nought', () => {
    expect(coverageOf(one())).toEqual({ unknown: 'no_contacts' })
    expect(coverageOf(one({ people: 5 }))).toEqual({ unknown: 'nothing_sent' })
    expect(coverageOf(one({ people: 5, sent: 5 }))).toEqual({ part: 0, whole: 5, percent: 0 })
    expect(answeredOf(one())).toEqual({ unknown: 'not_called' })
    expect(actedOf(one({ places: 4, answered: 2 }))).toEqual({ part: 0, whole: 4, percent: 0 })
    expect(firstAnswerOf(null, one())).toEqual({ unknown: 'not_called' })
    expect(firstAnswerOf(null, one({ places: 1 }))).toEqual({ unknown: 'nobody_answered' })
    expect(firstAnswerOf(0, one({ places: 1 }))).toEqual({ seconds: 0 })
  })
  it('is all or none only where it is', () => {
    expect(percentOf(1, 1000)).toBe(1)
    expect(percentOf(999, 1000)).toBe(99)
    expect(percentOf(1000, 1000)).toBe(100)
    expect(percentOf(0, 9)).toBe(0)
  })
  it('is a lead only of what came', () => {
    expect(leadOf(one({ over: false }))).toEqual({ unknown: 'standing' })
    expect(leadOf(one())).toEqual({ unknown: 'to_assess' })
    expect(leadOf(one({ occurrence: 'did_not' }))).toEqual({ unknown: 'did_not_come' })
    expect(leadOf(one({ ending: 'mistaken' }))).toEqual({ unknown: 'did_not_come' })
    expect(leadOf(one({ occurrence: 'partly', lead_s: -60 }))).toEqual({ seconds: -60 })
  })
})

describe('A year of warnings', () => {
  const items = [
    one({ id: 'a', occurrence: 'came' }), one({ id: 'b', occurrence: 'did_not' }), one({ id: 'c', ending: 'mistaken' }),
    one({ id: 'd' }), one({ id: 'e', over: false }), one({ id: 'f', occurrence: 'partly', ending: 'mistaken' }),
  ]
  const ids = (evidence: Parameters<typeof behind>[1]) => behind(items, evidence).map(({ id }) => id)

  it('counts each warning once, by what was found out last', () => {
    expect(items.map(verdictOf)).toEqual(['came', 'did_not', 'mistaken', 'to_assess', 'standing', 'partly'])
    expect(countsOf(year(items, 3))).toEqual({ all: 6, hit: 2, false: 2, open: 2, missed: 3 })
    expect([ids('hit'), ids('false'), ids('open'), ids('missed'), ids('all').length]).toEqual([['f', 'a'], ['c', 'b'], ['e', 'd'], [], 6])
  })
  it('is judged by what came and what was said to come, and not at all where nothing is known', () => {
    const counts = countsOf(year(items, 3))
    expect(warnedOf(counts)).toEqual({ part: 2, whole: 5, percent: 40 })
    expect(falseOf(counts)).toEqual({ part: 2, whole: 4, percent: 50 })
    const nothing = countsOf(year([one()]))
    expect([warnedOf(nothing), falseOf(nothing)]).toEqual([{ unknown: 'nothing_came' }, { unknown: 'none_assessed' }])
  })
  it('adds up its channels and leaves out those by which nothing went', () => {
    const sums = channelsOf([
      { channels: [count('sms', { sent: 10, delivered: 7, failed: 1 }), count('mail', {})] },
      { channels: [count('sms', { sent: 10, accepted: 3 })] },
    ])
    expect(sums).toEqual([count('sms', { sent: 20, accepted: 3, delivered: 7, failed: 1 })])
    expect(reachedOf(sums[0]!)).toEqual({ part: 10, whole: 20, percent: 50 })
  })
  it('is the one that is asked for, where there can be such a one', () => {
    expect([yearOf({ year: '2024' }, 2026), yearOf({ year: '2030' }, 2026), yearOf({ year: 'x' }, 2026), yearOf({}, 2026)]).toEqual([2024, 2026, 2026, 2026])
    expect([evidenceOf({ show: 'false' }), evidenceOf({ show: 'x' })]).toEqual(['false', 'all'])
  })
})

describe('A span', () => {
  it('is said in two units at most', () => {
    const say = (key: string, values?: Record<string, string | number>) => `${values!.n}${key.split('.').at(-1)![0]}`
    expect([0, 59, 60, 90, 3600, 3660, 7322, 90_000, -300].map((seconds) => spanWords(seconds, say))).toEqual(['0s', '59s', '1m', '1m 30s', '1h', '1h 1m', '2h 2m', '1d 1h', '5m'])
  })
})
