/**
 * Goes to the part of a page that its address names. What comes over the line comes later, that part too, and what comes
 * above it moves it: it is held in place for a moment, unless the reader moves first.
 */
import { onScopeDispose, watch } from 'vue'
import { useRoute } from 'vue-router'

const kPatienceMs = 5_000
const kSettledMs = 1_500
const kStepMs = 100
const kMoves = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const

export function useAnchor(): void {
  const route = useRoute()
  let timer: ReturnType<typeof setTimeout> | undefined
  const seek = (id: string, until: number, found: boolean) => {
    const part = document.getElementById(id)
    part?.scrollIntoView({ block: 'start' })
    const end = part && !found ? performance.now() + kSettledMs : until
    if (performance.now() < end) timer = setTimeout(() => seek(id, end, found || part !== null), kStepMs)
  }
  const stop = () => clearTimeout(timer)
  kMoves.forEach((move) => window.addEventListener(move, stop, { passive: true }))
  watch(
    () => route.hash,
    (hash) => {
      stop()
      if (hash.length > 1) seek(hash.slice(1), performance.now() + kPatienceMs, false)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    stop()
    kMoves.forEach((move) => window.removeEventListener(move, stop))
  })
}
