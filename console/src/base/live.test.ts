import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import type { Fact } from './contract'
import { useFeed } from './feed'
import { useLive } from './live'

interface View {
  position: number
  text: string
}

describe('a view that renews itself', () => {
  let scope: EffectScope
  let answers: ((view: View) => void)[]
  const load = () => new Promise<View>((resolve) => answers.push(resolve))
  const fact = (position: number) => ({ position, type: 'incident.noted' }) as Fact
  const tell = (position: number) => useFeed().onFact.forEach((call) => call(fact(position)))
  const settle = () => vi.advanceTimersByTimeAsync(50)

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    scope = effectScope()
    answers = []
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('loads at once for a fact that concerns it, and once for several that one answer has seen', async () => {
    const live = scope.run(() => useLive(load, (one) => one.position !== 9))!
    answers[0]!({ position: 1, text: 'old' })
    await settle()
    tell(9)
    expect(answers).toHaveLength(1)
    tell(2)
    expect(answers).toHaveLength(2)
    tell(3)
    answers[1]!({ position: 3, text: 'new' })
    await settle()
    expect(live.data.value?.text).toBe('new')
    expect(answers).toHaveLength(2)
  })

  it('waits between two loads, so that a burst is gathered', async () => {
    scope.run(() => useLive(load, () => true))
    answers[0]!({ position: 1, text: 'first' })
    await vi.advanceTimersByTimeAsync(0)
    tell(2)
    tell(3)
    expect(answers).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(30)
    tell(4)
    await vi.advanceTimersByTimeAsync(11)
    expect(answers).toHaveLength(2)
  })

  it.each([
    [300, 600],
    [5000, 1000],
  ])('that took %i ms is loaded again after %i ms at the earliest', async (took, pause) => {
    scope.run(() => useLive(load, () => true))
    await vi.advanceTimersByTimeAsync(took)
    answers[0]!({ position: 1, text: 'long' })
    await vi.advanceTimersByTimeAsync(0)
    tell(2)
    await vi.advanceTimersByTimeAsync(pause - 10)
    expect(answers).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(20)
    expect(answers).toHaveLength(2)
  })

  it('asks anew for what was told during an answer that names no position', async () => {
    const live = scope.run(() => useLive(() => load() as Promise<Partial<View>>, () => true))!
    tell(2)
    ;(answers[0] as (view: Partial<View>) => void)({ text: 'before' })
    await settle()
    expect(answers).toHaveLength(2)
    ;(answers[1] as (view: Partial<View>) => void)({ text: 'after' })
    await settle()
    expect(live.data.value?.text).toBe('after')
    expect(answers).toHaveLength(2)
    tell(3)
    expect(answers).toHaveLength(3)
  })

  it('shows the answer on its way and then asks again, however busy the feed is', async () => {
    const live = scope.run(() => useLive(load, () => true))!
    for (let i = 2; i < 6; ++i) {
      tell(i)
      await settle()
    }
    expect(answers).toHaveLength(1)
    answers[0]!({ position: 1, text: 'first' })
    await settle()
    expect(live.data.value?.text).toBe('first')
    await vi.advanceTimersByTimeAsync(400)
    expect(answers).toHaveLength(2)
  })

  it('asks again when it is behind the line, and only then', async () => {
    scope.run(() => useLive(load, () => true))
    useFeed().onConnect.forEach((call) => call(5))
    answers[0]!({ position: 4, text: 'behind' })
    await settle()
    expect(answers).toHaveLength(2)
    answers[1]!({ position: 5, text: 'level' })
    await settle()
    useFeed().onConnect.forEach((call) => call(5))
    await settle()
    expect(answers).toHaveLength(2)
  })

  it('is loaded anew when the node was restored, whatever it had seen', async () => {
    const live = scope.run(() => useLive(load, () => true))!
    answers[0]!({ position: 9, text: 'lost' })
    await settle()
    useFeed().onRestored.forEach((call) => call())
    expect(live.data.value).toBeNull()
    answers[1]!({ position: 4, text: 'restored' })
    await settle()
    expect(live.data.value?.text).toBe('restored')
  })

  it('drops the answer for what is no longer shown', async () => {
    const id = ref('a')
    const live = scope.run(() => useLive(load, () => true, () => id.value))!
    id.value = 'b'
    await settle()
    answers[0]!({ position: 1, text: 'a' })
    await settle()
    expect(live.data.value).toBeNull()
    answers[1]!({ position: 1, text: 'b' })
    await settle()
    expect(live.data.value?.text).toBe('b')
  })
})
