import { describe, expect, it } from 'vitest'
import { lacksSuperior } from './superior'

describe('an organisation without a superior', () => {
  const register = [
    { id: 'city', superior: 'province' },
    { id: 'county', superior: null },
  ]
  it('is told so, and nobody else is', () => {
    expect(lacksSuperior(register, 'county')).toBe(true)
    expect(lacksSuperior(register, 'city')).toBe(false)
  })
  it('is told nothing before the register is known', () => {
    expect(lacksSuperior([], 'county')).toBe(false)
    expect(lacksSuperior(register, undefined)).toBe(false)
  })
})
