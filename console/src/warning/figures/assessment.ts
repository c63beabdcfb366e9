/** What a desk says of a warning once it is over, as it is typed. */
import { date, hourMinute, millis, rfc3339 } from '@/base/time'
import type { Occurrence, WarningFigures } from './types'

export interface Assessment {
  /** '' until it is said: nothing is taken for granted. */
  occurrence: Occurrence | ''
  /** As an input of day and time has it, in China's time. */
  observed: string
  note: string
}

export const assessmentOf = ({ occurrence, observed_at, note }: WarningFigures): Assessment => ({
  occurrence: occurrence ?? '',
  observed: observed_at ? `${date(observed_at)}T${hourMinute(observed_at)}` : '',
  note: note ?? '',
})

/** Null where there is none. */
export const observedAt = ({ observed }: Assessment) => (observed === '' ? null : millis(`${observed}:00+08:00`))

export type AssessmentFault = 'occurrence_needed' | 'moment_needed' | 'moment_ahead'

/** What did not come has no moment. */
export function faultOf(assessment: Assessment, now: number): AssessmentFault | null {
  if (assessment.occurrence === '') return 'occurrence_needed'
  if (assessment.occurrence === 'did_not') return null
  const at = observedAt(assessment)
  if (at === null) return 'moment_needed'
  return at > now ? 'moment_ahead' : null
}

export function bodyOf(assessment: Assessment) {
  const at = assessment.occurrence === 'did_not' ? null : observedAt(assessment)
  return { occurrence: assessment.occurrence, ...(at !== null && { observed_at: rfc3339(at) }), note: assessment.note.trim() }
}
