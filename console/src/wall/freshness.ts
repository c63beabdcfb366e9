/** Whether what the wall shows can still be relied on, and as of when it is. */

/** Shorter breaks are mended before anybody could act on them. */
const kUntoldMs = 3_000
export const kOldMs = 60_000

/** One view of the server as it stands. */
export interface Source {
  /** When the server gave it (ms); null: nothing was read yet. */
  at: number | null
  failed: boolean
  /** Nothing tells that it has changed: it is only as good as its age. */
  polled?: boolean
}

export interface Line {
  /** The live line stands: what it does not tell has not changed. */
  live: boolean
  /** When it was last heard of (ms); null: it is not known to be broken. */
  heardAt: number | null
}

export interface Freshness {
  stale: boolean
  /** What is shown is how things stood then (ms); null: nothing was read yet. */
  asOf: number | null
}

export function isBroken({ heardAt }: Line, now: number): boolean {
  return heardAt !== null && now - heardAt > kUntoldMs
}

export function freshness(source: Source, line: Line, now: number): Freshness {
  const { at } = source
  if (at === null) return { stale: false, asOf: null }
  if (isBroken(line, now)) return { stale: true, asOf: Math.max(at, source.polled ? at : line.heardAt!) }
  if (source.polled || source.failed || !line.live) return { stale: now - at > kOldMs, asOf: at }
  return { stale: false, asOf: now }
}
