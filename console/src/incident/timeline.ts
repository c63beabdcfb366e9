/** The timeline as it is read: clocks that start, remind and end by themselves step back behind what happened. */
import type { TimelineEntry } from '@/base/contract'

/** What a clock does without anybody having to do anything about it: overdue and met are no such thing. */
export const kQuietClocks = ['started', 'reminded', 'released'] as const
export type QuietClock = (typeof kQuietClocks)[number]

/** One line: an entry, or several of clocks in a row. */
export interface TimelineLine {
  key: string
  /** The newest first; one alone stands for itself. */
  entries: TimelineEntry[]
}

const isQuiet = (entry: TimelineEntry) => kQuietClocks.some((one) => entry.type === `clock.${one}`)

/** `entries`: the newest first. A fold keeps its key while newer ones join it. */
export function folded(entries: TimelineEntry[]): TimelineLine[] {
  const lines: TimelineLine[] = []
  let before: TimelineEntry | null = null
  for (const entry of entries) {
    const last = lines.at(-1)
    if (last && before && isQuiet(before) && isQuiet(entry)) {
      last.entries.push(entry)
      last.key = `clocks ${entry.position}`
    } else lines.push({ key: String(entry.position), entries: [entry] })
    before = entry
  }
  return lines
}

/** How many of each kind are behind a fold. */
export function quietCounts(entries: TimelineEntry[]): { kind: QuietClock; count: number }[] {
  return kQuietClocks
    .map((kind) => ({ kind, count: entries.filter((entry) => entry.type === `clock.${kind}`).length }))
    .filter(({ count }) => count > 0)
}
