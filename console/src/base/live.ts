/** A view of the server that renews itself: when a fact that concerns it comes in, and when the line stands again. */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { Fact } from './contract'
import { useFeed } from './feed'
import { problemOf, type Problem } from './problem'

const kGatherMs = 40

export interface Live<T> {
  data: Ref<T | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  reload(): Promise<void>
}

/**
 * `load` may answer `position`: then a line that stands again at that position or before does not load once more.
 * `concerns`: is this fact a reason to load again? `source`: what `load` depends on; when it changes the old is dropped.
 */
export function useLive<T>(
  load: (signal: AbortSignal) => Promise<T>,
  concerns: (fact: Fact) => boolean,
  source: () => unknown = () => null,
): Live<T> {
  const feed = useFeed()
  const data = shallowRef<T | null>(null) as Ref<T | null>
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  let running: AbortController | null = null
  let gathering: ReturnType<typeof setTimeout> | undefined

  async function reload(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    loading.value = true
    try {
      const answer = await load(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = null
    } catch (thrown) {
      if (mine.signal.aborted) return
      problem.value = problemOf(thrown)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  function soon(): void {
    clearTimeout(gathering)
    gathering = setTimeout(() => void reload(), kGatherMs)
  }

  function onFact(fact: Fact): void {
    if (concerns(fact)) soon()
  }

  function onConnect(position: number): void {
    const have = (data.value as { position?: number } | null)?.position ?? 0
    if (problem.value || (!loading.value && have < position)) soon()
    else if (loading.value) soon()
  }

  feed.onFact.add(onFact)
  feed.onConnect.add(onConnect)
  onScopeDispose(() => {
    feed.onFact.delete(onFact)
    feed.onConnect.delete(onConnect)
    clearTimeout(gathering)
    running?.abort()
  })
  watch(source, () => {
    data.value = null
    void reload()
  })
  void reload()
  return { data, problem, loading, reload }
}
