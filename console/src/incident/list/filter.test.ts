import { describe, expect, it } from 'vitest'
import { filterFromQuery, filterToParams, filterToQuery, kEmptyFilter, narrowings } from './filter'

describe('The filter of the incident list', () => {
  it('has a plain address when nothing is narrowed', () => {
    expect(filterToQuery(kEmptyFilter)).toEqual({})
    expect(filterFromQuery({})).toEqual(kEmptyFilter)
  })

  it('comes back from the address as it went in', () => {
    const filter = { ...kEmptyFilter, q: '北沟', state: 'all', grade: 'larger', division: '370783', from: '2026-11-01' }
    expect(filterFromQuery(filterToQuery(filter))).toEqual(filter)
  })

  it('drops what an address cannot mean', () => {
    expect(filterFromQuery({ state: 'gone', from: 'yesterday', to: '2026-13-01', q: ['a', 'b'] })).toEqual(kEmptyFilter)
  })

  it('asks for whole days in Beijing time, the last one included', () => {
    const params = filterToParams({ ...kEmptyFilter, from: '2026-11-30', to: '2026-11-30' }, 1, 50)
    expect(params.from).toBe('2026-11-30T00:00:00.000+08:00')
    expect(params.to).toBe('2026-12-01T00:00:00.000+08:00')
  })

  it('sends no state when all are asked for', () => {
    expect(filterToParams({ ...kEmptyFilter, state: 'all' }, 2, 100)).toEqual({ page: '2', size: '100' })
  })

  it('counts a period once', () => {
    expect(narrowings({ ...kEmptyFilter, q: 'x', from: '2026-01-01', to: '2026-01-02' })).toBe(2)
  })
})
