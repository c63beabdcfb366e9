/** Calling responsible people on a warning until they answer, as the server tells of it. */
import type { OrganisationRef, Page } from '@/base/contract'

export const kWays = ['message', 'voice', 'visit'] as const
export type Way = (typeof kWays)[number]

/** What is mostly done. */
export const kActs = ['informed', 'moving', 'moved', 'patrolling', 'help'] as const
export type Act = (typeof kActs)[number]

export interface Call {
  callee: number
  role: string
  way: Way
  at: string
}

/** `callee` is null, `role` empty of somebody who is not on the list. */
export interface Answer extends Omit<Call, 'callee'> {
  callee: number | null
  action: string
  /** Null: of their own. */
  act: Act | null
  /** Null: by whoever held the link. */
  noted_by: string | null
}

export interface Place {
  number: number
  division: string
  division_name: string
  roles: string[]
  calls: Call[]
  answer: Answer | null
  /** All were called, or there is nobody to call. */
  unanswered: boolean
}

export interface Callout {
  id: string
  warning: string
  organisation: OrganisationRef
  version: number
  warning_version: number
  rule: string
  limit_min: number
  opened_at: string
  next_at: string | null
  /** Null: nothing is to be decided. */
  decide_by: string | null
  accepted: boolean | null
  decided_by: string | null
  decided_reason: string | null
  decided_at: string | null
  /** Nothing was said in time. */
  undecided: boolean
  closed: boolean
  places: Place[]
  actions: string[]
}

export type CalloutPage = Pick<Page<Callout>, 'items' | 'more' | 'at' | 'position'>

/** One of a place, in the order in which they are called; null: the contact book no longer knows. */
export interface Callee {
  role: string
  name: string | null
  phone: string | null
}
