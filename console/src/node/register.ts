/** The nodes and how they stand: one view for the whole console, since the bar tells of cut lines on every page. */
import { defineStore } from 'pinia'
import { computed, onScopeDispose } from 'vue'
import { kRoles } from '@/account/roles'
import { get } from '@/base/api'
import { mayOpen } from '@/base/home'
import { useLive } from '@/base/live'
import { useSession } from '@/session/store'
import { cutNeighbours, neighbours, restored as restoredAmong } from './cut'
import type { RegisteredNode } from './standing'

export const kSeeNodes = kRoles.filter((role) => role !== 'liaison')

interface Nodes {
  items: RegisteredNode[]
  at: string
}

/** Contact is no fact that the live line would tell of. */
const kEveryMs = 5_000

export const useNodes = defineStore('nodes', () => {
  const session = useSession()
  let asked = 0
  let looked = false
  const { data, problem, loading, reload } = useLive<Nodes | null>(
    async (signal) => {
      asked = performance.now()
      const automatic = !looked
      looked = false
      return mayOpen(kSeeNodes, session.session?.roles ?? []) ? await get<Nodes>('/nodes', {}, signal, automatic) : null
    },
    (fact) => /^(node|organisation)\./.test(fact.type),
    () => session.session?.account,
  )
  const nodes = computed(() => data.value?.items ?? [])
  const cut = computed(() => cutNeighbours(nodes.value))
  const restored = computed(() => restoredAmong(nodes.value))

  /** Renews it while the caller stands: on its page always, elsewhere only where there is a line that could be cut. */
  function follow(always: boolean): void {
    const timer = setInterval(() => {
      const due = performance.now() - asked >= kEveryMs / 2
      if (due && (always || neighbours(nodes.value).length > 0)) void reload()
    }, kEveryMs)
    onScopeDispose(() => clearInterval(timer))
  }
  /** A person wants to see it now. */
  function look(): void {
    looked = true
    void reload()
  }
  return { data, nodes, cut, restored, problem, loading, follow, look }
})
