import { expect, it } from 'vitest'
import { homeOf, mayOpen } from './home'

it('who works on incidents begins at the desk, an administrator at the administration', () => {
  expect(homeOf(['duty_officer'])).toBe('/desk')
  expect(homeOf(['town_officer', 'liaison'])).toBe('/desk')
  expect(homeOf(['audit_admin'])).toBe('/admin')
  expect(homeOf([])).toBe('/account')
})

it('a page without roles is for everybody, another for any of its roles', () => {
  expect(mayOpen(undefined, [])).toBe(true)
  expect(mayOpen(['leader', 'liaison'], ['liaison'])).toBe(true)
  expect(mayOpen(['leader'], ['system_admin'])).toBe(false)
})
