/**
 * Grade or severity as a map symbol. Shape and colour say the same thing, so the map can be read in grey print and by
 * the colour-blind; the word stands beside every symbol.
 */
export type Level = 'red' | 'orange' | 'yellow' | 'blue' | 'none'

export interface SymbolShape {
  level: Level
  /** Corners of the regular polygon; 0 is a circle. */
  corners: number
  /** Turn in radians. */
  turn: number
  radius: number
  fill: string
  outline: string
  /** Worse ones lie on top. */
  rank: number
}

export const kLevelFill: Record<Level, string> = {
  red: '#c8102e',
  orange: '#e87700',
  yellow: '#f5c400',
  blue: '#2b6cc4',
  none: '#ffffff',
}

const kOutline = '#1b2226'

/** Area colours: same hues, transparent. */
export function areaFill(level: Level): string {
  const alpha = level === 'none' ? '14' : '29'
  return (level === 'none' ? '#4a555b' : kLevelFill[level]) + alpha
}

const kShapes: Record<string, SymbolShape> = {
  extra_major: { level: 'red', corners: 8, turn: Math.PI / 8, radius: 11, fill: kLevelFill.red, outline: kOutline, rank: 5 },
  major: { level: 'orange', corners: 3, turn: 0, radius: 12, fill: kLevelFill.orange, outline: kOutline, rank: 4 },
  larger: { level: 'yellow', corners: 4, turn: 0, radius: 11, fill: kLevelFill.yellow, outline: kOutline, rank: 3 },
  ordinary: { level: 'blue', corners: 0, turn: 0, radius: 8, fill: kLevelFill.blue, outline: kOutline, rank: 2 },
  ungraded: { level: 'none', corners: 4, turn: Math.PI / 4, radius: 9, fill: kLevelFill.none, outline: kOutline, rank: 1 },
}

export function shapeOfGrade(grade: string): SymbolShape {
  return kShapes[grade] ?? kShapes.ungraded!
}

/** CAP severity and the four colours of Chinese warnings name the same four steps. */
export function levelOfSeverity(severity: string | null | undefined): Level {
  switch ((severity ?? '').toLowerCase()) {
    case 'extreme':
      return 'red'
    case 'severe':
      return 'orange'
    case 'moderate':
      return 'yellow'
    case 'minor':
      return 'blue'
    default:
      return 'none'
  }
}

/** Points of the symbol as an SVG path around (0, 0), for the list and the legend beside the map. */
export function symbolPath(shape: SymbolShape, radius = shape.radius): string {
  if (shape.corners === 0) return `M ${-radius} 0 a ${radius} ${radius} 0 1 0 ${2 * radius} 0 a ${radius} ${radius} 0 1 0 ${-2 * radius} 0 Z`
  const corner = (i: number) => {
    const angle = shape.turn - Math.PI / 2 + (2 * Math.PI * i) / shape.corners
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`
  }
  return `M ${Array.from({ length: shape.corners }, (_, i) => corner(i)).join(' L ')} Z`
}
