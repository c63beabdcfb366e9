/** Event types and divisions, as choices that are found by characters, pinyin initials or code. */
import { shallowRef } from 'vue'
import { get } from './api'
import type { Division, EventType, Items } from './contract'
import { locale } from './locale'
import type { Choice } from './pick'

let loading: Promise<EventType[]> | null = null

export function eventTypes(): Promise<EventType[]> {
  loading ??= get<Items<EventType>>('/codes/event-types').then(
    (answer) => answer.items,
    (thrown) => {
      loading = null
      throw thrown
    },
  )
  return loading
}

export function typeChoice(type: EventType, locale: string): Choice<EventType> {
  return {
    key: type.code,
    text: locale === 'en' && type.name_en ? type.name_en : type.name,
    more: type.code,
    names: [type.name, type.name_en, type.initials],
    value: type,
  }
}

const english = shallowRef<Map<string, string> | null>(null)

async function loadEnglish(): Promise<void> {
  english.value = new Map()
  const types = await eventTypes().catch(() => null)
  english.value = types && new Map(types.map((type) => [type.code, type.name_en]))
}

/** A kind's name in the reader's language, reactive: what the server tells of an incident names it in Chinese. */
export function typeName(type: { code: string; name: string }): string {
  if (locale.value !== 'en') return type.name
  if (!english.value) void loadEnglish()
  return english.value?.get(type.code) ?? type.name
}

/** All of `query` in its order, with gaps: an abbreviation as people say it. */
function isAbbreviation(query: string, whole: string): boolean {
  let at = 0
  for (const character of whole) if (character === query[at]) ++at
  return at === query.length
}

/** 0 is best; null: no match. */
function rankOf(type: EventType, query: string): number | null {
  const initials = type.initials.toLowerCase()
  const english = type.name_en?.toLowerCase() ?? ''
  if ([initials, type.name.toLowerCase(), english].includes(query)) return 0
  if (initials.startsWith(query) || type.name.startsWith(query)) return 1
  if (type.code.toLowerCase().startsWith(query)) return 2
  if (english.split(' ').some((word) => word.startsWith(query))) return 3
  if (type.name.includes(query) || initials.includes(query) || english.includes(query)) return 4
  if (query.length > 1 && (isAbbreviation(query, initials) || isAbbreviation(query, type.name))) return 5
  return null
}

/** Whole-class codes (…00) come after their particular kinds. `usual`: codes used before, latest first. */
export function findTypes(types: EventType[], text: string, usual: string[] = [], limit = 10): EventType[] {
  const query = text.trim().toLowerCase()
  if (query === '') {
    return usual.flatMap((code) => types.find((type) => type.code === code) ?? []).slice(0, limit)
  }
  return types
    .flatMap((type) => {
      const rank = rankOf(type, query)
      const often = usual.indexOf(type.code)
      const order = (rank ?? 0) * 100 + (often >= 0 ? often : 50) + (type.code.endsWith('00') ? 1 : 0)
      return rank === null ? [] : [{ type, order, length: type.name.length }]
    })
    .sort((a, b) => a.order - b.order || a.length - b.length)
    .slice(0, limit)
    .map((found) => found.type)
}

const kKept = 200
const found = new Map<string, Division[]>()

/** `under`: code of the division in which they lie; anywhere, where nothing is said. */
export async function findDivisions(text: string, signal: AbortSignal, under = ''): Promise<Division[]> {
  const query = text.trim()
  if (query === '') return []
  const key = `${under} ${query}`
  const before = found.get(key)
  if (before) return before
  const { items } = await get<Items<Division>>('/divisions/search', { q: query, under, limit: 10 }, signal)
  if (found.size >= kKept) found.delete(found.keys().next().value!)
  found.set(key, items)
  return items
}

export function divisionChoice(division: Division): Choice<Division> {
  return { key: division.code, text: division.name, more: division.path, value: division }
}
