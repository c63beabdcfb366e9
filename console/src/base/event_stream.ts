/**
 * Server-sent events (WHATWG HTML §9.2), as the node writes them. The browser's own EventSource keeps comments to itself,
 * and they are all that a quiet node says: who does not hear them cannot tell quiet from gone.
 */

/** What the line needs; a test brings its own. */
export interface LineSource {
  addEventListener(type: string, listener: (event: { data: string }) => void): void
  close(): void
  /** Something came in, be it a comment. */
  onheard: (() => void) | null
  /** It ended without being closed. Refused: the node did not open it. */
  onended: ((refused: boolean) => void) | null
}

/** The whole frames in `text`, and what is left of the one that has not come in to its end. */
export function framesOf(text: string): { events: { type: string; data: string }[]; rest: string } {
  const frames = text.split('\n\n')
  const rest = frames.pop()!
  const events = frames.flatMap((frame) => {
    const lines = frame.split('\n')
    const said = (name: string) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2))
    const data = said('data')
    return data.length > 0 ? [{ type: said('event').at(-1) ?? 'message', data: data.join('\n') }] : []
  })
  return { events, rest }
}

export class EventStream implements LineSource {
  onheard: LineSource['onheard'] = null
  onended: LineSource['onended'] = null
  private readonly listeners = new Map<string, (event: { data: string }) => void>()
  private readonly closing = new AbortController()

  constructor(url: string) {
    void this.read(url).then(
      (opened) => this.end(!opened),
      () => this.end(false),
    )
  }

  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(type, listener)
  }

  close(): void {
    this.closing.abort()
  }

  private end(refused: boolean): void {
    if (!this.closing.signal.aborted) this.onended?.(refused)
  }

  /** Until its end; false: the node refused. */
  private async read(url: string): Promise<boolean> {
    const headers = { Accept: 'text/event-stream' }
    const answer = await fetch(url, { headers, cache: 'no-store', credentials: 'same-origin', signal: this.closing.signal })
    if (!answer.ok || !answer.body) return false
    const bytes = answer.body.getReader()
    const decoder = new TextDecoder()
    for (let rest = ''; ; ) {
      const { done, value } = await bytes.read()
      if (done || this.closing.signal.aborted) return true
      this.onheard?.()
      const read = framesOf(rest + decoder.decode(value, { stream: true }))
      rest = read.rest
      for (const { type, data } of read.events) this.tell(type, data)
    }
  }

  /** A listener that fails has not broken the line. */
  private tell(type: string, data: string): void {
    if (this.closing.signal.aborted) return
    try {
      this.listeners.get(type)?.({ data })
    } catch (thrown) {
      reportError(thrown)
    }
  }
}
