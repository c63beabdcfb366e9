import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import en from './en.json'
import { momentInWords, type Say } from './time_words'
import zh from './zh-CN.json'

const now = Date.parse('2026-11-26T16:16:00+08:00')

/** How a moment is shown in one language. */
function shown(locale: 'zh-CN' | 'en') {
  const messages = { 'zh-CN': { base: zh }, en: { base: en } } as never
  const said = createI18n({ legacy: false, locale, messages }).global as unknown as { t: Say }
  return (at: string) => momentInWords(Date.parse(`${at}:00+08:00`), now, said.t)
}

describe('a moment in words', () => {
  it('has its whole date and the word for its day where there is one', () => {
    const chinese = shown('zh-CN')
    expect(chinese('2026-11-25T23:59')).toBe('11月25日 23:59，昨天')
    expect(chinese('2026-11-26T00:00')).toBe('11月26日 00:00，今天')
    expect(chinese('2026-11-24T08:00')).toBe('11月24日 08:00，前天')
    expect(chinese('2026-11-27T08:00')).toBe('11月27日 08:00，明天')
    expect(chinese('2026-11-20T08:00')).toBe('11月20日 08:00')
    expect(chinese('2025-12-31T08:00')).toBe('2025年12月31日 08:00')
  })
  it('has them in English too', () => {
    const english = shown('en')
    expect(english('2026-11-25T23:59')).toBe('11-25 23:59, yesterday')
    expect(english('2025-12-31T08:00')).toBe('2025-12-31 08:00')
  })
})
