import { describe, expect, it } from 'vitest'
import type { Incident } from '@/base/contract'
import { actBody, actFaults, dueOf, isUntouched, kActs, startValues } from './acts'
import { conflicts, knownFigures } from './figures'
import { kindOf } from './workspace'

const words = { today: ['今'], yesterday: ['昨'], before_yesterday: ['前'], unknown: ['不详'] }
const now = Date.parse('2026-11-24T14:09:11+08:00')
const incident = {
  title: 'Leak',
  place: { address: 'Park' },
  occurred_at: '2026-11-24T13:50:00+08:00',
  unit: '',
  summary: 'Chlorine',
  measures: '',
  grade: 'ordinary',
  grade_proposal: { grade: 'larger', rule: '3 dead' },
  figures: { dead: 3, missing: null },
} as unknown as Incident
const act = (action: string) => kActs.find((one) => one.action === action)!

describe('an act', () => {
  it('has a key and a path of its own', () => {
    expect(new Set(kActs.map((one) => one.key)).size).toBe(kActs.length)
    expect(new Set(kActs.map((one) => one.path)).size).toBe(kActs.length)
  })
  it('of figures sends the counts that are known, with source and time', () => {
    const figures = act('incident.state_figures')
    const values = startValues(figures, incident, now)
    expect(actFaults(figures, values, now, words)).toEqual({ source: 'needed' })
    values.source = 'Hospital'
    values.figures = { ...(values.figures as Record<string, string>), injured: '5' }
    expect(actFaults(figures, values, now, words)).toEqual({})
    expect(actBody(figures, values, {}, now, words)).toEqual({
      figures: { dead: 3, injured: 5 },
      source: 'Hospital',
      at: '2026-11-24T14:09:00.000+08:00',
      adopt: true,
    })
  })
  it('of correction sends what differs, and its reason', () => {
    const correct = act('incident.correct')
    const start = startValues(correct, incident, now)
    const values = { ...start, reason: 'Heard wrong', unit: 'Works' }
    expect(isUntouched(correct, start, start)).toBe(true)
    expect(isUntouched(correct, values, start)).toBe(false)
    expect(actBody(correct, values, start, now, words)).toEqual({ reason: 'Heard wrong', unit: 'Works' })
  })
  it('of grading starts with what is proposed', () => {
    expect(startValues(act('incident.set_grade'), incident, now)).toEqual({ grade: 'larger', reason: '3 dead' })
  })
  it('of closing needs a reason', () => {
    expect(actFaults(act('incident.close'), { reason: '  ' }, now, words)).toEqual({ reason: 'needed' })
  })
})

describe('a time limit', () => {
  it('is a time to come, or minutes from now', () => {
    expect(dueOf('1830', now)).toBe(Date.parse('2026-11-24T18:30:00+08:00'))
    expect(dueOf('0800', now)).toBe(Date.parse('2026-11-25T08:00:00+08:00'))
    expect(dueOf('+60', now)).toBe(now + 3_600_000)
    expect(dueOf('soon', now)).toBeNull()
  })
})

describe('figures', () => {
  it('are shown when known, a zero too', () => {
    expect(knownFigures({ dead: 0, injured: 2, missing: null })).toEqual([
      { name: 'dead', value: 0 },
      { name: 'injured', value: 2 },
    ])
  })
  it('conflict where statements differ, not where one is silent', () => {
    const statements = [{ figures: { dead: 1, injured: 2 } }, { figures: { dead: 1, injured: 5 } }, { figures: { missing: 1 } }]
    expect([...conflicts(statements)]).toEqual(['injured'])
  })
})

describe('the filter of the timeline', () => {
  it('knows every kind of fact it offers', () => {
    expect(kindOf('incident.figures_stated')).toBe('figures')
    expect(kindOf('incident.phoned')).toBe('reports')
    expect(kindOf('receipt.returned')).toBe('reports')
    expect(kindOf('clock.overdue')).toBe('clocks')
    expect(kindOf('instruction.given')).toBe('instructions')
    expect(kindOf('incident.noted')).toBe('notes')
    expect(kindOf('incident.opened')).toBeNull()
  })
})
