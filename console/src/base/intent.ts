/** One person's intent to change something: busy while it is on its way, its problem when it was refused. */
import { ref, shallowRef } from 'vue'
import { command, newKey, type CommandOptions } from './api'
import type { Accepted } from './contract'
import { problemOf, type Problem } from './problem'

export function useIntent() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let last = { content: '', key: '' }

  /** Answers null when it was refused (see `problem`) or when the same intent is still on its way. */
  async function run<T = Accepted>(path: string, body: unknown, options: CommandOptions = {}): Promise<T | null> {
    if (busy.value) return null
    const content = path + JSON.stringify(body ?? null)
    if (content !== last.content) last = { content, key: newKey() }
    busy.value = true
    problem.value = null
    try {
      const done = await command<T>(path, body, { key: last.key, ...options })
      last = { content: '', key: '' }
      return done ?? ({} as T)
    } catch (thrown) {
      problem.value = problemOf(thrown)
      if (!problem.value.passing) last = { content: '', key: '' }
      return null
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, run }
}
