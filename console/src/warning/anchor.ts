/** Goes to the part of a page that its address names, once that part is there: what comes over the line comes later. */
import { onScopeDispose, watch } from 'vue'
import { useRoute } from 'vue-router'

const kPatienceMs = 5_000

export function useAnchor(): void {
  const route = useRoute()
  let timer: ReturnType<typeof setTimeout> | undefined
  const seek = (id: string, until: number) => {
    const part = document.getElementById(id)
    if (part) part.scrollIntoView({ block: 'start' })
    else if (performance.now() < until) timer = setTimeout(() => seek(id, until), 100)
  }
  watch(
    () => route.hash,
    (hash) => {
      clearTimeout(timer)
      if (hash.length > 1) seek(hash.slice(1), performance.now() + kPatienceMs)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => clearTimeout(timer))
}
