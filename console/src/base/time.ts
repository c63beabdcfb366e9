/** Times as people here write them. Everything is shown and typed in China's standard time, whatever the machine's zone. */

const kOffsetMs = 8 * 3_600_000
const kDayMs = 86_400_000
const kMinuteMs = 60_000

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** `ms` as a Date whose UTC fields read China's standard time. */
function local(ms: number): Date {
  return new Date(ms + kOffsetMs)
}

export function dayStart(ms: number): number {
  return Math.floor((ms + kOffsetMs) / kDayMs) * kDayMs - kOffsetMs
}

export function millis(at: string | number | null | undefined): number | null {
  if (at == null || at === '') return null
  const ms = typeof at === 'number' ? at : Date.parse(at)
  return Number.isNaN(ms) ? null : ms
}

/** 14:09 */
export function hourMinute(at: string | number | null | undefined): string {
  const ms = millis(at)
  if (ms === null) return ''
  const time = local(ms)
  return `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`
}

/** 14:09:11 */
export function hourMinuteSecond(at: string | number): string {
  return `${hourMinute(at)}:${two(local(millis(at) ?? 0).getUTCSeconds())}`
}

/** 2026-11-23 */
export function date(at: string | number): string {
  const time = local(millis(at) ?? 0)
  return `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`
}

/** 14:09 today, else 11-22 14:09, in another year 2025-11-22 14:09 */
export function shortTime(at: string | number | null | undefined, now: number): string {
  const ms = millis(at)
  if (ms === null) return ''
  if (dayStart(ms) === dayStart(now)) return hourMinute(ms)
  const sameYear = local(ms).getUTCFullYear() === local(now).getUTCFullYear()
  return `${sameYear ? date(ms).slice(5) : date(ms)} ${hourMinute(ms)}`
}

/** The parts of a moment by which words name it, and how many days from today it lies. */
export function partsOf(ms: number, now: number) {
  const [year, month, day] = date(ms).split('-') as [string, string, string]
  return { year, month, day, time: hourMinute(ms), thisYear: date(now).startsWith(year), daysOff: (dayStart(ms) - dayStart(now)) / kDayMs }
}

/** 2026-11-23 14:09 */
export function fullTime(at: string | number | null | undefined): string {
  const ms = millis(at)
  return ms === null ? '' : `${date(ms)} ${hourMinute(ms)}`
}

/** RFC 3339 with the offset that the server writes. */
export function rfc3339(ms: number): string {
  const time = local(ms)
  return `${time.toISOString().slice(0, 23)}+08:00`
}

/** 0 Sunday … 6 Saturday */
export function weekday(ms: number): number {
  return local(ms).getUTCDay()
}

/** 7:05 or 1:07:05, without a sign. */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '')
}

export interface DayWords {
  today: string[]
  yesterday: string[]
  before_yesterday: string[]
  unknown: string[]
}

export type TypedTime =
  | { kind: 'time'; at: number }
  | { kind: 'unknown' }
  | { kind: 'bad'; why: 'form' | 'hour' | 'future' }

/**
 * 1405, 14:05, 905, 14.05, with a word or a date before it: yesterday 2310, 1122 2310, 11-22 23:10, 2026-11-22 23:10.
 * A bare time later than now (a minute is forgiven) is yesterday's. Nothing typed, or a word for it: unknown.
 */
export function parseTypedTime(text: string, now: number, words: DayWords): TypedTime {
  let rest = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
  if (rest === '' || words.unknown.includes(rest)) return { kind: 'unknown' }
  let day: number | null = null
  const back: [string[], number][] = [
    [words.before_yesterday, 2],
    [words.yesterday, 1],
    [words.today, 0],
  ]
  for (const [list, days] of back) {
    const word = [...list].sort((a, b) => b.length - a.length).find((entry) => rest.startsWith(entry))
    if (word) {
      day = dayStart(now) - days * kDayMs
      rest = rest.slice(word.length).trim()
      break
    }
  }
  const dated = day === null ? /^(?:(\d{4})[-/.])?(\d{1,2})[-/](\d{1,2})[ t]+(\S+)$/.exec(rest) : null
  const compact = day === null && !dated ? /^(\d{2})(\d{2})\s+(\S+)$/.exec(rest) : null
  if (dated || compact) {
    const [year, month, date, clock] = dated ? dated.slice(1) : [undefined, ...compact!.slice(1)]
    day = dayOf(year, month!, date!, now)
    rest = clock!
  }
  const time = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?$/.exec(rest) ?? /^(\d{1,2})(\d{2})$/.exec(rest)
  if (!time) return { kind: 'bad', why: 'form' }
  const [hours, minutes] = [Number(time[1]), Number(time[2])]
  if (hours > 23 || minutes > 59 || day !== day) return { kind: 'bad', why: 'hour' }
  const clock = (hours * 60 + minutes) * kMinuteMs
  if (day === null) {
    day = dayStart(now)
    if (day + clock > now + kMinuteMs) day -= kDayMs
  }
  const at = day + clock
  return at > now + kMinuteMs ? { kind: 'bad', why: 'future' } : { kind: 'time', at }
}

/** NaN when there is no such day; without a year the last such day that is not in the future. */
function dayOf(year: string | undefined, month: string, date: string, now: number): number {
  const wanted = year ? Number(year) : local(now).getUTCFullYear()
  const utc = Date.UTC(wanted, Number(month) - 1, Number(date))
  if (new Date(utc).getUTCMonth() !== Number(month) - 1) return Number.NaN
  const start = utc - kOffsetMs
  if (year || start <= now) return start
  return Date.UTC(wanted - 1, Number(month) - 1, Number(date)) - kOffsetMs
}
