/** How long a warning still holds, in the reader's words. */
import type { Say } from '@/base/time_words'

const kMinuteMs = 60_000

export function remainingWords(expires: string, now: number, t: Say): string {
  const minutes = Math.ceil((Date.parse(expires) - now) / kMinuteMs)
  if (minutes <= 0) return t('warning.left.over')
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
  if (days > 0) return t('warning.left.days', { days, hours })
  return hours > 0 ? t('warning.left.hours', { hours, minutes: minutes % 60 }) : t('warning.left.minutes', { minutes })
}

/** Ends within the hour: worth a second look. */
export const endsSoon = (expires: string, now: number) => Date.parse(expires) - now < 60 * kMinuteMs
