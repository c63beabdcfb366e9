import { describe, expect, it } from 'vitest'
import type { IncidentLine, Page } from '@/base/contract'
import { counted, joined, kPageSize } from './pages'

const page = (...ids: string[]) => ({ items: ids.map((id) => ({ id }) as IncidentLine) }) as Page<IncidentLine>
const full = (total: number, more: boolean) => ({ ...page(...Array.from({ length: kPageSize }, (_, i) => `i${i}`)), total, more })

describe('The pages of the list', () => {
  it('are joined in order, an incident that was pushed down only once', () => {
    expect(joined([page('a', 'b'), page('b', 'c')]).map((line) => line.id)).toEqual(['a', 'b', 'c'])
  })

  it('end where a page is not full, or all that was counted is there', () => {
    expect(counted([full(1000, true)])).toEqual({ total: 1000, atLeast: true, ended: false })
    expect(counted([full(200, false), full(200, false)])).toEqual({ total: 200, atLeast: false, ended: true })
    expect(counted([full(120, false), { ...page('x'), total: 101, more: false }])).toMatchObject({ total: 101, ended: true })
  })
})
