import { describe, expect, it } from 'vitest'
import { calloutPath, warningOf } from './live'

describe('The stream of a callout', () => {
  it('names the warning, whatever its id holds', () => {
    expect(warningOf('callout/370700.17/o-370783')).toBe('370700.17')
    expect(warningOf('callout/a/b/o')).toBe('a/b')
  })
  it('is told from those of other things', () => {
    for (const stream of ['warning/370700.17', 'callout/', 'callout/370700.17', 'incident/1/2']) expect(warningOf(stream), stream).toBeNull()
  })
  it('stands in the address as warning and organisation', () => {
    expect(calloutPath({ id: '370700.17/o-370783' })).toBe('/callouts/370700.17/o-370783')
  })
})
