import { describe, expect, it } from 'vitest'
import { fitted } from './columns'

const columns = [
  { key: 'number', width: 120, from: 900 },
  { key: 'title', width: 190, grow: 3 },
  { key: 'place', width: 100, grow: 1, from: 900 },
]
const widths = (width: number) => fitted(columns, width).map((column) => [column.key, column.width])

describe('the room of the columns', () => {
  it('that is left over goes to those that grow', () => {
    expect(widths(1218)).toEqual([['number', 120], ['title', 790], ['place', 300]])
  })
  it('lets a column go where the table is too narrow for it', () => {
    expect(widths(899)).toEqual([['title', 891]])
  })
  it('is never less than a column needs', () => {
    expect(fitted([{ width: 500, grow: 1 }], 300)).toEqual([{ width: 500, grow: 1 }])
  })
})
