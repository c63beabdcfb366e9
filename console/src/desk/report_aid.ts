/** What the desk is told while it writes: the grade that the tables propose, and incidents that may be the same. */
import { ref, shallowRef, watch, type Ref } from 'vue'
import { get } from '@/base/api'
import type { GradeProposal, Items, SimilarIncident } from '@/base/contract'
import { rfc3339, type TypedTime } from '@/base/time'
import { figuresOf, type PhoneReport } from './phone_report'

const kPauseMs = 150

export function useReportAid(report: PhoneReport, time: Ref<TypedTime>) {
  const proposal = shallowRef<GradeProposal | null>(null)
  const similar = ref<SimilarIncident[]>([])

  /** Asks again when `question` changes; the last answer wins, a failure shows nothing. */
  function ask<T>(question: () => Record<string, string | number> | null, path: string, show: (answer: T | null) => void): void {
    let turn = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    watch(
      () => JSON.stringify(question()),
      (text) => {
        const mine = ++turn
        clearTimeout(timer)
        const query = JSON.parse(text) as Record<string, string | number> | null
        if (!query) return show(null)
        timer = setTimeout(() => {
          get<T>(path, query).then(
            (answer) => mine === turn && show(answer),
            () => mine === turn && show(null),
          )
        }, kPauseMs)
      },
      { immediate: true },
    )
  }

  ask<GradeProposal>(
    () => {
      if (!report.type) return null
      return { type: report.type.value.code, ...(figuresOf(report) as Record<string, number>) }
    },
    '/incidents/grade-proposal',
    (answer) => (proposal.value = answer),
  )
  ask<Items<SimilarIncident>>(
    () => {
      if (!report.type || !report.division) return null
      const at = report.point ?? report.division.value.point
      return {
        type: report.type.value.code,
        division: report.division.value.code,
        ...(at ? { lng: at.lng, lat: at.lat } : {}),
        ...(time.value.kind === 'time' ? { at: rfc3339(time.value.at) } : {}),
      }
    },
    '/incidents/similar',
    (answer) => (similar.value = answer?.items ?? []),
  )
  return { proposal, similar }
}
