/** What a form calls the fields of the interface, for refusals that name them. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { fieldFaults, type LabelOf, type Problem } from './problem'

/** Where labels of fields stand, in every form; a form's own go before them. */
const kScopes = ['base.field', 'base.figure', 'incident.field', 'report.field']

/** `own`: where a form's own labels stand, or the keys of single ones by field. '' where nothing is known. */
export function useLabels(own: string | Record<string, string> = {}): LabelOf {
  const { t, te } = useI18n()
  const scopes = typeof own === 'string' ? [own, ...kScopes] : kScopes
  return (path) => {
    // `figures.dead` and `to[2]` are called as the input they came from.
    const name = path.split('.').at(-1)!.replace(/\[\d+\]$/, '')
    const single = typeof own === 'string' ? undefined : own[name]
    const key = single ?? scopes.map((scope) => `${scope}.${name}`).find((one) => te(one))
    return key ? t(key) : ''
  }
}

/** The faults of a form's fields, by field; empty while there is no problem. */
export function useFaults(problem: Ref<Problem | null>, label: LabelOf = useLabels()) {
  const { locale } = useI18n()
  return computed(() => (problem.value ? fieldFaults(problem.value, locale.value, label) : {}))
}
