import { kFigureNames, type FigureName, type Figures } from '@/base/contract'

export interface ShownFigure {
  name: FigureName
  value: number
}

/** The figures that are known, in their order of weight. */
export function knownFigures(figures: Partial<Figures> | null | undefined): ShownFigure[] {
  return kFigureNames.flatMap((name) => {
    const value = figures?.[name]
    return value == null ? [] : [{ name, value }]
  })
}

/** Names of the figures on which statements contradict each other. */
export function conflicts(statements: { figures: Partial<Figures> }[]): Set<FigureName> {
  const first = new Map<FigureName, number>()
  const found = new Set<FigureName>()
  for (const { figures } of statements) {
    for (const { name, value } of knownFigures(figures)) {
      const before = first.get(name)
      if (before === undefined) first.set(name, value)
      else if (before !== value) found.add(name)
    }
  }
  return found
}
