/** A period of whole days in China's standard time, as it stands in an address (YYYY-MM-DD) and as the server asks it. */
import { rfc3339 } from './time'

export interface Period {
  from: string
  to: string
}

const kDay = /^\d{4}-\d{2}-\d{2}$/
const kDayMs = 86_400_000

const start = (day: string) => Date.parse(`${day}T00:00:00+08:00`)

/** The day, or '' when the text is none. */
export function dayOrNothing(text: unknown): string {
  return typeof text === 'string' && kDay.test(text) && !Number.isNaN(start(text)) ? text : ''
}

/** The period with another end; null while its year is still being typed. An end before the other one takes it along. */
export function withDay({ from, to }: Period, end: keyof Period, day: string): Period | null {
  if (day !== '' && (dayOrNothing(day) === '' || day < '1000')) return null
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
