import { describe, expect, it } from 'vitest'
import type { IncidentLine } from '@/base/contract'
import { countedBy, numberOf } from './number'

describe('the number of an incident', () => {
  const line = { number: '2026-0001', organisation: { id: 'city', short: '市局' }, opened_by: { id: 'county', short: '寿光市' } } as IncidentLine
  it('is plain at home and names the organisation elsewhere', () => {
    expect(numberOf(line, 'county')).toBe('2026-0001')
    expect(numberOf(line, 'city')).toBe('寿光市 2026-0001')
    expect(countedBy(line, 'county')).toBeNull()
    expect(countedBy(line, 'city')).toBe('寿光市')
  })
})
