import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fact } from './contract'
import { kSilenceMs, Line, type LineSource } from './feed'

class Source implements LineSource {
  onerror: ((event: Event) => void) | null = null
  closed = false
  private listeners = new Map<string, (event: MessageEvent<string>) => void>()

  constructor(readonly after: number | null) {}

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener)
  }

  close(): void {
    this.closed = true
  }

  tell(type: string, data: object): void {
    this.listeners.get(type)!({ data: JSON.stringify(data) } as MessageEvent<string>)
  }

  break(): void {
    this.onerror!({} as Event)
  }
}

describe('the live line', () => {
  let sources: Source[]
  let heard: string[]
  let line: Line
  const last = () => sources.at(-1)!

  beforeEach(() => {
    vi.useFakeTimers()
    sources = []
    heard = []
    line = new Line(
      (after) => {
        sources.push(new Source(after))
        return last()
      },
      {
        connected: (position, first) => heard.push(`connected ${position}${first ? ' first' : ''}`),
        fact: (fact: Fact) => heard.push(`fact ${fact.position}`),
        broken: () => heard.push('broken'),
        signedOut: () => heard.push('signed out'),
      },
    )
    line.start()
  })
  afterEach(() => vi.useRealTimers())

  it('starts without a position and tells where the node is', () => {
    expect(last().after).toBeNull()
    last().tell('hello', { position: 41 })
    last().tell('fact', { position: 42 })
    expect(heard).toEqual(['connected 41 first', 'fact 42'])
  })

  it('resumes after the last fact, and a repeated fact is not told again', () => {
    last().tell('hello', { position: 41 })
    last().tell('fact', { position: 42 })
    last().break()
    expect(sources[0]!.closed).toBe(true)
    vi.advanceTimersByTime(300)
    expect(last().after).toBe(42)
    last().tell('hello', { position: 50 })
    last().tell('fact', { position: 42 })
    last().tell('fact', { position: 47 })
    expect(heard).toEqual(['connected 41 first', 'fact 42', 'broken', 'connected 50', 'fact 47'])
  })

  it('resumes from the first hello when it broke before any fact', () => {
    last().tell('hello', { position: 41 })
    last().break()
    vi.advanceTimersByTime(300)
    expect(last().after).toBe(41)
  })

  it('waits longer after each failure and is quick again once it stood', () => {
    last().break()
    vi.advanceTimersByTime(300)
    last().break()
    vi.advanceTimersByTime(999)
    expect(sources).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(sources).toHaveLength(3)
    last().tell('hello', { position: 1 })
    last().break()
    vi.advanceTimersByTime(300)
    expect(sources).toHaveLength(4)
  })

  it('counts as broken when it is silent for longer than the server ever is', () => {
    last().tell('hello', { position: 41 })
    vi.advanceTimersByTime(kSilenceMs - 1)
    last().tell('time', { at: '2026-11-24T14:09:11+08:00' })
    vi.advanceTimersByTime(kSilenceMs - 1)
    expect(heard).not.toContain('broken')
    vi.advanceTimersByTime(1)
    expect(heard).toContain('broken')
  })

  it('stays away when the session has ended', () => {
    last().tell('hello', { position: 41 })
    last().tell('signed_out', {})
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
    expect(heard.at(-1)).toBe('signed out')
  })
})
