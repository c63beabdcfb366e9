import { describe, expect, it } from 'vitest'
import { sectionsFor } from './sections'

const paths = (...roles: string[]) => sectionsFor(roles).map((section) => section.key)

describe('The sections of administration', () => {
  it('are divided among the three administrators', () => {
    expect(paths('system_admin')).toEqual(['organisations', 'people', 'accounts'])
    expect(paths('security_admin')).toEqual(['accounts', 'keys', 'erase'])
    expect(paths('audit_admin')).toEqual(['audit'])
  })

  it('are closed to everybody else', () => {
    expect(paths('duty_officer', 'leader', 'county_officer')).toEqual([])
  })
})
