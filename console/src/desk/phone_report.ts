/** The phone report of the desk: what is typed, what is sent, and what is missing. */
import type { Choice } from '@/base/pick'
import type { Candidate, Division, EventType, Figures, Grade, Point } from '@/base/contract'
import { ringsOf } from '@/incident/area'
import { figureFault, figureOf, ownFigure, type FigureFault, type OwnFigure } from '@/incident/figures'
import { parseTypedTime, rfc3339, type DayWords, type TypedTime } from '@/base/time'

/** When the desk learnt of what is being written: what the statutory time limits count from where the event's time is unknown. */
export interface Learning {
  /** Server's time, ms. */
  at: number
  by: 'begun' | 'resumed' | 'set'
  /** When it was last written in. */
  touched: number
}

export interface PhoneReport {
  type: Choice<EventType> | null
  division: Choice<Division> | null
  address: string
  /** As typed; empty: not known. */
  time: string
  summary: string
  dead: string
  missing: string
  injured: string
  burnt_ha: string
  magnitude: string
  unit: string
  measures: string
  /** Name and telephone in one line, in either order. */
  caller: string
  grade: Grade | ''
  point: Point | null
  candidate: { id: string; headline: string; area: Point[][] } | null
  /** Null: nothing is written yet, or the server knows better, of a candidate. */
  learning: Learning | null
}

export function emptyReport(): PhoneReport {
  return {
    type: null,
    division: null,
    address: '',
    time: '',
    summary: '',
    dead: '',
    missing: '',
    injured: '',
    burnt_ha: '',
    magnitude: '',
    unit: '',
    measures: '',
    caller: '',
    grade: '',
    point: null,
    candidate: null,
    learning: null,
  }
}

/** What was told and chosen. */
export function writtenOf(report: PhoneReport): PhoneReport {
  return { ...report, learning: null }
}

export function isEmpty(report: PhoneReport): boolean {
  return Object.values(writtenOf(report)).every((value) => value === '' || value === null)
}

/** A draft that nobody has written in for longer is taken up again: whoever does has learnt of it then. */
const kLaidAsideMs = 30 * 60_000

/** What the report carries once it was written in at `now`: the desk learns of it with the first character. */
export function learningOf(report: PhoneReport, now: number): Learning | null {
  if (report.candidate || isEmpty(report)) return null
  const before = report.learning
  if (!before) return { at: now, by: 'begun', touched: now }
  return now - before.touched > kLaidAsideMs ? { at: now, by: 'resumed', touched: now } : { ...before, touched: now }
}

/** When the desk learnt of it and what says so; nobody learns of an event before it happens. */
export function learnt(report: PhoneReport, time: TypedTime): { at: number; by: Learning['by'] | 'event' } | null {
  if (!report.learning) return null
  const { at, by } = report.learning
  return time.kind === 'time' && time.at > at ? { at: time.at, by: 'event' } : { at, by }
}

/** The telephone is the longest run of digits (with + - and blanks inside) of at least five; the rest is the name. */
export function splitCaller(text: string): { name: string; phone: string } {
  const plain = text.normalize('NFKC').trim()
  const runs = plain.match(/\+?\d[\d -]{3,}\d/g) ?? []
  const phone = runs.sort((a, b) => b.length - a.length)[0] ?? ''
  const name = plain
    .replace(phone, ' ')
    .replace(/[,;:\s]+/g, ' ')
    .trim()
  return { name, phone: phone.trim() }
}

/** By what else the chosen kind of event is measured. It takes the place of the unit, which such an event has none of. */
export function askedFigure(report: PhoneReport): OwnFigure | null {
  return report.type ? ownFigure(report.type.value.code) : null
}

export const asksUnit = (report: PhoneReport) => askedFigure(report) === null || report.unit !== ''

const kCounts = ['dead', 'missing', 'injured'] as const

function figuresAsked(report: PhoneReport): ((typeof kCounts)[number] | OwnFigure)[] {
  const own = askedFigure(report)
  return own ? [...kCounts, own] : [...kCounts]
}

/** The figures that are known so far, as the tables of grades take them. */
export function figuresOf(report: PhoneReport): Partial<Figures> {
  const read = figuresAsked(report).map((name) => [name, figureOf(name, report[name])] as const)
  return Object.fromEntries(read.filter(([, figure]) => figure !== null && !Number.isNaN(figure)))
}

export type FaultName = 'needed' | FigureFault | 'time_form' | 'time_hour' | 'time_future'

export interface Checked {
  faults: Partial<Record<keyof PhoneReport, FaultName>>
  time: TypedTime
}

export function check(report: PhoneReport, now: number, words: DayWords): Checked {
  const faults: Checked['faults'] = {}
  if (!report.type) faults.type = 'needed'
  if (!report.division) faults.division = 'needed'
  if (report.summary.trim() === '') faults.summary = 'needed'
  for (const name of figuresAsked(report)) {
    const fault = figureFault(name, report[name])
    if (fault) faults[name] = fault
  }
  const time = parseTypedTime(report.time, now, words)
  if (time.kind === 'bad') faults.time = `time_${time.why}`
  return { faults, time }
}

/** The body of `POST /incidents`; only what is known. `report` has passed `check`. */
export function bodyOf(report: PhoneReport, time: TypedTime): Record<string, unknown> {
  const caller = splitCaller(report.caller)
  const known = learnt(report, time)
  const body: Record<string, unknown> = {
    type: report.type?.value.code,
    division: report.division?.value.code,
    summary: report.summary.trim(),
    address: report.address.trim(),
    point: report.point,
    occurred_at: time.kind === 'time' ? rfc3339(time.at) : null,
    learnt_at: known && rfc3339(known.at),
    ...figuresOf(report),
    unit: report.unit.trim(),
    measures: report.measures.trim(),
    caller_name: caller.name,
    caller_phone: caller.phone,
    grade: report.grade,
    source: report.candidate ? 'candidate' : 'phone',
    candidate: report.candidate?.id,
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value != null && value !== ''))
}

/** What a candidate already says goes into the form; the desk names the place itself. */
export function fromCandidate(candidate: Candidate, types: EventType[], choice: (type: EventType) => Choice<EventType>): PhoneReport {
  const type = types.find((entry) => entry.code === candidate.type)
  return {
    ...emptyReport(),
    type: type ? choice(type) : null,
    summary: [candidate.headline, candidate.description].filter(Boolean).join('\n'),
    address: candidate.area_desc ?? '',
    candidate: { id: candidate.id, headline: candidate.headline, area: ringsOf(candidate.area) },
  }
}
