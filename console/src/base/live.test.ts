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

  it('loads again for a fact that concerns it, once for several that come together', async () => {
    const live = scope.run(() => useLive(load, (one) => one.position !== 9))!
    answers[0]!({ position: 1, text: 'old' })
    await settle()
    tell(9)
    await settle()
    expect(answers).toHaveLength(1)
    tell(2)
    tell(3)
    await settle()
    expect(answers).toHaveLength(2)
    answers[1]!({ position: 3, text: 'new' })
    await settle()
    expect(live.data.value?.text).toBe('new')
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
