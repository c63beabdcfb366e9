import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fact } from './contract'
import { createPinia, setActivePinia } from 'pinia'
import { get, sawPosition } from './api'
import type { LineSource } from './event_stream'
import { kSilenceMs, Line, useFeed } from './feed'

class Source implements LineSource {
  onheard: LineSource['onheard'] = null
  onended: LineSource['onended'] = null
  closed = false
  private listeners = new Map<string, (event: { data: string }) => void>()

  constructor(readonly after: number | null) {}

  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(type, listener)
  }

  close(): void {
    this.closed = true
  }

  tell(type: string, data: object): void {
    this.listeners.get(type)!({ data: JSON.stringify(data) })
  }

  comment(): void {
    this.onheard!()
  }

  break(): void {
    this.onended!(false)
  }

  refuse(): void {
    this.onended!(true)
  }
}

describe('the live line', () => {
  let sources: Source[]
  let heard: string[]
  let brokenSince: number
  let line: Line
  /** Up to where the journal reaches. */
  let reach: number
  const last = () => sources.at(-1)!

  beforeEach(() => {
    vi.useFakeTimers()
    sources = []
    heard = []
    reach = Infinity
    line = new Line(
      (after) => {
        sources.push(new Source(after))
        return last()
      },
      {
        connected: (position, first) => heard.push(`connected ${position}${first ? ' first' : ''}`),
        fact: (fact: Fact) => heard.push(`fact ${fact.position}`),
        broken: (heardAt) => {
          heard.push('broken')
          brokenSince = heardAt
        },
        restored: () => heard.push('restored'),
        signedOut: () => heard.push('signed out'),
      },
      async (position) => position > reach,
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

  it('counts as broken when not even a comment came for longer than the server ever lets pass', () => {
    last().tell('hello', { position: 41 })
    vi.advanceTimersByTime(kSilenceMs - 1)
    last().comment()
    vi.advanceTimersByTime(kSilenceMs - 1)
    expect(heard).not.toContain('broken')
    vi.advanceTimersByTime(1)
    expect(heard).toContain('broken')
  })

  it('is broken since it was last heard of, by the clock of the server, and opening it anew is no sign of life', () => {
    last().tell('hello', { position: 41, at: '2126-11-24T14:09:00+08:00' })
    vi.advanceTimersByTime(9_000)
    last().comment()
    vi.advanceTimersByTime(kSilenceMs)
    expect(brokenSince).toBe(Date.parse('2126-11-24T14:09:09+08:00'))
    brokenSince = 0
    vi.advanceTimersByTime(300 + kSilenceMs)
    expect(brokenSince).toBe(Date.parse('2126-11-24T14:09:09+08:00'))
  })

  it('begins anew when the journal does not reach what was seen', async () => {
    last().tell('hello', { position: 41 })
    last().break()
    vi.advanceTimersByTime(300)
    reach = 30
    last().refuse()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(last().after).toBeNull()
    last().tell('hello', { position: 30 })
    last().tell('fact', { position: 31 })
    expect(heard).toEqual(['connected 41 first', 'broken', 'broken', 'restored', 'connected 30 first', 'fact 31'])
  })

  it('keeps its position when it is refused for another reason, and asks nothing once it is stopped', async () => {
    last().tell('hello', { position: 41 })
    last().refuse()
    await vi.advanceTimersByTimeAsync(300)
    expect(last().after).toBe(41)
    reach = 30
    last().refuse()
    line.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sources).toHaveLength(2)
    expect(heard).not.toContain('restored')
  })

  it('breaks when the machine loses its network, and stands as soon as there is one again', () => {
    last().tell('hello', { position: 41 })
    line.unplugged()
    line.unplugged()
    expect(sources[0]!.closed).toBe(true)
    expect(heard).toEqual(['connected 41 first', 'broken'])
    line.plugged()
    expect(sources).toHaveLength(2)
    expect(last().after).toBe(41)
    line.plugged()
    vi.advanceTimersByTime(300)
    expect(sources).toHaveLength(2)
  })

  it('is not opened by a network once it was stopped', () => {
    line.stop()
    line.plugged()
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
  })

  it('stays away when the session has ended', () => {
    last().tell('hello', { position: 41 })
    last().tell('signed_out', {})
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
    expect(heard.at(-1)).toBe('signed out')
  })
})

describe('the feed of a node that was restored from a backup', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is asked why it refuses; reads then ask for no position, and what is shown is told to load anew', async () => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    const asked: string[] = []
    let line: ReadableStreamDefaultController<Uint8Array>
    const opened = () => new Response(new ReadableStream({ start: (controller) => void (line = controller) }))
    const json = (body: object, status: number) =>
      Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }))
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url)
      if (!url.includes('/feed')) return json({}, 200)
      return url.includes('after') ? json({ code: 'position.future' }, 400) : Promise.resolve(opened())
    })
    const feed = useFeed()
    let anew = 0
    feed.onRestored.add(() => ++anew)
    feed.start()
    await vi.advanceTimersByTimeAsync(0)
    line!.enqueue(new TextEncoder().encode('event: hello\ndata: {"position":41}\n\n'))
    await vi.advanceTimersByTimeAsync(0)
    expect([feed.state, feed.position]).toEqual(['live', 41])
    sawPosition(41)
    await get('/duty/board')
    line!.close()
    await vi.advanceTimersByTimeAsync(300)
    await vi.advanceTimersByTimeAsync(1_000)
    await get('/duty/board')
    const [board, feedAt] = ['/api/v1/duty/board', '/api/v1/feed?world=real']
    expect(asked).toEqual([feedAt, `${board}?after=41`, `${feedAt}&after=41`, `${feedAt}&after=41`, feedAt, board])
    expect([anew, feed.position]).toEqual([1, 0])
    feed.stop()
  })
})
