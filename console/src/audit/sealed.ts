/** Sealed personal data, as who erases it sees it: whose it is and to what it belongs, nothing of what it holds. */
import type { Problem } from '@/base/problem'
import { fullTime } from '@/base/time'

export interface SealedEntry {
  id: string
  whose: 'informant' | 'reporter'
  /** '' where it belongs to a candidate. */
  incident_number: string
  recorded_at: string
  erased_at: string | null
}

type Translate = (key: string, values?: Record<string, unknown>) => string

/** In a question before it is erased. */
export function nameOf(entry: SealedEntry, t: Translate): string {
  return [t(`audit.whose_${entry.whose}`), entry.incident_number, fullTime(entry.recorded_at)].filter(Boolean).join(' · ')
}

/** Somebody else has done it since the list was asked for. */
export const erasedBefore = (problem: Problem | null) => problem?.code === 'sealed.erased'
