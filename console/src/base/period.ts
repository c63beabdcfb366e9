/** A period of whole days in China's standard time, as it stands in an address (YYYY-MM-DD) and as the server asks it. */
import { date, rfc3339 } from './time'

export interface Period {
  from: string
  to: string
}

const kDay = /^\d{4}-\d{2}-\d{2}$/
const kDayMs = 86_400_000

const start = (day: string) => Date.parse(`${day}T00:00:00+08:00`)

/** The day, or '' when the text is none. */
export function dayOrNothing(text: unknown): string {
  if (typeof text !== 'string' || !kDay.test(text) || Number.isNaN(start(text))) return ''
  // The thirtieth of February is read as a day of March.
  return date(start(text)) === text ? text : ''
}

/**
 * A day as it is typed: 1120, 11-20, 11.20 of this year (of the last one where that would be still to come), or with its year.
 * '' stays; null: no day.
 */
export function dayTyped(text: string, now: number): string | null {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return ''
  const read = /^(?:(\d{4})\D?)?(\d{1,2})\D(\d{1,2})\D?$|^(\d{4})?(\d{2})(\d{2})$/.exec(plain)
  if (!read) return null
  const [year, month, day] = read[2] ? read.slice(1, 4) : read.slice(4, 7)
  const inYear = (of: string | number) => dayOrNothing(`${of}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`)
  const today = date(now)
  const own = inYear(year ?? today.slice(0, 4))
  if (year || own <= today) return own || null
  return inYear(Number(today.slice(0, 4)) - 1) || null
}

/** The period with another end; an end beyond the other one takes it along. */
export function withDay({ from, to }: Period, end: keyof Period, day: string): Period {
  const other = end === 'from' ? to : from
  const crossed = day !== '' && other !== '' && (end === 'from' ? day > other : day < other)
  const kept = crossed ? day : other
  return end === 'from' ? { from: day, to: kept } : { from: kept, to: day }
}

/** Both days are included; the server's `to` is exclusive. '' is no limit. */
export function periodParams(from: string, to: string): { from?: string; to?: string } {
  return {
    ...(from && { from: rfc3339(start(from)) }),
    ...(to && { to: rfc3339(start(to) + kDayMs) }),
  }
}
