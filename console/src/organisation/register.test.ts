import { describe, expect, it } from 'vitest'
import { matching, treeLines } from './register'
import type { Organisation, OrganisationLevel } from './types'

const one = (id: string, level: OrganisationLevel, superior: string | null, division = '370700', active = true) =>
  ({ id, name: `name ${id}`, short: id, level, division, division_name: division, superior, phone: null, external: false, active }) as Organisation

const register = [
  one('town', 'town', 'county', '370783104'),
  one('county', 'county', 'city', '370783'),
  one('other', 'county', 'city', '370724'),
  one('city', 'city', 'province'),
  one('province', 'province', null, '370000'),
]
const shape = (organisations: Organisation[], closed?: Set<string>) =>
  treeLines(organisations, closed).map((line) => `${line.depth} ${line.organisation.id} ${line.below}`)

describe('The tree of organisations', () => {
  it('puts superiors first and counts all below them', () => {
    expect(shape(register)).toEqual(['0 province 4', '1 city 3', '2 other 0', '2 county 1', '3 town 0'])
  })

  it('hides what stands below a closed line but still counts it', () => {
    expect(shape(register, new Set(['city']))).toEqual(['0 province 4', '1 city 3'])
  })

  it('lists an organisation whose superior is gone, and each of a circle', () => {
    const circle = [one('a', 'city', 'b'), one('b', 'city', 'a'), one('c', 'county', 'gone')]
    expect(treeLines(circle).map((line) => line.organisation.id).sort()).toEqual(['a', 'b', 'c'])
  })

  it('keeps the way up to what was searched for', () => {
    expect(matching(register, 'TOWN', false).map((o) => o.id).sort()).toEqual(['city', 'county', 'province', 'town'])
  })

  it('leaves out what was retired unless asked', () => {
    const all = [...register, one('old', 'county', 'city', '370781', false)]
    expect(matching(all, '', false)).toHaveLength(5)
    expect(matching(all, '', true)).toHaveLength(6)
  })
})
