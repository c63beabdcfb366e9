/** What a message says in each of its languages, read from its bytes: the server reads the one that a desk is shown. */

export interface Said {
  language: string
  headline: string
  description: string
  instruction: string
}

const isChinese = ({ language }: Said) => /^(zh|cmn)\b/i.test(language)

/** Chinese first, the rest as written; of 12379, which has one language, and of what cannot be read: nothing. */
export function saidIn(xml: string): Said[] {
  const root = new DOMParser().parseFromString(xml, 'application/xml')
  const infos = [...root.getElementsByTagNameNS('*', 'info')].map((info): Said => {
    const text = (name: string) => [...info.children].find((one) => one.localName === name)?.textContent?.trim() ?? ''
    // CAP 1.2, 3.2.2, language: en-US where none is said.
    return { language: text('language') || 'en-US', headline: text('headline'), description: text('description'), instruction: text('instruction') }
  })
  return chineseFirst(infos.filter(({ headline, description }) => headline !== '' || description !== ''))
}

export function chineseFirst(said: Said[]): Said[] {
  return [...said.filter(isChinese), ...said.filter((one) => !isChinese(one))]
}

/** Without the block that the message is shown by. */
export function others(said: Said[], shown: { headline: string; description: string }): Said[] {
  const isShown = (one: Said) => one.headline === shown.headline.trim() && one.description === shown.description.trim()
  const first = said.findIndex(isShown)
  return said.filter((_, i) => i !== first)
}

/** The language's own name in the reader's language; the code where nobody has a name for it. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
