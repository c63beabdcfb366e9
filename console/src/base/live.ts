/** A view of the server that renews itself: when a fact that concerns it comes in, and when the line stands again. */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { Fact } from './contract'
import { useFeed } from './feed'
import { problemOf, type Problem } from './problem'

const kGatherMs = 40
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
  /** A fact came in while an answer was on its way: it may be too old. */
  private stale = false
  /** What the answer must have seen at least: the node's position when the line was made. */
  private wanted = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly load: (signal: AbortSignal) => Promise<T>) {}

  /** An answer on its way is awaited, not thrown away: else a busy feed would keep the page from ever being renewed. */
  async reload(): Promise<void> {
    if (this.running) {
      this.stale = true
      return
    }
    do await this.once()
    while (!this.running && !this.problem.value && (this.stale || this.isBehind()))
  }

  soon(pauseMs = kGatherMs): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.reload(), pauseMs)
  }

  connected(position: number): void {
    this.wanted = Math.max(this.wanted, position)
    if (this.problem.value || (!this.running && this.isBehind())) this.soon()
  }

  /** Something else is shown from now on. */
  restart(): void {
    this.stop()
    this.wanted = 0
    this.data.value = null
    this.problem.value = null
    void this.reload()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.running = null
  }

  private async once(): Promise<void> {
    const mine = new AbortController()
    this.running = mine
    this.loading.value = true
    this.stale = false
    try {
      const answer = await this.load(mine.signal)
      if (mine.signal.aborted) return
      this.data.value = answer
      this.problem.value = null
    } catch (thrown) {
      if (mine.signal.aborted) return
      this.problem.value = problemOf(thrown)
      if (this.problem.value.passing) this.soon(kAgainMs)
    } finally {
      if (this.running === mine) {
        this.running = null
        this.loading.value = false
      }
    }
  }

  /** Answers true once for each line: an answer that stays behind is not asked for without end. */
  private isBehind(): boolean {
    const position = (this.data.value as { position?: number } | null)?.position
    const behind = position !== undefined && position < this.wanted
    if (behind) this.wanted = 0
    return behind
  }
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
  const renewal = new Renewal(load)
  const onFact = (fact: Fact) => {
    if (concerns(fact)) renewal.soon()
  }
  const onConnect = (position: number) => renewal.connected(position)
  feed.onFact.add(onFact)
  feed.onConnect.add(onConnect)
  onScopeDispose(() => {
    feed.onFact.delete(onFact)
    feed.onConnect.delete(onConnect)
    renewal.stop()
  })
  watch(source, () => renewal.restart())
  void renewal.reload()
  return { data: renewal.data, problem: renewal.problem, loading: renewal.loading, reload: () => renewal.reload() }
}
