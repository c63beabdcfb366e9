/** What became of warnings, as the server counts it from facts. */
import type { Act } from '@/callout/types'
import type { Colour, Ending } from '../types'

export const kOccurrences = ['came', 'partly', 'did_not'] as const
export type Occurrence = (typeof kOccurrences)[number]

/** Messages of one channel. */
export interface ReachCount {
  channel: string
  sent: number
  /** By the gateway, which has said no more. */
  accepted: number
  delivered: number
  failed: number
}

/** What a warning and a year have in common. */
export interface Sums {
  /** Contacts of the issuer in the area, and how many of them were reached. */
  people: number
  people_reached: number
  /** Messages to people, of all nodes. */
  sent: number
  reached: number
  /** Called, by place. */
  places: number
  answered: number
  acted: number
}

export interface WarningFigures extends Sums {
  id: string
  headline: string
  type: { code: string; name: string }
  colour: Colour
  issued_at: string
  channels: ReachCount[]
  unanswered: number
  acts: { act: Act; places: number }[]
  first_answer_s: number | null
  over: boolean
  ending: Ending | null
  /** Less than nothing where it came before the warning. */
  lead_s: number | null
  /** Null: nobody has said. */
  occurrence: Occurrence | null
  observed_at: string | null
  note: string | null
}

/** An incident of which nobody was warned. */
export interface MissedIncident {
  id: string
  number: string
  title: string
  type: { code: string; name: string }
  division_name: string
  learnt_at: string
}

export interface WarningYear extends Sums {
  year: number
  items: WarningFigures[]
  missed: number
  /** The last of them. */
  misses: MissedIncident[]
  first_answer_median_s: number | null
  lead_median_s: number | null
  at: string
  position: number
}
