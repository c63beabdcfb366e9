/** How places and organisations stand in a callout: who is missing comes first. */
import type { Callout, Place } from './types'

/** The gravest first. */
export const kStands = ['unanswered', 'calling', 'answered'] as const
export type Stand = (typeof kStands)[number]

const kMinuteMs = 60_000

/** An answer counts also after all were called. */
export function standOf(place: Place): Stand {
  if (place.answer) return 'answered'
  return place.unanswered ? 'unanswered' : 'calling'
}

const firstCall = (place: Place) => Math.min(...place.calls.map((one) => Date.parse(one.at)))

/** Whole minutes since the first call, up to the answer or to `now`; null: nobody is called yet. */
export function minutesOf(place: Place, now: number): number | null {
  if (place.calls.length === 0) return null
  const end = place.answer ? Date.parse(place.answer.at) : now
  return Math.max(0, Math.floor((end - firstCall(place)) / kMinuteMs))
}

/** When the next of a place is called, or nobody is left (ms); only what the node has sent counts. Null: it waits for nothing. */
export function nextCallAt(callout: Callout, place: Place): number | null {
  const sent = place.calls.filter(({ way }) => way === 'message').map((one) => Date.parse(one.at))
  if (callout.closed || standOf(place) !== 'calling' || sent.length === 0) return null
  return Math.max(...sent) + callout.limit_min * kMinuteMs
}

/** Those of a place that are still to be called by the node. */
export const leftToCall = (place: Place) =>
  place.roles.length - new Set(place.calls.filter(({ way }) => way === 'message').map(({ callee }) => callee)).size

/** Without an answer first, who has waited longest first; then those that were answered last. */
export function sorted(places: Place[]): Place[] {
  const rank = (place: Place) => kStands.indexOf(standOf(place))
  const time = (place: Place) => (place.answer ? -Date.parse(place.answer.at) : firstCall(place))
  return [...places].sort((a, b) => rank(a) - rank(b) || time(a) - time(b) || a.number - b.number)
}

export interface Sums {
  all: number
  answered: number
  unanswered: number
  calling: number
}

export function sumsOf(callouts: Callout[]): Sums {
  const sums: Sums = { all: 0, answered: 0, unanswered: 0, calling: 0 }
  for (const place of callouts.flatMap(({ places }) => places)) {
    ++sums.all
    ++sums[standOf(place)]
  }
  return sums
}

export type Decision = 'none' | 'waits' | 'late' | 'accepted' | 'declined'

/** Whether the organisation has said that it carries the warning out. What was too late stays so until it is said. */
export function decisionOf(callout: Callout, now: number): Decision {
  if (callout.accepted !== null) return callout.accepted ? 'accepted' : 'declined'
  if (callout.undecided) return 'late'
  if (callout.closed || !callout.decide_by) return 'none'
  return Date.parse(callout.decide_by) <= now ? 'late' : 'waits'
}

/** Nothing is left to look after. */
export function isQuiet(callout: Callout): boolean {
  return callout.places.every((place) => place.answer !== null) && !callout.undecided && (callout.accepted !== null || !callout.decide_by)
}

/** The reader's own first, then who has most places without an answer. */
export function inOrder(callouts: Callout[], own: string | undefined): Callout[] {
  const open = (callout: Callout) => callout.places.length - sumsOf([callout]).answered
  const mine = (callout: Callout) => Number(callout.organisation.id !== own)
  const late = (callout: Callout) => sumsOf([callout]).unanswered
  return [...callouts].sort((a, b) => mine(a) - mine(b) || late(b) - late(a) || open(b) - open(a) || (a.organisation.short < b.organisation.short ? -1 : 1))
}

const kNamed = 6

/** Of the places without an answer the first by name, and how many there are. */
export function missing(places: Place[]): { names: string[]; all: number; more: boolean } {
  const open = sorted(places.filter((place) => !place.answer))
  return { names: open.slice(0, kNamed).map(({ division_name }) => division_name), all: open.length, more: open.length > kNamed }
}

/** Callouts of one warning together, in the order in which they come. */
export function byWarning(callouts: Callout[]): { warning: string; callouts: Callout[] }[] {
  const groups = new Map<string, Callout[]>()
  for (const one of callouts) groups.set(one.warning, [...(groups.get(one.warning) ?? []), one])
  return [...groups].map(([warning, of]) => ({ warning, callouts: of }))
}
