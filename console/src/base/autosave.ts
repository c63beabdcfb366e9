/** Text that is being written survives Escape, a closed page and a power cut: kept in IndexedDB every two seconds. */
import { openDB, type IDBPDatabase } from 'idb'
import { onScopeDispose, ref, toRaw, watch, type Ref } from 'vue'

export const kEveryMs = 2_000

export interface Kept<T> {
  value: T
  /** Own clock, ms. */
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
  /** When the text was last kept (own clock, ms). */
  savedAt: Ref<number | null>
  /** True when text from before was found and put back. */
  restored: Ref<boolean>
  ready: Promise<void>
  flush(): Promise<void>
  /** The text has been sent or thrown away. */
  clear(): Promise<void>
}

/** `restore` gets what was kept; `empty` says whether there is nothing worth keeping. */
export function useAutosave<T extends object>(
  key: string,
  state: T,
  empty: (state: T) => boolean,
  restore: (value: T) => void = (value) => Object.assign(state, value),
): Autosave {
  const savedAt = ref<number | null>(null)
  const restored = ref(false)
  let dirty = false

  const ready = kept<T>(key).then(
    (found) => {
      if (!found || dirty) return
      restore(found.value)
      restored.value = true
      savedAt.value = found.at
    },
    () => {},
  )

  async function flush(): Promise<void> {
    if (!dirty) return
    dirty = false
    try {
      if (empty(state)) await dropKept(key)
      else await keep(key, JSON.parse(JSON.stringify(toRaw(state))), Date.now())
      savedAt.value = empty(state) ? null : Date.now()
    } catch {
      // A browser without IndexedDB (private window): the form still works, nothing is kept.
    }
  }

  async function clear(): Promise<void> {
    dirty = false
    savedAt.value = null
    restored.value = false
    await dropKept(key).catch(() => {})
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
