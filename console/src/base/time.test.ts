import { describe, expect, it } from 'vitest'
import { countdown, parseTypedTime, rfc3339, shortTime, weekday, type DayWords } from './time'

const words: DayWords = { today: ['今天', '今'], yesterday: ['昨天', '昨', 'y'], before_yesterday: ['前天', '前'], unknown: ['不详', '?'] }
/** Tuesday 2026-11-24 14:09:11 in China. */
const now = Date.parse('2026-11-24T14:09:11+08:00')

function read(text: string): string {
  const typed = parseTypedTime(text, now, words)
  if (typed.kind === 'time') return rfc3339(typed.at).slice(0, 16)
  return typed.kind === 'bad' ? `bad ${typed.why}` : 'unknown'
}

describe('a time as it is typed', () => {
  it('is hours and minutes of today', () => {
    expect(read('1405')).toBe('2026-11-24T14:05')
    expect(read('14:05')).toBe('2026-11-24T14:05')
    expect(read('14：05')).toBe('2026-11-24T14:05')
    expect(read('905')).toBe('2026-11-24T09:05')
    expect(read('9.05')).toBe('2026-11-24T09:05')
    expect(read('0000')).toBe('2026-11-24T00:00')
  })
  it('is yesterday when it would lie in the future', () => {
    expect(read('2310')).toBe('2026-11-23T23:10')
    expect(read('1410')).toBe('2026-11-24T14:10')
    expect(read('1411')).toBe('2026-11-23T14:11')
  })
  it('takes a word for the day before it', () => {
    expect(read('昨 2310')).toBe('2026-11-23T23:10')
    expect(read('昨天2310')).toBe('2026-11-23T23:10')
    expect(read('前天 08:00')).toBe('2026-11-22T08:00')
    expect(read('Y 0800')).toBe('2026-11-23T08:00')
    expect(read('今 2310')).toBe('bad future')
  })
  it('takes a date before it', () => {
    expect(read('1122 2310')).toBe('2026-11-22T23:10')
    expect(read('11-22 23:10')).toBe('2026-11-22T23:10')
    expect(read('2026-11-22 23:10')).toBe('2026-11-22T23:10')
    expect(read('12-31 08:00')).toBe('2025-12-31T08:00')
    expect(read('0230 0800')).toBe('bad hour')
  })
  it('may be left unknown', () => {
    expect(read('')).toBe('unknown')
    expect(read(' 不详 ')).toBe('unknown')
    expect(read('？')).toBe('unknown')
  })
  it('is refused when there is no such time', () => {
    expect(read('2460')).toBe('bad hour')
    expect(read('2500')).toBe('bad hour')
    expect(read('about noon')).toBe('bad form')
    expect(read('14')).toBe('bad form')
  })
})

describe('times on the screen', () => {
  it('are in China standard time whatever the zone of the machine', () => {
    expect(shortTime('2026-11-24T06:09:11Z', now)).toBe('14:09')
    expect(shortTime('2026-11-23T15:59:00Z', now)).toBe('11-23 23:59')
    expect(shortTime('2025-12-31T16:00:00Z', now)).toBe('01-01 00:00')
    expect(shortTime('2025-12-31T15:59:00Z', now)).toBe('2025-12-31 23:59')
    expect(shortTime(null, now)).toBe('')
    expect(weekday(now)).toBe(2)
  })
  it('count down in minutes, with hours when there are some', () => {
    expect(countdown(65_000)).toBe('1:05')
    expect(countdown(-65_999)).toBe('1:05')
    expect(countdown(15 * 60_000)).toBe('15:00')
    expect(countdown(3_725_000)).toBe('1:02:05')
    expect(countdown(999)).toBe('0:00')
  })
})
