import { describe, expect, it } from 'vitest'
import { filterOf, grouped, groupsOf, hindrance, isLast, statesOf } from './grouping'
import type { Colour, Version, Warning } from './types'
import { endsSoon, remainingWords } from './validity'

const kArea = { description: '寿光市', divisions: ['370783'], rings: [], circles: [] }
const version = (colour: Colour, expires = '2026-07-20T18:00:00Z', change: Partial<Version> = {}) =>
  ({ number: 1, content: { colour, expires, area: kArea }, signatures: [], needed: 2, declined_by: null, ...change }) as unknown as Version
const warning = (id: string, change: Partial<Warning>) =>
  ({ id, state: 'draft', in_force: null, pending: null, issued: [], actions: [], ...change }) as Warning

describe('The place of a warning on the page', () => {
  it('is what is asked of the reader first', () => {
    expect(groupsOf(warning('a', { pending: version('red'), actions: ['warning.sign'] }))).toEqual(['mine'])
    expect(groupsOf(warning('a', { pending: version('red') }))).toEqual(['waiting'])
  })
  it('is among the unfinished as long as nobody can sign', () => {
    const bare = version('red')
    bare.content.area = { ...kArea, divisions: [] }
    expect(hindrance(bare)).toBe('no_area')
    expect(hindrance(version('red', undefined, { declined_by: '王' }))).toBe('declined')
    expect(hindrance(version('red', undefined, { needed: null }))).toBe('no_rule')
    expect(groupsOf(warning('a', { pending: bare }))).toEqual(['unready'])
  })
  it('is twofold where a change of what is in force waits', () => {
    const changed = warning('a', { state: 'issued', in_force: version('red'), pending: version('blue'), actions: ['warning.sign'] })
    expect(groupsOf(changed)).toEqual(['mine', 'in_force'])
  })
  it('is history once it is over, whatever lies about', () => {
    for (const state of ['cancelled', 'expired', 'withdrawn'] as const) expect(groupsOf(warning('a', { state }))).toEqual(['history'])
  })
  it('is before milder ones, and before what ends later', () => {
    const issued = (id: string, colour: Colour, expires?: string) => warning(id, { state: 'issued', in_force: version(colour, expires) })
    const late = issued('late', 'red', '2026-07-21T18:00:00Z')
    const found = grouped([issued('blue', 'blue'), late, issued('red', 'red'), issued('orange', 'orange')])
    expect(found.in_force.map(({ id }) => id)).toEqual(['red', 'late', 'orange', 'blue'])
  })
})

describe('The filter', () => {
  it('comes from the address, and falls back to what is current', () => {
    expect(filterOf({ state: 'expired' })).toBe('expired')
    expect(filterOf({ state: 'gone' })).toBe('now')
    expect(statesOf('now')).toEqual(['issued', 'draft'])
    expect(statesOf('all')).toEqual([undefined])
  })
})

describe('The last signature', () => {
  it('is the one after which none is asked for', () => {
    const one = { person: { id: 'p' } } as Version['signatures'][number]
    expect(isLast(version('red'))).toBe(false)
    expect(isLast(version('red', undefined, { signatures: [one] }))).toBe(true)
    expect(isLast(version('red', undefined, { needed: null }))).toBe(false)
  })
})

describe('The time that is left', () => {
  const now = Date.parse('2026-07-20T06:00:00Z')
  const said = (expires: string) => remainingWords(expires, now, (key, values) => `${key.split('.').at(-1)} ${JSON.stringify(values ?? {})}`)

  it('is told in days, hours or minutes, and never as nothing before it is over', () => {
    expect(said('2026-07-22T08:30:00Z')).toBe('days {"days":2,"hours":2}')
    expect(said('2026-07-20T18:00:00Z')).toBe('hours {"hours":12,"minutes":0}')
    expect(said('2026-07-20T06:00:01Z')).toBe('minutes {"minutes":1}')
    expect(said('2026-07-20T06:00:00Z')).toBe('over {}')
  })
  it('is short within the hour', () => {
    expect(endsSoon('2026-07-20T06:59:00Z', now)).toBe(true)
    expect(endsSoon('2026-07-20T07:00:00Z', now)).toBe(false)
  })
})
