/** The incident that is open: itself and its timeline, renewed by every fact that concerns it. */
import type { Ref } from 'vue'
import { get } from '@/base/api'
import type { Incident, TimelineEntry } from '@/base/contract'
import { useLive } from '@/base/live'

interface Timeline {
  items: TimelineEntry[]
  position: number
}

export function useWorkspace(id: Ref<string>) {
  const concerns = (fact: { incident: string | null; stream: string }) => fact.incident === id.value || fact.stream.endsWith(id.value)
  const incident = useLive((signal) => get<Incident>(`/incidents/${id.value}`, {}, signal), concerns, () => id.value)
  const timeline = useLive((signal) => get<Timeline>(`/incidents/${id.value}/timeline`, {}, signal), concerns, () => id.value)
  return { incident, timeline }
}

export const kTimelineKinds = ['figures', 'reports', 'clocks', 'instructions', 'notes'] as const
export type TimelineKind = (typeof kTimelineKinds)[number]

/** Which filter a timeline entry belongs to; null: only shown among all. */
export function kindOf(type: string): TimelineKind | null {
  if (type === 'incident.figures_stated' || type === 'incident.graded') return 'figures'
  if (/^(report|receipt)\.|^incident\.phoned$/.test(type)) return 'reports'
  if (type.startsWith('clock.')) return 'clocks'
  if (type.startsWith('instruction.')) return 'instructions'
  return type === 'incident.noted' || type === 'incident.corrected' ? 'notes' : null
}
