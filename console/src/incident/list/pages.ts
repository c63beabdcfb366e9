/** The list in pages of the server, as many as the reader has scrolled to; renews itself when an incident changes. */
import { computed, ref, watch, type Ref } from 'vue'
import { get } from '@/base/api'
import type { IncidentLine, Page } from '@/base/contract'
import { useLive } from '@/base/live'
import { filterToParams, type Filter } from './filter'

export const kPageSize = 100

/** Lines of all pages, each incident once: between two answers a new one may have pushed the others down. */
export function joined(pages: Page<IncidentLine>[]): IncidentLine[] {
  const lines = new Map<string, IncidentLine>()
  for (const line of pages.flatMap((page) => page.items)) if (!lines.has(line.id)) lines.set(line.id, line)
  return [...lines.values()]
}

/** The last page has counted furthest. */
export function counted(pages: Page<IncidentLine>[]): { total: number; atLeast: boolean; ended: boolean } {
  const last = pages[pages.length - 1]!
  const have = pages.reduce((sum, page) => sum + page.items.length, 0)
  return { total: Math.max(last.total, have), atLeast: last.more, ended: last.items.length < kPageSize || (!last.more && have >= last.total) }
}

export function useIncidentPages(filter: Ref<Filter>) {
  const count = ref(1)
  let have: Page<IncidentLine>[] = []
  let growing = false
  /** The reader came to the end while an answer was on its way. */
  let atEnd = false

  async function load(signal: AbortSignal) {
    const kept = growing ? have : []
    growing = false
    const missing = Array.from({ length: count.value - kept.length }, (_, i) => kept.length + i + 1)
    const fetched = await Promise.all(
      missing.map((page) => get<Page<IncidentLine>>('/incidents', filterToParams(filter.value, page, kPageSize), signal)),
    )
    have = [...kept, ...fetched]
    return { lines: joined(have), ...counted(have), position: Math.min(...have.map((page) => page.position)) }
  }

  const asked = () => JSON.stringify(filter.value)
  const restart = () => {
    count.value = 1
    atEnd = false
  }
  watch(asked, restart, { flush: 'sync' })
  const live = useLive(load, (fact) => fact.type.startsWith('incident.') || fact.type.startsWith('clock.'), asked)
  const lines = computed(() => live.data.value?.lines ?? [])
  const total = computed(() => live.data.value?.total ?? null)
  const atLeast = computed(() => live.data.value?.atLeast ?? false)

  function more(): void {
    atEnd = live.loading.value
    if (atEnd || !live.data.value || live.data.value.ended) return
    count.value = have.length + 1
    growing = true
    void live.reload()
  }

  // The table says only once that its end was reached.
  watch(live.loading, () => atEnd && more())

  return { lines, total, atLeast, problem: live.problem, loading: live.loading, more, reload: live.reload }
}
