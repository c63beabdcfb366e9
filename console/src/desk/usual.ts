/** What this person chose lately, latest first; kept in the browser. */
const kKept = 8

export function useUsual(name: string) {
  const key = `anlan.usual.${name}`

  function list(): string[] {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
      return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : []
    } catch {
      return []
    }
  }

  function used(code: string): void {
    const now = [code, ...list().filter((entry) => entry !== code)].slice(0, kKept)
    try {
      localStorage.setItem(key, JSON.stringify(now))
    } catch {
      // A browser that keeps nothing offers nothing.
    }
  }

  return { list, used }
}
