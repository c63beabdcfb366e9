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

interface Said {
  figures: Partial<Figures>
  source: string
  adopted: boolean
}

/**
 * Names of the figures on which sources still differ. What was said up to the last adoption of a figure is settled by
 * it; from then on the last word of each source counts.
 */
export function unsettled(statements: Said[], current: Partial<Figures>): FigureName[] {
  return kFigureNames.filter((name) => {
    const said = statements.flatMap(({ figures, source, adopted }) => (figures[name] == null ? [] : [{ value: figures[name], source, adopted }]))
    // Only the latest adoption is marked. Where it is silent on this figure, the figure that counts tells which one was before.
    const marked = said.findLastIndex((one) => one.adopted)
    const settled = marked >= 0 ? marked : said.findLastIndex((one) => one.value === current[name])
    const open = new Map(said.slice(settled + 1).map((one) => [one.source, one.value]))
    const values = new Set(open.values())
    if (settled >= 0) values.add(said[settled]!.value)
    return values.size > 1
  })
}

export type OwnFigure = 'burnt_ha' | 'magnitude'
/** Figures that one kind of event has, by the beginning of its code: 11C earthquakes, 11G forest and grassland fires. */
const kOwnFigures: Record<OwnFigure, string> = { burnt_ha: '11G', magnitude: '11C' }

/** What this kind of event is measured by beside people and loss; null: by nothing of its own. */
export function ownFigure(type: string): OwnFigure | null {
  const found = Object.entries(kOwnFigures).find(([, code]) => type.startsWith(code))
  return found ? (found[0] as OwnFigure) : null
}

export function isOwnFigure(name: FigureName): name is OwnFigure {
  return name in kOwnFigures
}

/** Those to ask for at once; the others are of another kind of event. */
export function askedFigures(type: string, stated: readonly string[]): FigureName[] {
  return kFigureNames.filter((name) => !isOwnFigure(name) || name === ownFigure(type) || stated.includes(name))
}

const kDecimals: FigureName[] = ['loss_yuan', 'burnt_ha', 'magnitude']

/** A figure as typed: null when nothing is known, NaN when it is none. People are counted whole. */
export function figureOf(name: FigureName, text: string): number | null {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return null
  const form = kDecimals.includes(name) ? /^\d{1,14}(\.\d{1,3})?$/ : /^\d{1,9}$/
  return form.test(plain) ? Number(plain) : Number.NaN
}

export type FigureFault = 'count' | 'number'

/** What is wrong with a figure as typed. */
export function figureFault(name: FigureName, text: string): FigureFault | null {
  if (!Number.isNaN(figureOf(name, text))) return null
  return kDecimals.includes(name) ? 'number' : 'count'
}
