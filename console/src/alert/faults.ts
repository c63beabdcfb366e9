/** What is wrong with a message that was not taken in. */
import type { Problem } from '@/base/problem'

/** A sentence for each fault that the server found, in its order; none where it told of one only, or of none. */
export function faultsOf({ body }: Problem, locale: string): string[] {
  return (body.errors ?? []).map(({ texts, detail }) => texts?.[locale]?.detail || detail)
}
