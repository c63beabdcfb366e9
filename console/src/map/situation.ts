/** What the map shows: open incidents, and the areas of received alerts that nobody has answered yet. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { get } from '@/base/api'
import type { Candidate, Grade, IncidentLine, Items, Page, Point } from '@/base/contract'
import { useLive } from '@/base/live'
import type { MapArea, MapPoint } from './contract'
import { middleOf, type LngLat, type Ring } from './geo'
import { levelOfSeverity } from './symbol'

export interface Entry {
  id: string
  kind: 'incident' | 'area'
  /** Null: only its division is known. */
  at: LngLat | null
  grade: Grade | null
  /** Grade or severity as a word. */
  word: string
  title: string
  place: string
  /** RFC 3339 */
  time: string
  incident: string | null
}

const kPage = 200

async function openIncidents(signal: AbortSignal): Promise<IncidentLine[]> {
  const lines: IncidentLine[] = []
  for (let page = 1; ; page++) {
    const answer = await get<Page<IncidentLine>>('/incidents', { state: 'open', page, size: kPage }, signal)
    lines.push(...answer.items)
    if (answer.items.length < kPage) return lines
  }
}

/** Rings as the server sends them, points as objects or as pairs. */
export function ringsOf(area: Candidate['area']): Ring[] {
  return (area ?? []).map((ring) =>
    (ring as (Point | [number, number])[]).map((p) => (Array.isArray(p) ? { lng: p[0], lat: p[1] } : p)),
  )
}

export function useSituation() {
  const { t } = useI18n()
  const { data, problem, loading } = useLive(
    async (signal) => {
      const [incidents, candidates] = await Promise.all([
        openIncidents(signal),
        get<Items<Candidate>>('/candidates', { state: 'waiting' }, signal),
      ])
      return { incidents, candidates: candidates.items }
    },
    (fact) => fact.type.startsWith('incident.') || fact.type.startsWith('candidate.'),
  )
  const incidents = computed(() => data.value?.incidents ?? [])
  const alerts = computed(() =>
    (data.value?.candidates ?? [])
      .map((candidate) => ({ candidate, rings: ringsOf(candidate.area).filter((ring) => ring.length > 2) }))
      .filter(({ rings }) => rings.length > 0),
  )
  const wordOf = (candidate: Candidate) => t(`map.severity.${levelOfSeverity(candidate.severity)}`)

  const points = computed<MapPoint[]>(() =>
    incidents.value.flatMap(({ id, place, grade, title }) =>
      place.point ? [{ id, at: place.point, grade, word: t(`base.grade.${grade}`), title }] : [],
    ),
  )
  const areas = computed<MapArea[]>(() =>
    alerts.value.map(({ candidate, rings }) => ({
      id: candidate.id,
      rings,
      label: `${wordOf(candidate)} · ${candidate.event_text || candidate.headline}`,
      level: levelOfSeverity(candidate.severity),
    })),
  )
  const entries = computed<Entry[]>(() => [
    ...incidents.value.map((line) => ({
      id: line.id,
      kind: 'incident' as const,
      at: line.place.point,
      grade: line.grade,
      word: t(`base.grade.${line.grade}`),
      title: line.title,
      place: [line.place.division_name, line.place.address].filter(Boolean).join(' '),
      time: line.learnt_at,
      incident: line.id,
    })),
    ...alerts.value.map(({ candidate, rings }) => ({
      id: candidate.id,
      kind: 'area' as const,
      at: middleOf(rings),
      grade: null,
      word: wordOf(candidate),
      title: candidate.headline,
      place: candidate.area_desc,
      time: candidate.received_at,
      incident: null,
    })),
  ])
  return { entries, points, areas, problem, loading }
}
