/** What the form of a warning needs before it can be shown: prepared texts, reaches, and the version that is revised. */
import { shallowRef } from 'vue'
import { get } from '@/base/api'
import { eventTypes, typeChoice } from '@/base/codes'
import type { EventType, Items } from '@/base/contract'
import { locale } from '@/base/locale'
import { problemOf, type Problem } from '@/base/problem'
import { draftOf, emptyDraft, follows, type AreaWords, type Draft } from './draft'
import { divisionOf } from './ground'
import type { Reach, Template, Version, WarningAnswer } from './types'

/** Of a kind that the tables do not know any more, its code. */
function typeOf(version: Version, types: EventType[]) {
  const found = types.find((one) => one.code === version.type.code)
  const { code, name } = version.type
  return found ? typeChoice(found, locale.value) : { key: code, text: name, value: { code, name } as EventType }
}

export function useComposing(id: string | undefined, words: () => AreaWords) {
  const templates = shallowRef<Template[]>([])
  const reaches = shallowRef<Reach[]>([])
  const warning = shallowRef<WarningAnswer | null>(null)
  const problem = shallowRef<Problem | null>(null)

  /** As it stood when the form was opened. */
  async function begin(): Promise<Draft> {
    try {
      const [prepared, known, types, revised] = await Promise.all([
        get<Items<Template>>('/warnings/templates'),
        get<Items<Reach>>('/warnings/reaches'),
        eventTypes(),
        id ? get<WarningAnswer>(`/warnings/${id}`) : null,
      ])
      templates.value = prepared.items
      reaches.value = known.items
      warning.value = revised
      const version = revised && (revised.pending ?? revised.in_force)
      if (!version) return emptyDraft()
      const divisions = await Promise.all(version.content.area.divisions.map(divisionOf))
      return follows(draftOf(version, { type: typeOf(version, types), divisions, reaches: known.items }), words())
    } catch (thrown) {
      problem.value = problemOf(thrown)
      return emptyDraft()
    }
  }

  return { templates, reaches, warning, problem, begin }
}
