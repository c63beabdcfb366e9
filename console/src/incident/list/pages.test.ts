import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import type { Fact, IncidentLine, Page } from '@/base/contract'
import { useFeed } from '@/base/feed'
import { kEmptyFilter } from './filter'
import { counted, joined, kPageSize, useIncidentPages } from './pages'

const asked = vi.hoisted(() => [] as { page: number; answer: (page: unknown) => void }[])
vi.mock('@/base/api', async (original) => ({
  ...(await original<object>()),
  get: (_: string, params: { page: string }) => new Promise((answer) => asked.push({ page: Number(params.page), answer })),
}))

const page = (...ids: string[]) => ({ items: ids.map((id) => ({ id }) as IncidentLine) }) as Page<IncidentLine>
const full = (total: number, more: boolean) => ({ ...page(...Array.from({ length: kPageSize }, (_, i) => `i${i}`)), total, more })

describe('The pages of the list', () => {
  it('are joined in order, an incident that was pushed down only once', () => {
    expect(joined([page('a', 'b'), page('b', 'c')]).map((line) => line.id)).toEqual(['a', 'b', 'c'])
  })

  it('end where a page is not full, or all that was counted is there', () => {
    expect(counted([full(1000, true)])).toEqual({ total: 1000, atLeast: true, ended: false })
    expect(counted([full(200, false), full(200, false)])).toEqual({ total: 200, atLeast: false, ended: true })
    expect(counted([full(120, false), { ...page('x'), total: 101, more: false }])).toMatchObject({ total: 101, ended: true })
  })
})

describe('The list that grows by pages', () => {
  let scope: EffectScope
  const answer = async () => {
    for (const { page, answer } of asked.splice(0))
      answer({ ...full(300, false), items: full(300, false).items.map(({ id }) => ({ id: `${page}${id}` })), position: 1 })
    await vi.advanceTimersByTimeAsync(0)
  }

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    asked.length = 0
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('asks for the next page alone', async () => {
    const { more, lines } = scope.run(() => useIncidentPages(ref(kEmptyFilter)))!
    await answer()
    more()
    expect(asked.map(({ page }) => page)).toEqual([2])
    await answer()
    expect(lines.value).toHaveLength(200)
  })

  it('goes on when its end was reached while it was being renewed', async () => {
    const { more } = scope.run(() => useIncidentPages(ref(kEmptyFilter)))!
    await answer()
    await vi.advanceTimersByTimeAsync(50)
    useFeed().onFact.forEach((call) => call({ position: 2, type: 'incident.opened' } as Fact))
    expect(asked.map(({ page }) => page)).toEqual([1])
    more()
    expect(asked.map(({ page }) => page)).toEqual([1])
    asked.splice(0)[0]!.answer({ ...full(300, false), position: 2 })
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.map(({ page }) => page)).toEqual([2])
  })

  it('forgets that its end was reached when something else is looked for', async () => {
    const filter = ref(kEmptyFilter)
    const { more } = scope.run(() => useIncidentPages(filter))!
    more()
    filter.value = { ...kEmptyFilter, q: '泄漏' }
    await nextTick()
    asked.shift()
    await answer()
    expect(asked).toEqual([])
  })
})
