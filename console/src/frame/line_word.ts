/** What people are told of the live line: that it is broken, that what was missed is being read, that nothing is missing. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useNow } from '@/base/clock'
import { useFeed } from '@/base/feed'
import { useBoard } from '@/desk/board'

/** Shorter breaks, as of a proxy that ends what is idle, are mended before anybody could act on them. */
export const kUntoldMs = 3_000
export const kRestoredShownMs = 15_000

/** A break of the line; times are the server's, in ms. */
export interface Gap {
  /** When the line was last heard of: what is shown is from then. */
  since: number
  /** When that it is broken was found, which silence takes a while to tell. */
  found: number
  /** Where the node was when the line stood again; null: it does not stand. */
  reach: number | null
  /** When everything up to there was on the screen. */
  until: number | null
  /** The node went on from a backup, so what was seen may be gone. */
  anew: boolean
}

export type LineWord = 'broken' | 'catching_up' | 'restored' | 'anew'

export function lineWord(gap: Gap | null, now: number): LineWord | null {
  if (!gap) return null
  if (gap.anew && gap.reach !== null) return 'anew'
  if ((gap.until ?? now) - gap.found < kUntoldMs) return null
  if (gap.reach === null) return 'broken'
  if (gap.until === null) return 'catching_up'
  return now - gap.until < kRestoredShownMs ? 'restored' : null
}

export function useLineWord() {
  const feed = useFeed()
  const board = useBoard()
  const now = useNow()
  const gap = ref<Gap | null>(null)
  /** Who has no board has nothing to catch up with. */
  const shown = computed(() => board.board?.position ?? (board.problem ? -1 : Infinity))

  watch(
    () => feed.state,
    (state) => {
      if (state === 'closed' || state === 'connecting') gap.value = null
      else if (state === 'live') gap.value &&= { ...gap.value, reach: feed.position }
      else if (gap.value?.until === null) gap.value = { ...gap.value, reach: null }
      else gap.value = { since: feed.brokenSince ?? now.value, found: now.value, reach: null, until: null, anew: false }
    },
    { immediate: true },
  )
  watch([gap, shown], () => {
    if (!gap.value || gap.value.reach === null || gap.value.until !== null) return
    if (shown.value >= gap.value.reach) gap.value = { ...gap.value, until: now.value }
  })
  const anew = () => (gap.value &&= { ...gap.value, anew: true })
  feed.onRestored.add(anew)
  onScopeDispose(() => feed.onRestored.delete(anew))
  const dismiss = () => (gap.value = null)
  return { gap, word: computed(() => lineWord(gap.value, now.value)), dismiss }
}
