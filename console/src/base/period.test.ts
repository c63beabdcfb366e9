import { describe, expect, it } from 'vitest'
import { dayTyped, withDay } from './period'

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
})

describe('a day that is typed', () => {
  const now = Date.parse('2026-11-26T03:00:00+08:00')
  const read = (text: string) => dayTyped(text, now)
  it('is read with and without its year and marks', () => {
    expect(['1120', '11-20', '11.20', '11月20日', '20261120', '2026-11-20', '2026/11/20', '２０２６年11月20日'].map(read)).toEqual(
      Array(8).fill('2026-11-20'),
    )
    expect(read('3-5')).toBe('2026-03-05')
    expect(read(' ')).toBe('')
  })
  it('without its year lies in the past', () => {
    expect([read('1126'), read('1127'), read('2027-01-01')]).toEqual(['2026-11-26', '2025-11-27', '2027-01-01'])
  })
  it('must be one', () => {
    expect(['1340', '11', 'x', '2026-13-01', '112', '2026-02-30'].map(read)).toEqual(Array(6).fill(null))
  })
})
