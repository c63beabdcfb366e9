import { expect, it } from 'vitest'
import { isAdoptable } from './call'

it('offers to make an incident of a real alert, and of no drill or test', () => {
  expect(isAdoptable({ drill: false })).toBe(true)
  expect(isAdoptable({ drill: true })).toBe(false)
})
