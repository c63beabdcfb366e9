/** Incidents by their number: two of one kind in one town bear the same title. */
import type { IncidentLine } from '@/base/contract'
import { numberOf } from '@/incident/number'

export type Numbers = ReadonlyMap<string, string>

/** By the incident's id. What the board tells of clocks, reports and instructions names the incident only by id and title. */
export function numbersOf(open: Pick<IncidentLine, 'id' | 'number' | 'opened_by'>[], own: string | undefined): Numbers {
  return new Map(open.map((line) => [line.id, numberOf(line, own)]))
}

/** A count of what is listed where the list may have been cut: “200+”. */
export function atLeast(count: number, cut: boolean): string {
  return cut ? `${count}+` : String(count)
}
