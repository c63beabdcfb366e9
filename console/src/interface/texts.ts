/** Texts of this page alone: it is apart from the console and loads nothing of it. */
export interface Texts {
  [key: string]: string | Texts
}

/** The text under a dotted key, its {values} filled in; the key itself where there is none. */
export function textOf(texts: Texts, key: string, values: Record<string, string | number> = {}): string {
  let found: string | Texts | undefined = texts
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
  if (typeof found !== 'string') return key
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
