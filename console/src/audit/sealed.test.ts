import { describe, expect, it } from 'vitest'
import { Problem } from '@/base/problem'
import { erasedBefore, nameOf } from './sealed'

describe('A sealed entry', () => {
  it('is asked about by whose it is, its incident and its time', () => {
    const entry = { id: 'f'.repeat(32), whose: 'informant', incident_number: '2026-0001', recorded_at: '2026-11-24T14:09:11+08:00', erased_at: null } as const
    expect(nameOf(entry, (key) => key)).toBe('audit.whose_informant · 2026-0001 · 2026-11-24 14:09')
    expect(nameOf({ ...entry, whose: 'reporter', incident_number: '' }, (key) => key)).toBe('audit.whose_reporter · 2026-11-24 14:09')
  })

  it('may have been erased by somebody else meanwhile', () => {
    expect(erasedBefore(new Problem(409, 'sealed.erased'))).toBe(true)
    expect(erasedBefore(new Problem(409, 'key.reused'))).toBe(false)
    expect(erasedBefore(null)).toBe(false)
  })
})
