/** What the form of a warning needs before it can be shown: prepared texts, reaches, and the version that is revised. */
import { shallowRef } from 'vue'
import { draftFrom } from '@/alert/drafting'
import type { AlertAnswer, AlertDraft } from '@/alert/types'
import { get } from '@/base/api'
import { eventTypes, typeChoice } from '@/base/codes'
import type { EventType, Items } from '@/base/contract'
import { locale } from '@/base/locale'
import { problemOf, type Problem } from '@/base/problem'
import { draftOf, emptyDraft, follows, type AreaWords, type Draft } from './draft'
import { divisionOf } from './ground'
import type { Reach, Template, WarningAnswer } from './types'

/** Of a kind that the tables do not know any more, its code. */
function typeOf({ code, name }: { code: string; name: string }, types: EventType[]) {
  const found = types.find((one) => one.code === code)
  return found ? typeChoice(found, locale.value) : { key: code, text: name, value: { code, name } as EventType }
}

/** `alert`: of others, from which a new one is begun. */
export function useComposing({ id, alert }: { id?: string; alert?: string }, words: () => AreaWords) {
  const templates = shallowRef<Template[]>([])
  const reaches = shallowRef<Reach[]>([])
  const warning = shallowRef<WarningAnswer | null>(null)
  const problem = shallowRef<Problem | null>(null)
  /** What the alert left open, and whether it named places that are not the own organisation's. */
  const open = shallowRef<{ missing: AlertDraft['missing']; outside: boolean }>({ missing: [], outside: false })

  async function fromAlert(types: EventType[], known: Reach[]): Promise<Draft> {
    const [of, made] = await Promise.all([get<AlertAnswer>(`/alerts/${alert}`), get<AlertDraft>(`/alerts/${alert}/draft`)])
    const divisions = await Promise.all(made.content.area.divisions.map(divisionOf))
    open.value = { missing: made.missing, outside: of.message!.area.divisions.length > divisions.length }
    return draftFrom(made, of.message!, { type: of.type && typeOf(of.type, types), divisions, reaches: known })
  }

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
      if (alert) return await fromAlert(types, known.items)
      const version = revised && (revised.pending ?? revised.in_force)
      if (!version) return emptyDraft()
      const divisions = await Promise.all(version.content.area.divisions.map(divisionOf))
      return follows(draftOf(version, { type: typeOf(version.type, types), divisions, reaches: known.items }), words())
    } catch (thrown) {
      problem.value = problemOf(thrown)
      return emptyDraft()
    }
  }

  return { templates, reaches, warning, problem, open, begin }
}
