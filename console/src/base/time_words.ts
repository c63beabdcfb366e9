/** Days in the words of the reader's language, out of the locale files: as they are typed, and as they are shown. */
import { partsOf, type DayWords } from './time'

export function dayWords(t: (key: string) => string): DayWords {
  const list = (name: string) => t(`base.day_words.${name}`).split(' ')
  return {
    today: list('today'),
    yesterday: list('yesterday'),
    before_yesterday: list('before_yesterday'),
    unknown: list('unknown'),
  }
}

export type Say = (key: string, values?: Record<string, string | number>) => string

const kDays: Record<number, string> = { [-2]: 'before_yesterday', [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }

/** With its whole date and the word for its day: so that nobody takes for today what was read as another day's. */
export function momentInWords(at: number, now: number, t: Say): string {
  const { thisYear, daysOff, ...parts } = partsOf(at, now)
  const moment = t(`base.moment.${thisYear ? 'this_year' : 'other_year'}`, parts)
  const day = kDays[daysOff]
  return day ? t('base.moment.beside', { moment, day: t(`base.moment.day.${day}`) }) : moment
}
