/** How pressing a clock is. The steps are those at which the server reminds: 50, 80 and 90 % of the time, then overdue. */
import type { Clock, IncidentLine } from '@/base/contract'

export type Urgency = 'calm' | 'half' | 'high' | 'last' | 'overdue'
export const kUrgencies: Urgency[] = ['calm', 'half', 'high', 'last', 'overdue']

type Span = Pick<Clock, 'starts_at' | 'due_at'>

export function urgencyOf(clock: Span, now: number): Urgency {
  const start = Date.parse(clock.starts_at)
  const due = Date.parse(clock.due_at)
  if (now >= due) return 'overdue'
  const used = due > start ? (now - start) / (due - start) : 1
  if (used >= 0.9) return 'last'
  if (used >= 0.8) return 'high'
  return used >= 0.5 ? 'half' : 'calm'
}

/** Milliseconds until it is due; negative when it is over. */
export function remaining(clock: Span, now: number): number {
  return Date.parse(clock.due_at) - now
}

export function isPending(clock: Clock): boolean {
  return clock.met_at === null && clock.state !== 'met' && clock.state !== 'released'
}

export interface DueGroup {
  incident: string
  title: string
  line: IncidentLine | null
  clocks: Clock[]
}

/**
 * Clocks by incident, what is due first comes first; open incidents on which nothing runs follow. Where the list of
 * clocks was cut, an incident beyond it has the one that it names itself.
 */
export function dueGroups(clocks: Clock[], open: IncidentLine[]): DueGroup[] {
  const lines = new Map(open.map((line) => [line.id, line]))
  const groups = new Map<string, DueGroup>()
  const listed = new Set(clocks.map((clock) => clock.incident))
  const beyond = open.flatMap((line) => (line.next_clock && !listed.has(line.id) ? [line.next_clock] : []))
  const sorted = [...clocks, ...beyond].filter(isPending).sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))
  for (const clock of sorted) {
    const group = groups.get(clock.incident) ?? {
      incident: clock.incident,
      title: clock.incident_title,
      line: lines.get(clock.incident) ?? null,
      clocks: [],
    }
    group.clocks.push(clock)
    groups.set(clock.incident, group)
  }
  for (const line of open) {
    if (!groups.has(line.id)) groups.set(line.id, { incident: line.id, title: line.title, line, clocks: [] })
  }
  return [...groups.values()]
}

/** Remembers each clock's step and tells which have gone up: once each, and nothing for what was so at the start. */
export class StepWatch {
  private steps: Map<string, number> | null = null

  look(clocks: Clock[], now: number): Urgency | null {
    const next = new Map<string, number>()
    let loudest = 0
    for (const clock of clocks.filter(isPending)) {
      const step = kUrgencies.indexOf(urgencyOf(clock, now))
      const before = this.steps?.get(clock.id) ?? (this.steps ? 0 : step)
      if (step > before) loudest = Math.max(loudest, step)
      next.set(clock.id, Math.max(step, before))
    }
    this.steps = next
    return loudest > 0 ? kUrgencies[loudest]! : null
  }
}
