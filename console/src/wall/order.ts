/** What a leader must see first: of incidents, of places that have not answered, of those who must take a warning on. */
import { kGrades, type FigureStatement, type IncidentLine } from '@/base/contract'
import { decisionOf, minutesOf, nextCallAt, standOf, type Decision, type Stand } from '@/callout/standing'
import type { Call, Callout, Place } from '@/callout/types'
import { kColours, type Colour, type Warning } from '@/warning/types'

const lost = ({ figures }: IncidentLine) => (figures.dead ?? 0) + (figures.missing ?? 0)

/** The gravest first; of one grade who has lost most, then what is newest. */
export function gravest(incidents: IncidentLine[]): IncidentLine[] {
  const grade = (line: IncidentLine) => kGrades.indexOf(line.grade)
  return [...incidents].sort((a, b) => grade(a) - grade(b) || lost(b) - lost(a) || Date.parse(b.learnt_at) - Date.parse(a.learnt_at))
}

const rankOf = (colour: Colour | null | undefined) => (colour ? kColours.indexOf(colour) : kColours.length)

/** The gravest first, then what ends last: that is longest in force. */
export function inForce(warnings: Warning[]): Warning[] {
  const ends = (warning: Warning) => Date.parse(warning.in_force?.content.expires ?? '') || 0
  return warnings
    .filter(({ in_force }) => in_force !== null)
    .sort((a, b) => rankOf(a.in_force?.content.colour) - rankOf(b.in_force?.content.colour) || ends(b) - ends(a))
}

export type Colours = Map<string, Colour>

export const coloursOf = (warnings: Warning[]): Colours =>
  new Map(warnings.flatMap(({ id, in_force }) => (in_force ? [[id, in_force.content.colour] as const] : [])))

/** A place without an answer. */
export interface Silent {
  key: string
  callout: Callout
  place: Place
  colour: Colour | null
  stand: Exclude<Stand, 'answered'>
  /** Who was called last; null: nobody yet. */
  last: Call | null
  /** How many of its people were called, by whatever way. */
  called: number
  /** When the next one is called (ms). */
  nextAt: number | null
}

/** The gravest colour first, then where nobody is left to call, then who has waited longest. */
export function silent(callouts: Callout[], colours: Colours): Silent[] {
  const found = callouts.flatMap((callout) =>
    callout.places.flatMap((place): Silent[] => {
      const stand = standOf(place)
      if (stand === 'answered') return []
      const called = new Set(place.calls.map(({ callee }) => callee)).size
      const colour = colours.get(callout.warning) ?? null
      return [{ key: `${callout.id}/${place.number}`, callout, place, colour, stand, last: place.calls.at(-1) ?? null, called, nextAt: nextCallAt(callout, place) }]
    }),
  )
  const since = ({ callout, place }: Silent) => Date.parse(place.calls[0]?.at ?? callout.opened_at)
  const unanswered = ({ stand }: Silent) => Number(stand !== 'unanswered')
  return found.sort((a, b) => rankOf(a.colour) - rankOf(b.colour) || unanswered(a) - unanswered(b) || since(a) - since(b) || (a.key < b.key ? -1 : 1))
}

/** Whole minutes that a place has been silent; before its first call since the callout began. */
export const silentMinutes = ({ callout, place }: Silent, now: number): number =>
  minutesOf(place, now) ?? Math.max(0, Math.floor((now - Date.parse(callout.opened_at)) / 60_000))

export interface Taking {
  callout: Callout
  decision: Exclude<Decision, 'none'>
  colour: Colour | null
}

const kDecisions = ['declined', 'late', 'waits', 'accepted'] as const

/** Who must say that a warning is carried out: those first on whom one cannot rely, then who has least time left. */
export function takings(callouts: Callout[], colours: Colours, now: number): Taking[] {
  const found = callouts.flatMap((callout): Taking[] => {
    const decision = decisionOf(callout, now)
    return decision === 'none' ? [] : [{ callout, decision, colour: colours.get(callout.warning) ?? null }]
  })
  const rank = ({ decision }: Taking) => kDecisions.indexOf(decision)
  const due = ({ callout }: Taking) => Date.parse(callout.decide_by ?? '') || 0
  return found.sort((a, b) => rank(a) - rank(b) || rankOf(a.colour) - rankOf(b.colour) || due(a) - due(b) || (a.callout.id < b.callout.id ? -1 : 1))
}

/** When the figures that count were last stated; null: never, as far as is known here. */
export function statedAt(statements: Pick<FigureStatement, 'at'>[]): string | null {
  return statements.reduce<string | null>((last, { at }) => (last === null || Date.parse(at) > Date.parse(last) ? at : last), null)
}
