/** What the wall shows, renewed by the feed: a few of everything, however much there is. */
import { get } from '@/base/api'
import { kGrades, type Incident, type IncidentLine, type Page } from '@/base/contract'
import { useLive } from '@/base/live'
import type { CalloutPage } from '@/callout/types'
import type { WarningPage } from '@/warning/types'
import { gravest, statedAt } from './order'

/** Incidents of each grade that are read: more than a wall can hold. */
const kMost = 8
/** How many of them are asked when their figures were stated. */
const kAsked = 6

export interface WallIncident {
  line: IncidentLine
  /** When its figures were stated; null: not known here. */
  statedAt: string | null
}

interface Incidents {
  items: WallIncident[]
  total: number
  at: string
  position: number
}

type Told = Pick<WallIncident, 'statedAt'> & { version: number }

/** One incident is asked again only when it has changed; who may not see it whole sees its line. */
function figureTimes() {
  let known = new Map<string, Told>()
  return async (lines: IncidentLine[], signal: AbortSignal): Promise<Map<string, Told>> => {
    const told = await Promise.all(
      lines.map(async ({ id, version }): Promise<[string, Told]> => {
        const before = known.get(id)
        if (before?.version === version) return [id, before]
        const whole = await get<Incident>(`/incidents/${id}`, {}, signal).catch(() => null)
        return [id, { version: whole ? version : -1, statedAt: whole && statedAt(whole.figure_statements) }]
      }),
    )
    return (known = new Map(told))
  }
}

export function useIncidents() {
  const times = figureTimes()
  return useLive<Incidents>(
    async (signal) => {
      const pages = await Promise.all(kGrades.map((grade) => get<Page<IncidentLine>>('/incidents', { state: 'open', grade, size: kMost }, signal)))
      const lines = gravest(pages.flatMap((page) => page.items)).slice(0, 2 * kMost)
      const told = await times(lines.slice(0, kAsked), signal)
      return {
        items: lines.map((line) => ({ line, statedAt: told.get(line.id)?.statedAt ?? null })),
        total: pages.reduce((sum, { total }) => sum + total, 0),
        at: pages[0]!.at,
        position: Math.min(...pages.map(({ position }) => position)),
      }
    },
    (fact) => /^(incident|clock|report|receipt)\./.test(fact.type),
  )
}

export const useWarnings = () =>
  useLive(
    (signal) => get<WarningPage>('/warnings', { state: 'issued' }, signal),
    (fact) => fact.type.startsWith('warning.') && !fact.type.endsWith('drafted'),
  )

export const useCallouts = () =>
  useLive(
    (signal) => get<CalloutPage>('/callouts', {}, signal),
    (fact) => fact.type.startsWith('callout.') || /^warning\.(issued|cancelled|expired)$/.test(fact.type),
  )
