/** The duty board: one for the whole console, because the bar shows its shift and its alarms on every page. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { kWorking } from '@/account/roles'
import { useAlertNews } from '@/alert/news'
import { get } from '@/base/api'
import { useNow } from '@/base/clock'
import type { Board } from '@/base/contract'
import { mayOpen } from '@/base/home'
import { useLive } from '@/base/live'
import { useNode } from '@/base/node'
import { useSession } from '@/session/store'
import { atLeast, numbersOf } from './numbers'

const kConcerns = /^(incident|report|receipt|instruction|clock|candidate|duty)\./

export const useBoard = defineStore('board', () => {
  const session = useSession()
  const node = useNode()
  const alerts = useAlertNews()
  const live = useLive(
    (signal) => (mayOpen(kWorking, session.session?.roles ?? []) ? get<Board>('/duty/board', {}, signal) : Promise.resolve(null)),
    (fact) => kConcerns.test(fact.type),
    () => [session.session?.account, node.world],
  )
  const now = useNow()
  const board = computed(() => live.data.value)
  const shift = computed(() => board.value?.shift ?? null)
  const overdue = computed(() => board.value?.clocks.filter((clock) => Date.parse(clock.due_at) <= now.value) ?? [])
  const numbers = computed(() => numbersOf(board.value?.open_incidents ?? [], session.session?.organisation.id))
  const waiting = computed(() => {
    const inbox = board.value?.inbox
    return inbox ? inbox.reports.length + inbox.returned.length + inbox.candidates.length + inbox.handovers.length : 0
  })
  /** What must not go unseen: overdue clocks, and what came in and nobody has answered. */
  const alarms = computed(() => overdue.value.length + waiting.value + alerts.items.length)
  /** Clocks come in the order in which they fall due: where all that are shown are overdue, others may be too. */
  const overdueCut = computed(() => isCut('clocks') && overdue.value.length === board.value?.clocks.length)
  const overdueCount = computed(() => atLeast(overdue.value.length, overdueCut.value))
  const alarmCount = computed(() => atLeast(alarms.value, overdueCut.value || isCut('candidates') || alerts.isCut))
  function isCut(...lists: string[]): boolean {
    return lists.some((list) => board.value?.more.includes(list))
  }
  return { board, shift, overdue, overdueCount, numbers, alarms, alarmCount, isCut, problem: live.problem, reload: live.reload }
})
