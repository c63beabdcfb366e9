import { describe, expect, it } from 'vitest'
import type { IncidentLine, Page } from '@/base/contract'
import { joined } from './pages'

const page = (...ids: string[]) => ({ items: ids.map((id) => ({ id }) as IncidentLine) }) as Page<IncidentLine>

describe('The pages of the list', () => {
  it('are joined in order, an incident that was pushed down only once', () => {
    expect(joined([page('a', 'b'), page('b', 'c')]).map((line) => line.id)).toEqual(['a', 'b', 'c'])
  })
})
