/** Sums over the messages of a batch or of a channel. */
import { kParts, type Batch, type Part, type Tally } from './types'

export const countOf = (tally: Tally) => kParts.reduce((sum, part) => sum + tally[part], 0)

/** All channels together. */
export function totalOf(tallies: Tally[]): Tally {
  const total = { channel: '', ...Object.fromEntries(kParts.map((part) => [part, 0])) } as Tally
  for (const tally of tallies) for (const part of kParts) total[part] += tally[part]
  return total
}

/** The parts that are there, with their share of all in percent; a single message is still to be seen. */
export function sharesOf(tally: Tally): { part: Part; count: number; share: number }[] {
  const all = countOf(tally)
  return kParts.flatMap((part) => (tally[part] > 0 ? [{ part, count: tally[part], share: Math.max(0.5, (100 * tally[part]) / all) }] : []))
}

/** After that no report of delivery is waited for: some gateways never send one. */
const kReportsMs = 30 * 60_000

/** Figures may still change by themselves. */
export function isMoving(batches: Batch[], now: number): boolean {
  return batches.some(({ complete, cancelled, opened_at, channels }) => {
    const { queued, in_flight, accepted } = totalOf(channels)
    return (!complete && !cancelled) || queued + in_flight > 0 || (accepted > 0 && now - Date.parse(opened_at) < kReportsMs)
  })
}
