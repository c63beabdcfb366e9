/** Each organisation counts its own incidents: the number of one that another took down stands behind its name, whoever owns it now. */
import type { IncidentLine } from '@/base/contract'
import { useSession } from '@/session/store'

type Numbered = Pick<IncidentLine, 'number' | 'opened_by'>

/** Whose number it is, where that has to be said. */
export function countedBy(line: Numbered, own: string | undefined): string | null {
  return line.opened_by.id === own ? null : line.opened_by.short
}

export function numberOf(line: Numbered, own: string | undefined): string {
  return [countedBy(line, own), line.number].filter(Boolean).join(' ')
}

/** As the organisation that is signed in reads it. */
export function useNumber(): (line: Numbered) => string {
  const session = useSession()
  return (line) => numberOf(line, session.session?.organisation.id)
}
