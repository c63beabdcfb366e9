/** Channels by kind: which of those that a warning can name this node can reach people by. */
import { shallowRef } from 'vue'
import { get } from '@/base/api'
import type { Items } from '@/base/contract'
import type { Channel } from './types'

/** The public page is the node's own. */
const kPage = 'page'

export function kindsOf(channels: Channel[], drill: boolean): string[] {
  return [kPage, ...new Set(channels.filter((one) => one.drill === drill).map(({ kind }) => kind))]
}

/** Null: not for the reader to know. */
export function loadKinds(drill: () => boolean): Promise<string[] | null> {
  return get<Items<Channel>>('/channels').then(
    ({ items }) => kindsOf(items, drill()),
    () => null,
  )
}

/** Null: not known yet, or not for the reader to know. */
export function useKinds(drill: () => boolean) {
  const kinds = shallowRef<string[] | null>(null)
  void loadKinds(drill).then((found) => (kinds.value = found))
  return kinds
}
