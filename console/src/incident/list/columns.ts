/** Room of the list's columns: each has at least its own, and what is left over goes to those that grow. */
export interface Room {
  width: number
  /** Share of the room that is left over. */
  grow?: number
  /** The narrowest table in which it still stands. */
  from?: number
}

/** Of the table's own scroll bar. */
const kBar = 8

export function fitted<T extends Room>(columns: T[], width: number): T[] {
  const shown = columns.filter((column) => width >= (column.from ?? 0))
  const left = width - kBar - shown.reduce((sum, column) => sum + column.width, 0)
  const shares = shown.reduce((sum, column) => sum + (column.grow ?? 0), 0)
  return shown.map((column) => ({ ...column, width: Math.floor(column.width + Math.max(0, (left * (column.grow ?? 0)) / shares)) }))
}
