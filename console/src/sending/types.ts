/** What became of the messages of a warning, and the channels that they go by, as the server tells of it. */
import type { Role } from '@/account/roles'
import type { Page } from '@/base/contract'

export const kStates = [
  'ready', 'waiting', 'in_flight', 'accepted', 'delivered', 'failed', 'uncertain', 'cancelled', 'expired', 'passed_on',
] as const
export type State = (typeof kStates)[number]

/** As they stand one after the other: who has it for certain first, then what is still on its way, then what went wrong. */
export const kParts = ['delivered', 'accepted', 'in_flight', 'queued', 'uncertain', 'failed', 'dropped'] as const
export type Part = (typeof kParts)[number]

export type Tally = { channel: string } & Record<Part, number>

export interface Batch {
  batch: string
  /** Null: of the cancellation. */
  warning_version: number | null
  /** Nothing is added to it any more. */
  complete: boolean
  cancelled: boolean
  opened_at: string
  channels: Tally[]
}

export interface Message {
  /** Larger than a number here holds exactly. */
  number: string
  batch: string
  channel: string
  address: string
  state: State
  tries: number
  queued_at: string | null
  accepted_at: string | null
  delivered_at: string | null
  failed_at: string | null
  reason: string
}

export type MessagePage = Pick<Page<Message>, 'items' | 'more' | 'at' | 'position'>

export interface Channel {
  name: string
  kind: string
  protocol: string
  drill: boolean
  /** Null: another process serves it. */
  connected: boolean | null
  since: string | null
  why: string
}

/** Who looks after warnings, and who looks after the system. */
export const kLookers: readonly Role[] = ['duty_officer', 'county_officer', 'town_officer', 'leader', 'system_admin']
