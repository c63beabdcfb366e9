/** Alerts of others as the server tells of them. */
import type { Page, Point } from '@/base/contract'
import type { Circle, Colour, Content } from '@/warning/types'

export const kStates = ['in_force', 'updated', 'cancelled', 'expired', 'refused'] as const
export type State = (typeof kStates)[number]

export const kOffences = ['other_content', 'unsigned', 'signature'] as const

export interface Signature {
  verdict: 'none' | 'valid' | 'invalid' | 'unchecked'
  /** By somebody whose certificate counts for the source. */
  trusted: boolean
  fault: string | null
  detail: string | null
  signer: string | null
  /** SHA-256 of the signer's certificate. */
  certificate: string | null
}

export interface Message {
  form: 'cap' | '12379'
  sender: string
  identifier: string
  sent: string
  kind: 'alert' | 'update' | 'cancel'
  status: string
  references: { alert: string; identifier: string }[]
  sender_name?: string | null
  note?: string | null
  event: string
  headline: string
  description: string
  instruction: string
  severity?: string | null
  urgency?: string | null
  certainty?: string | null
  web?: string | null
  colour?: Colour | null
  onset?: string | null
  expires?: string | null
  area: { description: string; rings: Point[][]; circles: Circle[]; divisions: string[]; cut: boolean }
}

export interface Offence {
  source: string
  sm3: string
  offence: (typeof kOffences)[number]
  detail?: string | null
  sender: string
  identifier: string
  headline: string
  at: string
}

export interface Alert {
  id: string
  state: State
  handling: 'new' | 'used' | 'dismissed'
  version: number
  received_at: string | null
  ends: string | null
  source: string | null
  sm3: string | null
  type: { code: string; name: string } | null
  /** Null where only messages have come that were refused. */
  message: Message | null
  signature: Signature | null
  trusted: boolean
  also_seen: string[]
  later: string[]
  earlier: string[]
  offences: Offence[]
  warnings: string[]
  dismissed: string | null
  actions: string[]
}

export type AlertAnswer = Alert & { at: string; position: number }
export type AlertPage = Pick<Page<Alert>, 'items' | 'more' | 'at' | 'position'>

/** What a warning made of it would say; `missing`: members that nobody could fill. */
export interface AlertDraft {
  content: Content
  missing: ('type' | 'colour' | 'area')[]
}
