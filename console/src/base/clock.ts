/**
 * The server's clock is the only clock. Each `at` from the server was true some latency ago, so of the recent samples the
 * one that is furthest ahead is the best; between samples the machine's monotonic clock carries on.
 */
import { computed, readonly, ref, type Ref } from 'vue'

export const kDriftToleranceMs = 2_000
const kSamples = 8

export class ServerClock {
  private offsets: number[] = []

  /** `at` and `monotonic` in ms. */
  sample(at: number, monotonic: number): void {
    if (!Number.isFinite(at)) return
    const offset = at - monotonic
    // A server that was set back must be followed at once.
    if (this.offsets.length > 0 && offset < Math.max(...this.offsets) - 30_000) this.offsets = []
    this.offsets.push(offset)
    if (this.offsets.length > kSamples) this.offsets.shift()
  }

  get known(): boolean {
    return this.offsets.length > 0
  }

  now(monotonic: number): number {
    return monotonic + Math.max(...this.offsets)
  }
}

const clock = new ServerClock()
const now = ref(Date.now())
const drift = ref(0)
let ticking = false

/** Server time in ms, of this very moment; one's own as long as the server has said nothing. */
export function serverTime(): number {
  return clock.known ? clock.now(performance.now()) : Date.now()
}

function tick(): void {
  now.value = serverTime()
  drift.value = Date.now() - now.value
  setTimeout(tick, 1000 - (now.value % 1000) + 5)
}

export function sawServerTime(at: string): void {
  clock.sample(Date.parse(at), performance.now())
}

/** Server time in ms, renewed each second. */
export function useNow(): Readonly<Ref<number>> {
  if (!ticking) {
    ticking = true
    tick()
  }
  return readonly(now)
}

/** How far this machine's clock runs ahead (ms) when that is worth saying, else null. */
export const ownDrift = computed(() => (Math.abs(drift.value) >= kDriftToleranceMs ? drift.value : null))
