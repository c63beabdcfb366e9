/** Asks again by time what no fact tells of; not while the page lies in the background. */
import { onScopeDispose } from 'vue'

export function usePolling(ask: () => Promise<unknown>, everyMs: number, wanted: () => boolean = () => true): void {
  const timer = setInterval(() => {
    if (!document.hidden && wanted()) void ask()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
}
