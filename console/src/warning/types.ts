/** Warnings as the server tells of them. */
import type { Items, OrganisationRef, Page, PersonOnDuty, Point } from '@/base/contract'

/** The gravest first. */
export const kColours = ['red', 'orange', 'yellow', 'blue'] as const
export type Colour = (typeof kColours)[number]

export const kStates = ['draft', 'issued', 'cancelled', 'expired', 'withdrawn'] as const
export type State = (typeof kStates)[number]

export const kEndings = ['passed', 'mistaken'] as const
export type Ending = (typeof kEndings)[number]

export const kChannels = ['page', 'sms', 'mail', 'group', 'webhook', 'loudspeaker'] as const

export interface Circle {
  center: Point
  radius_m: number
}

export interface Area {
  description: string
  divisions: string[]
  rings: Point[][]
  circles: Circle[]
  reach?: string | null
  model?: string | null
}

export const kAudiences = ['roles', 'hazards', 'vulnerabilities'] as const
export type AudienceName = (typeof kAudiences)[number]

export interface Content {
  type: string
  colour: Colour
  headline: string
  description: string
  instruction: string
  area: Area
  audience: Record<AudienceName, string[]>
  channels: string[]
  onset?: string | null
  expires: string
  standard?: string | null
  incident?: string | null
  candidate?: string | null
}

export interface Signature {
  person: PersonOnDuty
  /** How many would be reached, as the signer saw it. */
  people: number
  leader: boolean
  at: string
}

export interface Version {
  number: number
  type: { code: string; name: string }
  content: Content
  by_name: string
  drafted_at: string
  signatures: Signature[]
  /** Null: no rule says how many sign, so it cannot be issued. */
  needed: number | null
  declined_by: string | null
  declined_reason: string | null
  issued_at: string | null
  identifier: string | null
  people: number | null
}

export interface Warning {
  id: string
  organisation: OrganisationRef
  state: State
  version: number
  in_force: Version | null
  pending: Version | null
  issued: Version[]
  /** How many the waiting version would reach now; null where nothing waits here. */
  people_now: number | null
  ending: Ending | null
  ended_by: string | null
  ended_reason: string | null
  ended_at: string | null
  actions: string[]
}

export type WarningAnswer = Warning & { at: string; position: number }
export type WarningPage = Pick<Page<Warning>, 'items' | 'more' | 'at' | 'position'>

export interface Template {
  id: string
  document: string
  clause: string
  type: { code: string; name: string }
  colour: Colour
  standard: string
  headline: string
  description: string
  instruction: string
  hours: number
  channels: string[]
}

export interface Reach {
  id: string
  name: string
  rings: Point[][]
}

/** What people will read by channels of one kind, word by word as it goes out. */
export interface ChannelText {
  kind: string
  channels: string[]
  subject: string | null
  text: string
  /** Short messages that it takes; null: it is none, or it is too long to be one. */
  parts: number | null
}

/** Of the version that waits; null: none does. */
export type WarningTexts = Items<ChannelText> & { version: number | null }

export interface Preview {
  people: number
  /** Signatures; null: no rule. */
  needed: number | null
  texts: ChannelText[]
}
