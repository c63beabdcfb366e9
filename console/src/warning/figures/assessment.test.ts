import { describe, expect, it } from 'vitest'
import { assessmentOf, bodyOf, faultOf, type Assessment } from './assessment'
import type { WarningFigures } from './types'

const kNow = Date.parse('2026-07-20T12:00:00+08:00')
const said = (more: Partial<Assessment> = {}): Assessment => ({ occurrence: 'came', observed: '2026-07-20T09:30', note: ' 水位超警 ', ...more })

describe('An assessment', () => {
  it('needs what came of it, and when it began where it came', () => {
    expect(faultOf(said(), kNow)).toBe(null)
    expect(faultOf(said({ occurrence: '' }), kNow)).toBe('occurrence_needed')
    expect(faultOf(said({ observed: '' }), kNow)).toBe('moment_needed')
    expect(faultOf(said({ observed: '2026-07-20T12:01' }), kNow)).toBe('moment_ahead')
    expect(faultOf(said({ occurrence: 'did_not', observed: '' }), kNow)).toBe(null)
  })
  it('is sent in the time of the place, without a moment of what did not come', () => {
    expect(bodyOf(said())).toEqual({ occurrence: 'came', observed_at: '2026-07-20T09:30:00.000+08:00', note: '水位超警' })
    expect(bodyOf(said({ occurrence: 'did_not' }))).toEqual({ occurrence: 'did_not', note: '水位超警' })
  })
  it('begins with what was said before', () => {
    const figures = { occurrence: 'partly', observed_at: '2026-07-20T09:30:00.000+08:00', note: '局部' } as WarningFigures
    expect(assessmentOf(figures)).toEqual({ occurrence: 'partly', observed: '2026-07-20T09:30', note: '局部' })
    expect(assessmentOf({ occurrence: null, observed_at: null, note: null } as WarningFigures)).toEqual({ occurrence: '', observed: '', note: '' })
  })
})
