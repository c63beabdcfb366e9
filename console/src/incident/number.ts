/** Each organisation counts its own incidents: the number of another one's stands behind its name. */
import type { IncidentLine } from '@/base/contract'
import { useSession } from '@/session/store'

type Numbered = Pick<IncidentLine, 'number' | 'organisation'>

export function numberOf(line: Numbered, own: string | undefined): string {
  return line.organisation.id === own ? line.number : `${line.organisation.short} ${line.number}`
}

/** As the organisation that is signed in reads it. */
export function useNumber(): (line: Numbered) => string {
  const session = useSession()
  return (line) => numberOf(line, session.session?.organisation.id)
}
