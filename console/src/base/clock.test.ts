import { expect, it } from 'vitest'
import { ServerClock } from './clock'

it('the server clock goes by the sample that came fastest', () => {
  const clock = new ServerClock()
  clock.sample(1_000_000, 500)
  clock.sample(1_001_000, 1_400)
  expect(clock.now(2_000)).toBe(1_001_600)
  clock.sample(1_001_500, 2_500)
  expect(clock.now(3_000)).toBe(1_002_600)
})

it('the server clock follows a server that was set back', () => {
  const clock = new ServerClock()
  clock.sample(1_000_000, 0)
  clock.sample(900_000, 1_000)
  expect(clock.now(1_000)).toBe(900_000)
})

it('the server clock forgets old samples and takes no nonsense', () => {
  const clock = new ServerClock()
  expect(clock.known).toBe(false)
  clock.sample(Number.NaN, 0)
  expect(clock.known).toBe(false)
  clock.sample(1_000_500, 0)
  for (let i = 1; i <= 8; ++i) clock.sample(1_000_000 + i * 1_000, i * 1_000)
  expect(clock.now(9_000)).toBe(1_009_000)
})
