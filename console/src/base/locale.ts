/**
 * Texts for people. Each folder with screens keeps `zh-CN.json` and `en.json`; their keys stand under the folder's path:
 * `src/incident/list/en.json` {"title": …} is `incident.list.title`.
 */
import { computed } from 'vue'
import { createI18n } from 'vue-i18n'

export type Locale = 'zh-CN' | 'en'
export const kLocales: Locale[] = ['zh-CN', 'en']
const kStored = 'anlan.locale'

export interface Messages {
  [key: string]: string | Messages
}

/** `files`: path of the locale file as the glob gives it, and its content. */
export function mergeMessages(files: Record<string, Messages>): Messages {
  const all: Messages = {}
  for (const [path, content] of Object.entries(files)) {
    let place = all
    for (const folder of path.replace('/src/', '').split('/').slice(0, -1)) {
      place = (place[folder] ??= {}) as Messages
    }
    Object.assign(place, content)
  }
  return all
}

function localeAtStart(): Locale {
  try {
    const stored = localStorage.getItem(kStored)
    if (stored === 'zh-CN' || stored === 'en') return stored
  } catch {
    // A browser that keeps nothing starts in Chinese.
  }
  return 'zh-CN'
}

export const kLocaleAtStart: Locale = typeof localStorage === 'undefined' ? 'zh-CN' : localeAtStart()

export const i18n = createI18n({
  legacy: false,
  locale: kLocaleAtStart,
  fallbackLocale: 'zh-CN',
  missingWarn: false,
  fallbackWarn: false,
  messages: {} as Record<string, Messages>,
})

export const locale = computed(() => i18n.global.locale.value as Locale)

const load: Record<Locale, () => Promise<{ messages: Messages }>> = {
  'zh-CN': () => import('./locale_zh'),
  en: () => import('./locale_en'),
}

export async function setLocale(wanted: Locale): Promise<void> {
  if (!i18n.global.availableLocales.includes(wanted)) {
    i18n.global.setLocaleMessage(wanted, (await load[wanted]()).messages)
  }
  i18n.global.locale.value = wanted
  document.documentElement.lang = wanted
  try {
    localStorage.setItem(kStored, wanted)
  } catch {
    // Chosen for this visit only.
  }
}
