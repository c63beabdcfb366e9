import { describe, expect, it } from 'vitest'
import { compareTexts } from './compare'
import { bulletinOf, nextKind, reportName } from './names'

const show = (before: string, after: string) =>
  compareTexts(before, after)
    .map((run) => ({ same: run.text, gone: `[-${run.text}]`, come: `[+${run.text}]` })[run.kind])
    .join('')

describe('versions compared', () => {
  it('show what went and what came', () => {
    expect(show('死亡3人，受伤4人。', '死亡4人，受伤4人。')).toBe('死亡[-3][+4]人，受伤4人。')
    expect(show('three cars', 'three burning cars')).toBe('three [+burning ]cars')
    expect(show('same', 'same')).toBe('same')
    expect(show('', 'new')).toBe('[+new]')
    expect(show('old', '')).toBe('[-old]')
    expect(show('', '')).toBe('')
  })
  it('show very long texts whole', () => {
    expect(compareTexts('甲'.repeat(3000), '乙'.repeat(3000)).map((run) => run.kind)).toEqual(['gone', 'come'])
  })
})

describe('reports', () => {
  const t = (key: string, values?: Record<string, unknown>) => key + (values ? JSON.stringify(values) : '')
  it('are named by kind, follow-ups by number', () => {
    expect(reportName({ kind: 'first', ordinal: 0 }, t)).toBe('report.kind.first')
    expect(reportName({ kind: 'follow_up', ordinal: 2 }, t)).toBe('report.follow_up_n{"n":2}')
  })
  it('begin with the first and go on with follow-ups', () => {
    expect(nextKind([])).toBe('first')
    expect(nextKind([{ kind: 'first', state: 'sent' }])).toBe('follow_up')
  })
  it('give the bulletin by the latest that was sent', () => {
    const one = { id: 1, drafted_at: '2026-11-24T14:00', signed_at: '2026-11-24T14:01', sent_at: '2026-11-24T14:02' }
    const two = { id: 2, drafted_at: '2026-11-24T15:00', signed_at: null, sent_at: null }
    expect(bulletinOf([one, two])).toBe(one)
    expect(bulletinOf([two])).toBe(two)
    expect(bulletinOf([])).toBeNull()
  })
})
