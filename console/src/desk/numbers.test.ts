import { describe, expect, it } from 'vitest'
import type { IncidentLine } from '@/base/contract'
import { atLeast, numbersOf } from './numbers'

describe('the numbers of incidents', () => {
  it('tell two of the same title apart, and one that is not listed has none', () => {
    const open = [
      { id: 'A', number: '2026-0001', title: 'Leak', opened_by: { id: 'city', short: 'City' } },
      { id: 'B', number: '2026-0001', title: 'Leak', opened_by: { id: 'county', short: 'County' } },
    ] as IncidentLine[]
    const numbers = numbersOf(open, 'city')
    expect(['A', 'B', 'C'].map((id) => numbers.get(id))).toEqual(['2026-0001', 'County 2026-0001', undefined])
  })
})

describe('a count', () => {
  it('says where there are more than are listed', () => {
    expect(atLeast(200, true)).toBe('200+')
    expect(atLeast(200, false)).toBe('200')
  })
})
