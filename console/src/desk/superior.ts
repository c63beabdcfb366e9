/** To whom one's own organisation reports: statutory time limits are owed to a superior, so without one none begins. */
import { computed } from 'vue'
import { get } from '@/base/api'
import type { Items } from '@/base/contract'
import { useLive } from '@/base/live'
import type { Organisation } from '@/organisation/types'
import { useSession } from '@/session/store'

export function lacksSuperior(organisations: Pick<Organisation, 'id' | 'superior'>[], own: string | undefined): boolean {
  return organisations.some((one) => one.id === own && !one.superior)
}

/** Said only where it is known: not before the register was read. */
export function useLacksSuperior() {
  const session = useSession()
  const register = useLive(
    (signal) => get<Items<Organisation>>('/organisations', {}, signal),
    (fact) => fact.type.startsWith('organisation.'),
    () => session.session?.account,
  )
  return computed(() => lacksSuperior(register.data.value?.items ?? [], session.session?.organisation.id))
}
