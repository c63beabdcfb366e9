/** Texts in which the area is filled in while the rest is written by hand. */

export const kAreaMark = '{area}'

export function filled(text: string, area: string): string {
  return text.replaceAll(kAreaMark, area)
}

/** Where the marks of `text` come to stand once they are filled: begin and end of each. */
function places(text: string, area: string): [number, number][] {
  const found: [number, number][] = []
  let at = 0
  for (const piece of text.split(kAreaMark).slice(0, -1)) {
    at += piece.length
    found.push([at, at + area.length])
    at += area.length
  }
  return found
}

/**
 * The text behind `typed`, which a person made out of `filled(text, area)` by one change: marks that the change did not
 * touch go on following the area, what was written over stays as it was written.
 */
export function rewritten(text: string, area: string, typed: string): string {
  const before = filled(text, area)
  const most = Math.min(before.length, typed.length)
  let head = 0
  while (head < most && before[head] === typed[head]) ++head
  let tail = 0
  while (tail < most - head && before[before.length - 1 - tail] === typed[typed.length - 1 - tail]) ++tail
  const grown = typed.length - before.length
  const kept = places(text, area).flatMap<[number, number]>(([from, to]) => {
    if (to <= head) return [[from, to]]
    return from >= before.length - tail ? [[from + grown, to + grown]] : []
  })
  return kept.reverse().reduce((made, [from, to]) => made.slice(0, from) + kAreaMark + made.slice(to), typed)
}
