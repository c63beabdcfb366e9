/** The timeline as it is read: clocks that start, remind and end by themselves step back behind what happened. */
import type { Leg, TimelineEntry } from '@/base/contract'

/** What a clock does without anybody having to do anything about it: overdue and met are no such thing. */
export const kQuietClocks = ['started', 'reminded', 'released'] as const
const kMostLegs = 3
export type QuietClock = (typeof kQuietClocks)[number]

/** One line: an entry, or all that clocks did by themselves between two others. */
export interface TimelineLine {
  key: string
  quiet: boolean
  /** The newest first. */
  entries: TimelineEntry[]
}

const isQuiet = (entry: TimelineEntry) => kQuietClocks.some((one) => entry.type === `clock.${one}`)

/** `entries`: the newest first. A fold keeps its key while newer ones join it. */
export function folded(entries: TimelineEntry[]): TimelineLine[] {
  const lines: TimelineLine[] = []
  for (const entry of entries) {
    const last = lines.at(-1)
    const quiet = isQuiet(entry)
    if (!quiet || !last?.quiet) lines.push({ key: String(entry.position), quiet, entries: [entry] })
    else {
      last.entries.push(entry)
      last.key = String(entry.position)
    }
  }
  return lines
}

/** What the clocks that start are for, each once, in the order of their start; null: more than one line has room for. */
export function startedLegs(entries: TimelineEntry[]): Leg[] | null {
  const legs = entries.filter((entry) => entry.type === 'clock.started').map((entry) => entry.body.leg as Leg)
  return legs.length > kMostLegs ? null : [...new Set(legs.reverse())]
}

/** How many of each kind are behind a fold. */
export function quietCounts(entries: TimelineEntry[]): { kind: QuietClock; count: number }[] {
  return kQuietClocks
    .map((kind) => ({ kind, count: entries.filter((entry) => entry.type === `clock.${kind}`).length }))
    .filter(({ count }) => count > 0)
}
