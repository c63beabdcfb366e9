/**
 * The live feed. One line is held open; it is resumed after the last position seen, so a broken line costs no fact and
 * none comes twice. A line that has been silent for longer than the server ever is counts as broken. A node that was
 * restored from a backup does not know that position: then everything begins anew.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { address, currentWorld, forgetPosition, refusalOf, sawPosition } from './api'
import { sawServerTime, serverTime } from './clock'
import type { Fact } from './contract'
import { EventStream, type LineSource } from './event_stream'

/** Options::heartbeat of the server: a node with nothing to tell says so as often as this. */
const kHeartbeatMs = 15_000
/** One heartbeat and what it may be late by: to open a line anew for nothing costs less than to trust one that is dead. */
export const kSilenceMs = kHeartbeatMs + 5_000
const kPausesMs = [300, 1_000, 2_000, 5_000]

export interface LineEvents {
  /** The line stands; `position` is what the node had reached. First: no line stood before. */
  connected(position: number, first: boolean): void
  fact(fact: Fact): void
  /** `heardAt`: when the last sign of life came in, by the server's clock (ms). */
  broken(heardAt: number): void
  /** The journal no longer reaches what this console has seen. */
  restored(): void
  signedOut(): void
}

export class Line {
  private source: LineSource | null = null
  private last: number | null = null
  private failures = 0
  private watchdog: ReturnType<typeof setTimeout> | undefined
  private reopening: ReturnType<typeof setTimeout> | undefined
  /** Counts what has become of the line: an answer to a question about an earlier one is void. */
  private turn = 0
  /** Server's time, ms; before the first sign of life when it was first waited for. */
  private heardAt: number | null = null

  constructor(
    private readonly open: (after: number | null) => LineSource,
    private readonly events: LineEvents,
    private readonly isBeyond: (position: number) => Promise<boolean>,
  ) {}

  start(): void {
    const source = this.open(this.last)
    this.source = source
    source.addEventListener('hello', (event) => this.hello(event))
    source.addEventListener('fact', (event) => this.fact(event))
    source.addEventListener('signed_out', () => {
      this.stop()
      this.events.signedOut()
    })
    source.onheard = () => this.alive()
    source.onended = (refused) => (refused && this.last !== null ? void this.refused(this.last) : this.lost())
    this.heardAt ??= serverTime()
    this.watch()
  }

  stop(): void {
    this.turn += 1
    clearTimeout(this.watchdog)
    clearTimeout(this.reopening)
    this.reopening = undefined
    this.source?.close()
    this.source = null
  }

  /** The machine says that it has no network: that is sooner than silence tells. */
  unplugged(): void {
    if (this.source) this.lost()
  }

  /** The machine has a network again: whoever waits for the next attempt need not. */
  plugged(): void {
    if (this.reopening === undefined || this.source) return
    clearTimeout(this.reopening)
    this.start()
  }

  private hello(event: { data: string }): void {
    const { position } = this.heard(event) as { position: number }
    const first = this.last === null
    this.last ??= position
    this.failures = 0
    this.events.connected(position, first)
  }

  private fact(event: { data: string }): void {
    const fact = this.heard(event) as unknown as Fact
    if (this.last !== null && fact.position <= this.last) return
    this.last = fact.position
    this.events.fact(fact)
  }

  private heard(event: { data: string }): Record<string, unknown> {
    const data = JSON.parse(event.data) as Record<string, unknown>
    if (typeof data.at === 'string') sawServerTime(data.at)
    this.alive()
    return data
  }

  private alive(): void {
    this.heardAt = serverTime()
    this.watch()
  }

  private watch(): void {
    clearTimeout(this.watchdog)
    this.watchdog = setTimeout(() => this.lost(), kSilenceMs)
  }

  private lost(): void {
    this.stop()
    this.events.broken(this.heardAt ?? serverTime())
    this.reopen()
  }

  private async refused(after: number): Promise<void> {
    this.stop()
    this.events.broken(this.heardAt ?? serverTime())
    const mine = this.turn
    const restored = await this.isBeyond(after)
    if (mine !== this.turn) return
    if (restored) {
      this.last = null
      this.events.restored()
    }
    this.reopen()
  }

  private reopen(): void {
    const pause = kPausesMs[Math.min(this.failures, kPausesMs.length - 1)]
    this.failures += 1
    this.reopening = setTimeout(() => this.start(), pause)
  }
}

export type FactListener = (fact: Fact) => void
export type ResyncListener = (position: number) => void

export const useFeed = defineStore('feed', () => {
  const state = ref<'closed' | 'connecting' | 'live' | 'broken'>('closed')
  /** When the broken line was last heard of (ms, server's clock). */
  const brokenSince = ref<number | null>(null)
  const position = ref(0)
  const onFact = new Set<FactListener>()
  const onConnect = new Set<ResyncListener>()
  const onRestored = new Set<() => void>()
  const onSignedOut = new Set<() => void>()
  let line: Line | null = null
  const toldByMachine = [
    ['offline', () => line?.unplugged()],
    ['online', () => line?.plugged()],
  ] as const

  function start(): void {
    stop()
    state.value = 'connecting'
    const to = (after: number | null) => address('/feed', { world: currentWorld(), after })
    line = new Line(
      (after) => new EventStream(to(after)),
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
        broken(heardAt) {
          brokenSince.value ??= heardAt
          state.value = 'broken'
        },
        restored() {
          forgetPosition()
          position.value = 0
          for (const call of onRestored) call()
        },
        signedOut() {
          state.value = 'closed'
          for (const call of onSignedOut) call()
        },
      },
      async (after) => (await refusalOf(to(after)))?.code === 'position.future',
    )
    line.start()
    for (const [event, told] of toldByMachine) globalThis.addEventListener?.(event, told)
  }

  function stop(): void {
    for (const [event, told] of toldByMachine) globalThis.removeEventListener?.(event, told)
    line?.stop()
    line = null
    state.value = 'closed'
    brokenSince.value = null
    position.value = 0
  }

  return { state, brokenSince, position, onFact, onConnect, onRestored, onSignedOut, start, stop }
})
