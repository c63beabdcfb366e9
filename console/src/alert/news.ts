/** Alerts of others that wait for this desk: in force, neither used nor dismissed. For the desk, the bell and the drawer. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { kWorking } from '@/account/roles'
import { get } from '@/base/api'
import { mayOpen } from '@/base/home'
import { useLive } from '@/base/live'
import { useNode } from '@/base/node'
import { useSession } from '@/session/store'
import { grouped } from './standing'
import type { AlertPage } from './types'

export const useAlertNews = defineStore('alert-news', () => {
  const session = useSession()
  const node = useNode()
  const { data } = useLive(
    (signal) =>
      mayOpen(kWorking, session.session?.roles ?? [])
        ? get<AlertPage>('/alerts', { state: 'in_force', handling: 'new' }, signal)
        : Promise.resolve(null),
    (fact) => fact.type.startsWith('alert.'),
    () => [session.session?.account, node.world],
  )
  const items = computed(() => grouped(data.value?.items ?? []).new)
  const isCut = computed(() => data.value?.more ?? false)
  return { items, isCut }
})
