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
  /** A fact came in while an answer was on its way: it may be too old. */
  let stale = false
  /** What the answer must have seen at least: the node's position when the line was made. */
  let wanted = 0
  let gathering: ReturnType<typeof setTimeout> | undefined

  /** Answers true once for each line: an answer that stays behind is not asked for without end. */
  function isBehind(): boolean {
    const position = (data.value as { position?: number } | null)?.position
    const behind = position !== undefined && position < wanted
    if (behind) wanted = 0
    return behind
  }

  async function once(): Promise<void> {
    const mine = new AbortController()
    running = mine
    loading.value = true
    stale = false
    try {
      const answer = await load(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = null
    } catch (thrown) {
      if (!mine.signal.aborted) problem.value = problemOf(thrown)
    } finally {
      if (running === mine) {
        running = null
        loading.value = false
      }
    }
  }

  /** An answer on its way is awaited, not thrown away: else a busy feed would keep the page from ever being renewed. */
  async function reload(): Promise<void> {
    if (running) {
      stale = true
      return
    }
    do await once()
    while (!running && !problem.value && (stale || isBehind()))
  }

  function soon(): void {
    clearTimeout(gathering)
    gathering = setTimeout(() => void reload(), kGatherMs)
  }

  function onFact(fact: Fact): void {
    if (concerns(fact)) soon()
  }

  function onConnect(position: number): void {
    wanted = Math.max(wanted, position)
    if (problem.value || (!running && isBehind())) soon()
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
    running?.abort()
    running = null
    wanted = 0
    data.value = null
    problem.value = null
    void reload()
  })
  void reload()
  return { data, problem, loading, reload }
}
