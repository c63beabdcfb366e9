/** What a field that finds as one types takes without being told to. */

export interface Choice<V> {
  key: string
  text: string
  /** Tells apart choices of the same name. */
  more?: string
  /** What else names it in full, as its initials. */
  names?: string[]
  value: V
}

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** The one choice that `query` names in full; a part of a name, or one of several, may be meant for something else. */
export function exactChoice<V>(choices: Choice<V>[], query: string): Choice<V> | undefined {
  const wanted = plain(query)
  const named = choices.filter(({ key, text, names = [] }) => [key, text, ...names].some((name) => plain(name) === wanted))
  return named.length === 1 ? named[0] : undefined
}
