/** Text that is being written survives Escape, a closed page and a power cut: kept in IndexedDB every two seconds. */
import { openDB, type IDBPDatabase } from 'idb'
import { onScopeDispose, ref, toRaw, watch, type Ref } from 'vue'
import { serverTime } from './clock'

export const kEveryMs = 2_000

export interface Kept<T> {
  value: T
  /** When it was written (server's time, ms). */
  at: number
}

let opened: Promise<IDBPDatabase> | null = null

function store(): Promise<IDBPDatabase> {
  opened ??= openDB('anlan', 1, { upgrade: (db) => void db.createObjectStore('draft') })
  return opened
}

export async function keep<T>(key: string, value: T, at: number): Promise<void> {
  await (await store()).put('draft', { value, at }, key)
}

export async function kept<T>(key: string): Promise<Kept<T> | null> {
  return ((await (await store()).get('draft', key)) as Kept<T> | undefined) ?? null
}

export async function dropKept(key: string): Promise<void> {
  await (await store()).delete('draft', key)
}

export interface Autosave {
  /** When the text that is kept was written (server's time, ms). */
  savedAt: Ref<number | null>
  /** True while the text is the one that was found and put back. */
  restored: Ref<boolean>
  ready: Promise<void>
  flush(): Promise<void>
  /** The text has been sent or thrown away. */
  clear(): Promise<void>
}

/**
 * `restore` gets what was kept; `empty` says whether there is nothing worth keeping; `written` is what of the state a person
 * writes: putting it back, or what the form notes about it, does not make it younger.
 */
export function useAutosave<T extends object>(
  key: string,
  state: T,
  empty: (state: T) => boolean,
  restore: (value: T) => void = (value) => Object.assign(state, value),
  written: (state: T) => unknown = (state) => state,
): Autosave {
  const savedAt = ref<number | null>(null)
  const restored = ref(false)
  const text = () => JSON.stringify(written(toRaw(state)))
  let dirty = false
  let keptText = ''

  const ready = kept<T>(key).then(
    (found) => {
      if (!found || dirty) return
      restore(found.value)
      restored.value = true
      savedAt.value = found.at
      keptText = text()
    },
    () => {},
  )

  async function flush(): Promise<void> {
    if (!dirty) return
    dirty = false
    const isOld = savedAt.value !== null && text() === keptText
    const at = isOld ? savedAt.value! : serverTime()
    try {
      if (empty(state)) return await forget()
      await keep(key, JSON.parse(JSON.stringify(toRaw(state))), at)
      savedAt.value = at
      restored.value &&= isOld
      keptText = text()
    } catch {
      // A browser without IndexedDB (private window): the form still works, nothing is kept.
    }
  }

  async function forget(): Promise<void> {
    savedAt.value = null
    restored.value = false
    await dropKept(key)
  }

  async function clear(): Promise<void> {
    dirty = false
    await forget().catch(() => {})
  }

  watch(state, () => (dirty = true), { deep: true, flush: 'sync' })
  const timer = setInterval(() => void flush(), kEveryMs)
  const atLeaving = () => void flush()
  globalThis.addEventListener?.('pagehide', atLeaving)
  globalThis.document?.addEventListener('visibilitychange', atLeaving)
  onScopeDispose(() => {
    clearInterval(timer)
    globalThis.removeEventListener?.('pagehide', atLeaving)
    globalThis.document?.removeEventListener('visibilitychange', atLeaving)
    void flush()
  })
  return { savedAt, restored, ready, flush, clear }
}
