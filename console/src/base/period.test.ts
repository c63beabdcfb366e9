import { describe, expect, it } from 'vitest'
import { withDay } from './period'

describe('an end of a period', () => {
  const period = { from: '2026-11-20', to: '2026-11-26' }
  it('is set and taken away', () => {
    expect(withDay(period, 'from', '2026-11-21')).toEqual({ from: '2026-11-21', to: '2026-11-26' })
    expect(withDay(period, 'to', '')).toEqual({ from: '2026-11-20', to: '' })
    expect(withDay({ from: '', to: '' }, 'to', '2026-11-26')).toEqual({ from: '', to: '2026-11-26' })
  })
  it('takes the other one along where they would cross', () => {
    expect(withDay(period, 'from', '2026-11-28')).toEqual({ from: '2026-11-28', to: '2026-11-28' })
    expect(withDay(period, 'to', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-01' })
  })
  it('waits for the whole year', () => {
    expect(withDay(period, 'from', '0202-11-21')).toBeNull()
  })
})
