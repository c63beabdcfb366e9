/** A view of the server that renews itself: when a fact that concerns it comes in, and when the line stands again. */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { Fact } from './contract'
import { useFeed } from './feed'
import { problemOf, type Problem } from './problem'

/**
 * Between two loads at least, or twice what the last one took, within limits: a burst of facts costs one load in such a
 * time, and what is costly to load is not always being loaded; a single fact waits for none of it.
 */
const kPaceMs = 40
const kSlowestPaceMs = 1_000
const kAgainMs = 3_000

export interface Live<T> {
  data: Ref<T | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  reload(): Promise<void>
}

/** Keeps one answer fresh: never two loads at once, and none whose answer is already known to be too old. */
class Renewal<T> implements Live<T> {
  readonly data = shallowRef<T | null>(null) as Ref<T | null>
  readonly problem = shallowRef<Problem | null>(null)
  readonly loading = ref(false)
  private running: AbortController | null = null
  /** Told since the last load began: what the answer must have seen. What was told before, it has seen. */
  private wanted = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private endedAt = -Infinity
  private tookMs = 0

  constructor(private readonly load: (signal: AbortSignal) => Promise<T>) {}

  /** An answer on its way is awaited, not thrown away: else a busy feed would keep the page from ever being renewed. */
  async reload(): Promise<void> {
    this.unplan()
    if (this.running) this.wanted = Infinity
    else await this.once()
  }

  /** The node has reached `position`, by a fact that matters here or before the line stood. */
  told(position: number): void {
    this.wanted = Math.max(this.wanted, position)
    if (!this.running && (this.problem.value || this.isOld())) this.soon()
  }

  /** Something else is shown from now on. */
  restart(): void {
    this.stop()
    this.data.value = null
    this.problem.value = null
    void this.reload()
  }

  stop(): void {
    this.unplan()
    this.running?.abort()
    this.running = null
  }

  private soon(pauseMs = this.endedAt + Math.min(kSlowestPaceMs, Math.max(kPaceMs, 2 * this.tookMs)) - performance.now()): void {
    this.unplan()
    if (pauseMs <= 0) void this.reload()
    else this.timer = setTimeout(() => void this.reload(), pauseMs)
  }

  private unplan(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private async once(): Promise<void> {
    const mine = new AbortController()
    this.running = mine
    this.loading.value = true
    this.wanted = 0
    const began = performance.now()
    try {
      const answer = await this.load(mine.signal)
      if (mine.signal.aborted) return
      this.data.value = answer
      this.problem.value = null
    } catch (thrown) {
      if (mine.signal.aborted) return
      this.problem.value = problemOf(thrown)
    }
    this.running = null
    this.loading.value = false
    this.endedAt = performance.now()
    this.tookMs = this.endedAt - began
    if (this.isOld()) this.soon()
    else if (this.problem.value?.passing) this.soon(kAgainMs)
  }

  /** An answer without a position is too old for whatever was told since it was asked for. */
  private isOld(): boolean {
    return this.wanted > ((this.data.value as { position?: number } | null)?.position ?? 0)
  }
}

/**
 * `load` may answer `position`: then what is told of that position or before does not load once more.
 * `concerns`: is this fact a reason to load again? `source`: what `load` depends on; when it changes the old is dropped.
 */
export function useLive<T>(
  load: (signal: AbortSignal) => Promise<T>,
  concerns: (fact: Fact) => boolean,
  source: () => unknown = () => null,
): Live<T> {
  const feed = useFeed()
  const renewal = new Renewal(load)
  const onFact = (fact: Fact) => {
    if (concerns(fact)) renewal.told(fact.position)
  }
  const onConnect = (position: number) => renewal.told(position)
  const onRestored = () => renewal.restart()
  feed.onFact.add(onFact)
  feed.onConnect.add(onConnect)
  feed.onRestored.add(onRestored)
  onScopeDispose(() => {
    feed.onFact.delete(onFact)
    feed.onConnect.delete(onConnect)
    feed.onRestored.delete(onRestored)
    renewal.stop()
  })
  watch(source, () => renewal.restart())
  void renewal.reload()
  return { data: renewal.data, problem: renewal.problem, loading: renewal.loading, reload: () => renewal.reload() }
}
