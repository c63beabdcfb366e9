/** What the forms of administration have in common: which row they change, and what came of it. */
import { ref, shallowRef, watch, type Ref } from 'vue'
import { useIntent } from '@/base/intent'
import { useFaults, useLabels } from '@/base/labels'

/** Which row a form is open for; null: a new one. */
export function useEditing<Row>() {
  const row = shallowRef<Row | null>(null)
  const open = ref(false)
  function edit(which: Row | null): void {
    row.value = which
    open.value = true
  }
  return { row, open, edit }
}

/** `fill` writes the inputs when the form is opened; `labels`: what it calls the fields of the interface. */
export function useForm(open: Ref<boolean>, fill: () => void, labels: string | Record<string, string>) {
  const { busy, problem, run } = useIntent()
  const label = useLabels(labels)
  const faults = useFaults(problem, label)
  watch(open, (now) => {
    if (!now) return
    problem.value = null
    fill()
  })
  return { busy, problem, run, label, faults }
}
