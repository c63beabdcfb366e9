/** What a draft would do, asked while it is written. */
import { ref, shallowRef, watch } from 'vue'
import { command } from '@/base/api'
import { problemOf, type Problem } from '@/base/problem'
import type { Content, Preview } from './types'

const kPauseMs = 300

/** Of what is signed, only this decides who is reached and who signs. */
function whom(content: Content | null): string {
  return content ? JSON.stringify([content.type, content.colour, content.area, content.audience, content.channels]) : ''
}

/** And this what they read. */
function question(content: Content | null): string {
  return content ? whom(content) + JSON.stringify([content.headline, content.description, content.instruction]) : ''
}

/** `warning`: of which it would be a new version. */
export function usePreview(content: () => Content | null, warning?: string) {
  const preview = shallowRef<Preview | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const counting = ref(false)
  /** The texts are older than what is written. */
  const behind = ref(false)
  let counted = ''
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(mine: number): Promise<void> {
    const asked = content()
    if (!asked) return
    try {
      const answer = await command<Preview>('/warnings/preview', { content: asked, ...(warning && { warning }) })
      if (mine !== turn) return
      preview.value = answer
      problem.value = null
      counted = whom(asked)
    } catch (thrown) {
      if (mine !== turn) return
      preview.value = null
      problem.value = problemOf(thrown)
    }
    counting.value = false
    behind.value = false
  }

  watch(
    () => question(content()),
    (asked) => {
      const mine = ++turn
      clearTimeout(timer)
      counting.value = asked !== '' && whom(content()) !== counted
      behind.value = asked !== ''
      if (asked) timer = setTimeout(() => void ask(mine), kPauseMs)
      else {
        preview.value = null
        counted = ''
      }
    },
    { immediate: true },
  )
  return { preview, problem, counting, behind }
}
