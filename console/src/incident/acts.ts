/** What may be done with an incident beyond its reports: which inputs an act takes and what is sent. */
import { kFigureNames, type FigureName, type Figures, type Incident, type Point } from '@/base/contract'
import { parseTypedTime, rfc3339, shortTime, type DayWords } from '@/base/time'
import { figureFault, figureOf } from './figures'

export type FieldKind =
  | 'text' | 'area' | 'time' | 'grade' | 'receiver' | 'organisation' | 'organisations' | 'incident' | 'figures' | 'check' | 'point' | PickKind
/** Found by typing; the value is a code or an id. */
export type PickKind = 'type' | 'division' | 'leader'

export interface ActField {
  name: string
  kind: FieldKind
  needed?: boolean
  max?: number
  /** Stands beside the next one where there is room. */
  half?: boolean
  /** Key of its label where the name alone does not say it. */
  label?: string
  /** What stands there at the start. */
  start?: (incident: Incident, now: number) => Value
}

export type Value = string | boolean | string[] | Record<string, string>
export type Values = Record<string, Value>

export interface Act {
  /** The command's name, as in the incident's `actions`. */
  action: string
  path: string
  /** The letter that opens it. */
  key: string
  fields: ActField[]
  /** Only what differs from the start is sent. */
  changesOnly?: boolean
  /** Refused when somebody else changed the incident since the form was opened. */
  exclusive?: boolean
}

const reason: ActField = { name: 'reason', kind: 'area', needed: true, max: 500 }

function figureTexts(figures: Partial<Figures>): Record<string, string> {
  return Object.fromEntries(kFigureNames.map((name) => [name, figures[name] == null ? '' : String(figures[name])]))
}

const typedFigures = (value: Value | undefined) => Object.entries(value as Record<string, string>) as [FigureName, string][]

/** As typed: decimal degrees. */
export function pointTexts(point: Point | null): Record<string, string> {
  return { lng: point ? String(point.lng) : '', lat: point ? String(point.lat) : '' }
}

/** Null: not known; `bad`: not a place on earth. */
export function pointOf(texts: Record<string, string>): Point | null | 'bad' {
  const [lng, lat] = [texts.lng, texts.lat].map((text) => (text ?? '').normalize('NFKC').trim())
  if (lng === '' && lat === '') return null
  const isDegrees = (text: string | undefined, most: number) => /^-?\d{1,3}(\.\d+)?$/.test(text!) && Math.abs(Number(text)) <= most
  return isDegrees(lng, 180) && isDegrees(lat, 90) ? { lng: Number(lng), lat: Number(lat) } : 'bad'
}

export const kActs: Act[] = [
  {
    action: 'incident.report_by_phone',
    path: 'phone-reports',
    key: 'p',
    fields: [
      { name: 'to', kind: 'receiver', needed: true },
      { name: 'answered_by', kind: 'text', needed: true, max: 40 },
      { name: 'said', kind: 'area', max: 500 },
      { name: 'at', kind: 'time', start: (_, now) => shortTime(now, now) },
    ],
  },
  {
    action: 'incident.state_figures',
    path: 'figures',
    key: 'f',
    fields: [
      { name: 'figures', kind: 'figures', needed: true, start: (incident) => figureTexts(incident.figures) },
      { name: 'source', kind: 'text', needed: true, max: 60 },
      { name: 'at', kind: 'time', start: (_, now) => shortTime(now, now) },
      { name: 'adopt', kind: 'check', start: () => true },
    ],
  },
  {
    action: 'incident.set_grade',
    path: 'grade',
    key: 'l',
    exclusive: true,
    fields: [
      { name: 'grade', kind: 'grade', needed: true, start: (incident) => incident.grade_proposal?.grade ?? incident.grade },
      { ...reason, start: (incident) => incident.grade_proposal?.rule ?? '' },
    ],
  },
  {
    action: 'instruction.give',
    path: 'instructions',
    key: 'i',
    fields: [
      { name: 'text', kind: 'area', needed: true, max: 2000 },
      { name: 'given_by', kind: 'leader', needed: true },
      { name: 'to', label: 'assigned_to', kind: 'organisations', needed: true, start: () => [] },
      { name: 'given_at', kind: 'time', half: true, start: (_, now) => shortTime(now, now) },
      { name: 'due_at', kind: 'text', half: true },
      { name: 'verify', kind: 'check', start: () => false },
    ],
  },
  {
    action: 'incident.correct',
    path: 'corrections',
    key: 'c',
    changesOnly: true,
    exclusive: true,
    fields: [
      reason,
      { name: 'title', kind: 'text', needed: true, max: 60, start: (incident) => incident.title },
      { name: 'type', kind: 'type', needed: true, half: true, start: (incident) => incident.type.code },
      { name: 'division', kind: 'division', needed: true, half: true, start: (incident) => incident.place.division },
      { name: 'address', kind: 'text', max: 100, start: (incident) => incident.place.address },
      { name: 'point', kind: 'point', start: (incident) => pointTexts(incident.place.point) },
      { name: 'occurred_at', kind: 'time', half: true, start: (incident, now) => shortTime(incident.occurred_at, now) },
      { name: 'learnt_at', kind: 'time', half: true, start: (incident, now) => shortTime(incident.learnt_at, now) },
      { name: 'unit', kind: 'text', max: 60, start: (incident) => incident.unit },
      { name: 'summary', kind: 'area', needed: true, max: 2000, start: (incident) => incident.summary },
      { name: 'measures', kind: 'area', max: 1000, start: (incident) => incident.measures },
    ],
  },
  {
    action: 'incident.merge',
    path: 'merge',
    key: 'm',
    exclusive: true,
    fields: [{ name: 'into', kind: 'incident', needed: true }, reason],
  },
  {
    action: 'incident.offer_handover',
    path: 'handover',
    key: 'h',
    exclusive: true,
    fields: [{ name: 'to', label: 'handed_to', kind: 'organisation', needed: true }, reason],
  },
  { action: 'incident.claim', path: 'claim', key: 'u', fields: [reason] },
  { action: 'incident.close', path: 'close', key: 'e', exclusive: true, fields: [reason] },
  { action: 'incident.reopen', path: 'reopen', key: 'o', exclusive: true, fields: [reason] },
]

export function startValues(act: Act, incident: Incident, now: number): Values {
  return Object.fromEntries(
    act.fields.map((field) => [field.name, field.start?.(incident, now) ?? (field.kind === 'figures' ? {} : '')]),
  )
}

/** Nothing typed yet: not worth keeping. The usual receiver and the leader on duty, filled in by themselves, do not count. */
export function isUntouched(act: Act, values: Values, start: Values): boolean {
  return act.fields
    .filter((field) => !['receiver', 'leader'].includes(field.kind))
    .every((field) => JSON.stringify(values[field.name]) === JSON.stringify(start[field.name]))
}

export type ActFault = 'needed' | 'figures' | 'point' | 'time_form' | 'time_hour' | 'time_future'

function isBlank(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (value && typeof value === 'object') return Object.values(value).every((text) => text.trim() === '')
  return value === undefined
}

export function actFaults(act: Act, values: Values, now: number, words: DayWords): Record<string, ActFault> {
  const faults: Record<string, ActFault> = {}
  for (const field of act.fields) {
    const value = values[field.name]
    if (field.needed && isBlank(value)) faults[field.name] = 'needed'
    else if (field.kind === 'time') {
      const read = parseTypedTime(value as string, now, words)
      if (read.kind === 'bad') faults[field.name] = `time_${read.why}`
    } else if (field.name === 'due_at' && !isBlank(value) && dueOf(value as string, now) === null) {
      faults[field.name] = 'time_form'
    } else if (field.kind === 'figures') {
      if (typedFigures(value).some(([name, text]) => figureFault(name, text))) faults[field.name] = 'figures'
    } else if (field.kind === 'point' && pointOf(value as Record<string, string>) === 'bad') {
      faults[field.name] = 'point'
    }
  }
  return faults
}

/** A time limit: 1830 today (tomorrow when that is over), or a number of minutes with `+` before it. */
export function dueOf(text: string, now: number): number | null {
  const plain = text.normalize('NFKC').trim()
  const minutes = /^\+(\d{1,4})$/.exec(plain)
  if (minutes) return now + Number(minutes[1]) * 60_000
  const read = parseTypedTime(plain, now + 86_400_000, { today: [], yesterday: [], before_yesterday: [], unknown: [] })
  if (read.kind !== 'time') return null
  return read.at - 86_400_000 > now ? read.at - 86_400_000 : read.at
}

/** The moment that is read from what was typed into a field; null where the field holds none. */
export function readOf(field: ActField, value: Value | undefined, now: number, words: DayWords): number | null {
  if (isBlank(value)) return null
  if (field.name === 'due_at') return dueOf(value as string, now)
  if (field.kind !== 'time') return null
  const read = parseTypedTime(value as string, now, words)
  return read.kind === 'time' ? read.at : null
}

/** The body to send; only what is known. `values` have passed `actFaults`. */
export function actBody(act: Act, values: Values, start: Values, now: number, words: DayWords): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of act.fields) {
    const value = values[field.name]!
    const same = JSON.stringify(value) === JSON.stringify(start[field.name])
    if (act.changesOnly && same && field.name !== 'reason') continue
    if (field.kind === 'time' || field.name === 'due_at') {
      const read = readOf(field, value, now, words)
      if (read !== null) body[field.name] = rfc3339(read)
    } else if (field.kind === 'figures') {
      const figures = typedFigures(value).map(([name, text]) => [name, figureOf(name, text)] as const)
      body[field.name] = Object.fromEntries(figures.filter(([, figure]) => figure !== null))
    } else if (field.kind === 'point') {
      const point = pointOf(value as Record<string, string>)
      if (point) body[field.name] = point
    } else if (act.changesOnly || !isBlank(value)) {
      body[field.name] = typeof value === 'string' ? value.trim() : value
    }
  }
  return body
}
