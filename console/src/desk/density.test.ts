import { describe, expect, it } from 'vitest'
import { isDense } from './density'

const running = (count: number) => ({ running: count, watched: 0, rest: 0 })

describe('the clocks of the desk', () => {
  it('stand roomy while all can be seen at once', () => {
    expect(isDense(running(6), 1920, 1080)).toBe(false)
    expect(isDense(running(7), 1920, 1080)).toBe(true)
    expect(isDense(running(4), 1366, 768)).toBe(false)
    expect(isDense(running(5), 1366, 768)).toBe(true)
  })
  it('count what is owed by others and what stands still', () => {
    expect(isDense({ running: 5, watched: 3, rest: 0 }, 1920, 1080)).toBe(true)
    expect(isDense({ running: 5, watched: 0, rest: 9 }, 1920, 1080)).toBe(true)
    expect(isDense({ running: 5, watched: 0, rest: 2 }, 1920, 1080)).toBe(false)
  })
  it('stay roomy where the whole page scrolls', () => {
    expect(isDense(running(30), 390, 844)).toBe(false)
  })
})
