/** The day of the lunar calendar, in Chinese characters: the calendar's own names, out of tyme4ts. */
import { SolarDay } from 'tyme4ts'
import { date } from '@/base/time'

export function lunarDay(ms: number): string {
  const [year, month, day] = date(ms).split('-').map(Number) as [number, number, number]
  const lunar = SolarDay.fromYmd(year, month, day).getLunarDay()
  return lunar.getLunarMonth().getName() + lunar.getName()
}
