import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { Session } from '@/base/contract'
import { useSession } from '@/session/store'
import { useNodes } from './register'
import type { RegisteredNode } from './standing'

const asked = vi.hoisted(() => ({ automatic: [] as boolean[], items: [] as unknown[] }))
vi.mock('@/base/api', async (original) => ({
  ...(await original<object>()),
  get: (_path: string, _query: object, _signal: AbortSignal, automatic: boolean) => {
    asked.automatic.push(automatic)
    return Promise.resolve({ items: asked.items, at: '2026-11-27T08:00:00+08:00' })
  },
}))

const child = { id: 'shouguang', relation: 'child', conditions: ['cut_off'], since: null } as unknown as RegisteredNode
const self = { id: 'city', relation: 'self', conditions: ['in_contact'], since: null } as unknown as RegisteredNode

describe('the register of nodes in every page’s bar', () => {
  let scope: EffectScope
  const signedIn = (role: string) => {
    useSession().session = { account: 'a', roles: [role] } as Session
    return scope.run(useNodes)!
  }
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    asked.automatic = []
    asked.items = [self, child]
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('is renewed while there is a line that could be cut, by time alone', async () => {
    const nodes = signedIn('duty_officer')
    scope.run(() => nodes.follow(false))
    await pass(16_000)
    expect(nodes.cut.map(({ id }) => id)).toEqual(['shouguang'])
    expect(asked.automatic).toEqual([true, true, true, true])
    scope.stop()
    await pass(16_000)
    expect(asked.automatic).toHaveLength(4)
  })
  it('is asked for once where a node stands alone, and for its page as its person', async () => {
    asked.items = [self]
    const nodes = signedIn('duty_officer')
    scope.run(() => nodes.follow(false))
    await pass(16_000)
    expect(asked.automatic).toEqual([true])
    nodes.look()
    scope.run(() => nodes.follow(true))
    await pass(6_000)
    expect(asked.automatic).toEqual([true, false, true])
  })
  it('is not asked for by those who may not read it', async () => {
    const nodes = signedIn('liaison')
    scope.run(() => nodes.follow(false))
    await pass(16_000)
    expect([asked.automatic, nodes.cut]).toEqual([[], []])
  })
})
