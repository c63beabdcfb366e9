/** The words of the reader's language for today, yesterday and not known, out of the locale files. */
import type { DayWords } from './time'

export function dayWords(t: (key: string) => string): DayWords {
  const list = (name: string) => t(`base.day_words.${name}`).split(' ')
  return {
    today: list('today'),
    yesterday: list('yesterday'),
    before_yesterday: list('before_yesterday'),
    unknown: list('unknown'),
  }
}
