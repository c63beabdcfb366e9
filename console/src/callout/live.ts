/** Callouts as they stand, renewed by the feed. */
import { get } from '@/base/api'
import { useLive } from '@/base/live'
import type { CalloutPage } from './types'

const kPrefix = 'callout/'

/** Of a fact's stream; null: of something else. */
export function warningOf(stream: string): string | null {
  const end = stream.lastIndexOf('/')
  return stream.startsWith(kPrefix) && end > kPrefix.length ? stream.slice(kPrefix.length, end) : null
}

export const useCalloutsOn = (warning: () => string) =>
  useLive(
    (signal) => get<CalloutPage>(`/warnings/${warning()}/callouts`, {}, signal),
    (fact) => warningOf(fact.stream) === warning(),
    warning,
  )

export const calloutPath = ({ id }: { id: string }) => `/callouts/${id}`
