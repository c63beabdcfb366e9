/** What the server sends: docs of the interface are its OpenAPI document. Times are RFC 3339 texts, ids opaque. */

export type Grade = 'extra_major' | 'major' | 'larger' | 'ordinary' | 'ungraded'
export const kGrades: Grade[] = ['extra_major', 'major', 'larger', 'ordinary', 'ungraded']

export interface Point {
  lng: number
  lat: number
}

export interface OrganisationRef {
  id: string
  short: string
}

export interface Node {
  node: string
  name: string
  division: string
  demo: boolean
  worlds: { id: string; name: string; drill: boolean }[]
  version: string
  at: string
  position: number
  locales: string[]
}

export interface Session {
  account: string
  person: { id: string; name: string; post: string; phone: string }
  organisation: { id: string; name: string; short: string; level: string; division: string }
  roles: string[]
  must_change_password: boolean
  idle_minutes: number
  permissions: string[]
}

export interface Fact {
  position: number
  type: string
  stream: string
  version: number
  incident: string | null
  world: string
  occurred_at: string
  recorded_at: string
  actor: string
  actor_name: string
  body: Record<string, unknown>
}

export type FigureName =
  | 'dead' | 'missing' | 'serious' | 'injured' | 'trapped' | 'evacuated' | 'affected' | 'loss_yuan' | 'burnt_ha' | 'magnitude'
export const kFigureNames: FigureName[] = [
  'dead', 'missing', 'serious', 'injured', 'trapped', 'evacuated', 'affected', 'loss_yuan', 'burnt_ha', 'magnitude',
]
export type Figures = Record<FigureName, number | null>

export type Leg = 'phone' | 'written' | 'follow_up' | 'verify' | 'final'

export interface Clock {
  id: string
  incident: string
  incident_title: string
  organisation: OrganisationRef
  leg: Leg
  rule: { id: string; document: string; clause: string; minutes: number }
  starts_at: string
  basis: 'event' | 'learnt' | 'previous_report' | 'request' | 'graded' | 'resumed' | 'taken_over'
  assumed: boolean
  due_at: string
  state: 'running' | 'met' | 'overdue' | 'released'
  reminded: number
  met_at: string | null
  noted_at: string | null
  met_by_name: string | null
  met_position: number | null
  late_s: number | null
  reason: string | null
  released: 'final_report' | 'closed' | 'merged' | 'corrected' | 'graded' | 'handed_over' | null
}

export interface IncidentLine {
  id: string
  number: string
  title: string
  type: { code: string; name: string }
  grade: Grade
  grade_confirmed: boolean
  state: 'open' | 'closed' | 'merged'
  place: { division: string; division_name: string; address: string; point: Point | null }
  occurred_at: string | null
  occurred_assumed: boolean
  learnt_at: string
  figures: Figures
  /** Owns it. */
  organisation: OrganisationRef
  /** Took it down and gave it its number. */
  opened_by: OrganisationRef
  /** For the how manieth time somebody owns it. */
  epoch: number
  next_clock: Clock | null
  version: number
  updated_at: string
  world: string
}

export interface SimilarIncident extends IncidentLine {
  distance_m: number | null
  minutes_apart: number
}

export interface GradeProposal {
  grade: Grade
  indicator: string
  rule: string
  document: string
}

export interface FigureStatement {
  figures: Partial<Figures>
  source: string
  at: string
  recorded_at: string
  actor_name: string
  adopted: boolean
}

export interface Offer {
  to: OrganisationRef
  reason: string
  at: string
  answer: 'accepted' | 'rejected' | null
  answer_reason: string
}

export interface WaitingOffer {
  incident: string
  incident_title: string
  from: OrganisationRef
  reason: string
  at: string
}

export interface Incident extends IncidentLine {
  summary: string
  measures: string
  unit: string
  source: {
    kind: string
    informant: { name_masked: string; phone_masked: string } | null
    candidate: string | null
  }
  figure_statements: FigureStatement[]
  grade_proposal: GradeProposal | null
  grade_reason: string | null
  reports: Report[]
  clocks: Clock[]
  instructions: Instruction[]
  phone_reports: { to: OrganisationRef; answered_by: string; said: string; at: string; actor_name: string }[]
  parties: { id: string; short: string; level: string }[]
  merged_into: string | null
  merged: string[]
  /** Is to own it and has not begun yet. */
  released_to: OrganisationRef | null
  offer: Offer | null
  claims: { organisation: OrganisationRef; reason: string }[]
  area: [number, number][][] | Point[][] | null
  actions: string[]
  at: string
  position: number
}

export interface TimelineEntry {
  position: number
  type: string
  occurred_at: string
  recorded_at: string
  actor: string
  actor_name: string
  organisation_short: string
  stream: string
  body: Record<string, unknown>
  text_zh: string
  text_en: string
}

export type ReportKind = 'first' | 'follow_up' | 'verified' | 'final'
export type ReportState = 'draft' | 'signed' | 'sent' | 'received' | 'accepted' | 'returned'
export const kContentFields = [
  'situation', 'cause', 'casualties', 'impact', 'trend', 'handling', 'next_steps', 'requests',
  'contact_name', 'contact_phone',
] as const
export type ContentField = (typeof kContentFields)[number]
export type ReportContent = Partial<Record<ContentField, string>> & { figures?: Partial<Figures> }

/** What a receiver that works on no node answered, and how that came. */
export interface OutsideAnswer {
  channel: 'noted' | 'interface' | 'file'
  number?: string
  by?: string
  at?: string
}

export interface Receipt {
  decision: 'accepted' | 'returned'
  by: string
  at: string
  reason: string | null
  outside?: OutsideAnswer | null
}

export interface ReportStamps {
  drafted_at: string
  drafted_by: string
  signed_at: string | null
  signed_by: string | null
  sent_at: string | null
  received_at: string | null
  receipt: Receipt | null
}

export interface ReportVersion extends ReportStamps {
  version: number
  content: ReportContent
}

export interface ReportLine extends ReportStamps {
  id: string
  incident: string
  incident_title: string
  kind: ReportKind
  ordinal: number
  version: number
  state: ReportState
  from: OrganisationRef
  to: OrganisationRef & { external: boolean }
  title: string
  actions: string[]
  documents: { pdf: string; docx: string }
}

export interface Report extends ReportLine {
  content: ReportContent
  versions: ReportVersion[]
}

export interface Instruction {
  id: string
  incident: string
  incident_title: string
  text: string
  by_name: string
  by_post: string
  given_at: string
  from: OrganisationRef
  to: OrganisationRef[]
  due_at: string | null
  state: 'open' | 'closed'
  progress: { text: string; by_name: string; organisation_short: string; at: string }[]
  closed_at: string | null
  result: string | null
  actions: string[]
}

export interface Candidate {
  id: string
  origin: 'cap' | 'api'
  state: 'waiting' | 'adopted' | 'dismissed'
  headline: string
  description: string
  event_text: string
  type: string | null
  severity: string | null
  urgency: string | null
  certainty: string | null
  sender: string
  sent: string
  msg_type: string
  area_desc: string
  area: [number, number][][] | Point[][] | null
  expires: string | null
  drill: boolean
  received_at: string
  incident: string | null
  reason: string | null
}

export interface Person {
  id: string
  name: string
  organisation: string
  post: string
  phone: string
  /** Has a leader's account. */
  leader: boolean
  active: boolean
}

export interface PersonOnDuty {
  id: string
  name: string
  post: string
  phone: string
}

export interface Shift {
  chief: PersonOnDuty | null
  deputy: PersonOnDuty | null
  leader: PersonOnDuty | null
  since: string | null
}

export interface Board {
  at: string
  position: number
  shift: Shift
  clocks: Clock[]
  watched: Clock[]
  inbox: { reports: ReportLine[]; returned: ReportLine[]; candidates: Candidate[]; instructions: Instruction[]; handovers: WaitingOffer[] }
  open_incidents: IncidentLine[]
  drafts: ReportLine[]
  sources: { id: string; name: string; last_at: string | null; silent: boolean }[]
  /** Names of the lists above of which only a part is shown. */
  more: string[]
}

export interface Division {
  code: string
  name: string
  path: string
  level: string
  point: Point | null
  schematic: boolean
}

export interface EventType {
  code: string
  name: string
  name_en: string
  parent: string | null
  category: string
  initials: string
}

export interface Receiver extends OrganisationRef {
  level: string
  external: boolean
}

export interface Page<T> {
  items: T[]
  /** What fits on all pages; where there is `more`, as many as were counted. */
  total: number
  more: boolean
  page: number
  size: number
  at: string
  position: number
}

export interface Items<T> {
  items: T[]
}

/** What every command answers. */
export interface Accepted {
  position: number
  id?: string
  version?: number
}
