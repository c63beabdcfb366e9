import { afterEach, describe, expect, it, vi } from 'vitest'
import { EventStream, framesOf } from './event_stream'

describe('the frames of a stream of events', () => {
  it('are its events; a comment is none, and what has not come to its end is kept', () => {
    const text = ':\n\nid: 7\nevent: fact\ndata: {"a":1}\n\n:\n\ndata: one\ndata: two\n\nevent: fa'
    const { events, rest } = framesOf(text)
    expect(events).toEqual([{ type: 'fact', data: '{"a":1}' }, { type: 'message', data: 'one\ntwo' }])
    expect(rest).toBe('event: fa')
  })
})

describe('a stream of events', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** What is heard of an answer, until it has ended. */
  async function heardOf(parts: string[] | null): Promise<string[]> {
    const bytes = new Blob(parts ?? []).stream()
    vi.stubGlobal('fetch', async () => (parts ? new Response(bytes) : new Response('', { status: 403 })))
    const heard: string[] = []
    await new Promise<void>((done) => {
      const stream = new EventStream('/feed')
      stream.addEventListener('fact', (event) => heard.push(event.data))
      stream.onheard = () => heard.push('alive')
      stream.onended = (refused) => (heard.push(refused ? 'refused' : 'ended'), done())
    })
    return heard
  }

  it('is heard when only a comment comes, and tells how it ended', async () => {
    expect(await heardOf([':\n\n'])).toEqual(['alive', 'ended'])
    expect(await heardOf(['event: fact\nda', 'ta: 事\n\n'])).toEqual(expect.arrayContaining(['事', 'ended']))
    expect(await heardOf(null)).toEqual(['refused'])
  })

  it('goes on where a listener fails, and what failed is reported', async () => {
    const failed: unknown[] = []
    vi.stubGlobal('reportError', (thrown: unknown) => failed.push(thrown))
    vi.stubGlobal('fetch', async () => new Response('event: fact\ndata: 1\n\nevent: fact\ndata: 2\n\n'))
    const stream = new EventStream('/feed')
    const heard: string[] = []
    stream.addEventListener('fact', ({ data }) => {
      if (data === '1') throw new Error(data)
      heard.push(data)
    })
    await new Promise<boolean>((done) => (stream.onended = done))
    expect([heard, failed]).toEqual([['2'], [new Error('1')]])
  })

  it('that was closed says nothing more', async () => {
    let ended = false
    vi.stubGlobal('fetch', async () => new Response('event: fact\ndata: 1\n\n'))
    const stream = new EventStream('/feed')
    const heard: string[] = []
    stream.addEventListener('fact', (event) => heard.push(event.data))
    stream.onended = () => (ended = true)
    stream.close()
    await new Promise((later) => setTimeout(later, 20))
    expect([heard, ended]).toEqual([[], false])
  })
})
