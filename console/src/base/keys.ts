/**
 * Short cuts. Who registers last is asked first, so a dialog goes before its page. Letters wait while a person is typing;
 * function keys, Ctrl+Enter and Escape do not.
 */
import { onScopeDispose, shallowReactive } from 'vue'

export interface Shortcut {
  /** `F2`, `/`, `?`, `g d`, `Ctrl+Enter`, `Escape` */
  keys: string
  /** Key of the text in the list of short cuts. */
  label: string
  /** Answers false when it had nothing to do: then the next is asked. */
  run: (event: KeyboardEvent) => boolean | void
  /** Whether the list of short cuts shows it now; always, where nothing is said. */
  offered?: () => boolean
}

const kSequenceMs = 1_500

export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + name
}

export function isTyping(target: EventTarget | null): boolean {
  if (!target || !('tagName' in target)) return false
  const element = target as HTMLElement
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName) || element.isContentEditable
}

export class KeyRegistry {
  /** In the order of registration. */
  readonly shortcuts = shallowReactive<Shortcut[]>([])
  private prefix = ''
  private prefixAt = 0

  add(shortcut: Shortcut): () => void {
    this.shortcuts.push(shortcut)
    return () => {
      const at = this.shortcuts.indexOf(shortcut)
      if (at >= 0) this.shortcuts.splice(at, 1)
    }
  }

  /** `at` in ms; `covered`: a dialog lies over the page. Answers whether somebody took the key. */
  handle(event: KeyboardEvent, at: number, covered = false): boolean {
    if (event.isComposing || event.defaultPrevented) return false
    const key = keyOf(event)
    // A key held down must not sign what it has just saved.
    if (event.repeat && key === 'Ctrl+Enter') return false
    const typing = isTyping(event.target)
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey
    if (plain && (typing || (covered && key !== '?'))) return false
    if (!typing && this.prefix && at - this.prefixAt < kSequenceMs) {
      const sequence = `${this.prefix} ${key}`
      this.prefix = ''
      if (this.take(sequence, event)) return true
    }
    if (!typing && this.shortcuts.some((shortcut) => shortcut.keys.startsWith(`${key} `))) {
      this.prefix = key
      this.prefixAt = at
      return true
    }
    return this.take(key, event)
  }

  private take(keys: string, event: KeyboardEvent): boolean {
    for (let i = this.shortcuts.length - 1; i >= 0; --i) {
      const shortcut = this.shortcuts[i]!
      if (shortcut.keys !== keys) continue
      if (shortcut.run(event) === false) continue
      event.preventDefault()
      return true
    }
    return false
  }
}

export const keys = new KeyRegistry()

/** Is a dialog open over the page? Then the page's letters have to wait; one that is fading away takes none. */
export function isCovered(): boolean {
  const open = document.querySelectorAll(".el-overlay:not([class*='leave-active'])")
  return [...open].some((cover) => cover.getClientRects().length > 0)
}

export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => keys.handle(event, event.timeStamp, isCovered()))
}

/** Short cuts for as long as the calling component lives. */
export function useKeys(shortcuts: Shortcut[]): void {
  const remove = shortcuts.map((shortcut) => keys.add(shortcut))
  onScopeDispose(() => remove.forEach((call) => call()))
}
