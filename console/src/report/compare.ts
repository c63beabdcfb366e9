/** What changed between two texts: runs that stayed, went or came. Characters for Chinese, words for the rest. */
export interface Run {
  kind: 'same' | 'gone' | 'come'
  text: string
}

/** More than this and the texts are shown whole, one after the other. */
const kMostCells = 4_000_000

function pieces(text: string): string[] {
  return text.match(/[A-Za-z0-9_.]+|\s+|./gsu) ?? []
}

function push(runs: Run[], kind: Run['kind'], text: string): void {
  const last = runs.at(-1)
  if (last?.kind === kind) last.text += text
  else runs.push({ kind, text })
}

export function compareTexts(before: string, after: string): Run[] {
  const a = pieces(before)
  const b = pieces(after)
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  if (a.length * b.length > kMostCells) {
    return [
      { kind: 'gone', text: before },
      { kind: 'come', text: after },
    ]
  }
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
    }
  }
  return walk(a, b, longest, width)
}

function walk(a: string[], b: string[], longest: Uint32Array, width: number): Run[] {
  const runs: Run[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(runs, 'same', a[i]!)
      ++i
      ++j
    } else if (j >= b.length || (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)) {
      push(runs, 'gone', a[i]!)
      ++i
    } else {
      push(runs, 'come', b[j]!)
      ++j
    }
  }
  return runs
}
