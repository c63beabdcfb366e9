/** An act upon one thing that is asked about before it is done: its dialog, and what came of it. */
import { ref, shallowRef, type Ref } from 'vue'
import type { Accepted } from './contract'
import { useIntent } from './intent'
import type { Problem } from './problem'

/** What its dialog shows. */
export interface Asking {
  open: Ref<boolean>
  busy: Ref<boolean>
  problem: Ref<Problem | null>
}

export function useAsking<Subject>(done: () => unknown = () => {}) {
  const { busy, problem, run } = useIntent()
  const subject = shallowRef<Subject | null>(null)
  const open = ref(false)

  function ask(about: Subject): void {
    problem.value = null
    subject.value = about
    open.value = true
  }

  /** Closes the dialog once it is done; null: refused, and the dialog says why. */
  async function act<T = Accepted>(path: string, body: unknown = {}): Promise<T | null> {
    const answer = await run<T>(path, body)
    if (!answer) return null
    open.value = false
    await done()
    return answer
  }

  return { subject, open, busy, problem, ask, act }
}
