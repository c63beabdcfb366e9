/**
 * The live feed. One line is held open; it is resumed after the last position seen, so a broken line costs no fact and
 * none comes twice. A line that has been silent for longer than the server ever is counts as broken.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { address, currentWorld, sawPosition } from './api'
import { sawServerTime } from './clock'
import type { Fact } from './contract'

export const kSilenceMs = 40_000
const kPausesMs = [300, 1_000, 2_000, 5_000]

/** What the line needs of the browser; a test brings its own. */
export interface LineSource {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
  onerror: ((event: Event) => void) | null
}

export interface LineEvents {
  /** The line stands; `position` is what the node had reached. First: no line stood before. */
  connected(position: number, first: boolean): void
  fact(fact: Fact): void
  broken(): void
  signedOut(): void
}

export class Line {
  private source: LineSource | null = null
  private last: number | null = null
  private failures = 0
  private watchdog: ReturnType<typeof setTimeout> | undefined
  private reopening: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly open: (after: number | null) => LineSource,
    private readonly events: LineEvents,
  ) {}

  start(): void {
    const source = this.open(this.last)
    this.source = source
    source.addEventListener('hello', (event) => this.hello(event))
    source.addEventListener('fact', (event) => this.fact(event))
    source.addEventListener('time', (event) => this.heard(event))
    source.addEventListener('signed_out', () => {
      this.stop()
      this.events.signedOut()
    })
    source.onerror = () => this.lost()
    this.watch()
  }

  stop(): void {
    clearTimeout(this.watchdog)
    clearTimeout(this.reopening)
    this.source?.close()
    this.source = null
  }

  private hello(event: MessageEvent<string>): void {
    const { position } = this.heard(event) as { position: number }
    const first = this.last === null
    this.last ??= position
    this.failures = 0
    this.events.connected(position, first)
  }

  private fact(event: MessageEvent<string>): void {
    const fact = this.heard(event) as unknown as Fact
    if (this.last !== null && fact.position <= this.last) return
    this.last = fact.position
    this.events.fact(fact)
  }

  private heard(event: MessageEvent<string>): Record<string, unknown> {
    this.watch()
    const data = JSON.parse(event.data) as Record<string, unknown>
    if (typeof data.at === 'string') sawServerTime(data.at)
    return data
  }

  private watch(): void {
    clearTimeout(this.watchdog)
    this.watchdog = setTimeout(() => this.lost(), kSilenceMs)
  }

  private lost(): void {
    this.stop()
    this.events.broken()
    const pause = kPausesMs[Math.min(this.failures, kPausesMs.length - 1)]
    this.failures += 1
    this.reopening = setTimeout(() => this.start(), pause)
  }
}

export type FactListener = (fact: Fact) => void
export type ResyncListener = (position: number) => void

export const useFeed = defineStore('feed', () => {
  const state = ref<'closed' | 'connecting' | 'live' | 'broken'>('closed')
  /** Since when (ms, own clock) the line is broken. */
  const brokenSince = ref<number | null>(null)
  const position = ref(0)
  const onFact = new Set<FactListener>()
  const onConnect = new Set<ResyncListener>()
  const onSignedOut = new Set<() => void>()
  let line: Line | null = null

  function start(): void {
    stop()
    state.value = 'connecting'
    line = new Line(
      (after) => new EventSource(address('/feed', { world: currentWorld(), after })) as unknown as LineSource,
      {
        connected(at) {
          state.value = 'live'
          brokenSince.value = null
          position.value = Math.max(position.value, at)
          for (const call of onConnect) call(at)
        },
        fact(fact) {
          position.value = Math.max(position.value, fact.position)
          sawPosition(fact.position)
          for (const call of onFact) call(fact)
        },
        broken() {
          state.value = 'broken'
          brokenSince.value ??= Date.now()
        },
        signedOut() {
          state.value = 'closed'
          for (const call of onSignedOut) call()
        },
      },
    )
    line.start()
  }

  function stop(): void {
    line?.stop()
    line = null
    state.value = 'closed'
    brokenSince.value = null
    position.value = 0
  }

  return { state, brokenSince, position, onFact, onConnect, onSignedOut, start, stop }
})
