import { describe, expect, it } from 'vitest'
import { cutNeighbours, restored, silences } from './cut'
import type { Condition, RegisteredNode } from './standing'

const organisation = (id: string) => ({ id: `${id}-emergency`, short: `${id}应急局` })
function node(id: string, relation: RegisteredNode['relation'], parent: string | null, ...conditions: Condition[]): RegisteredNode {
  return {
    id, name: `${id}节点`, parent, depth: 1, level: 'county', organisations: [organisation(id)], relation, conditions, since: null,
    contact_at: `2026-11-27T0${id.length}:00:00+08:00`, told_by: null, address: null, clock_ahead_ms: null, heard_at: null, down: null,
    refused: false, own: null,
  }
}

const city = [
  node('city', 'self', null, 'in_contact'),
  node('shou', 'child', 'city', 'cut_off'),
  node('town', 'below', 'shou', 'unknown'),
  node('qingz', 'child', 'city', 'in_contact'),
  node('harbou', 'below', 'qingz', 'cut_off'),
  node('changyi', 'child', 'city', 'never_seen'),
]
const county = (parent: Condition) => [
  node('city', 'parent', null, parent),
  node('shou', 'self', 'city', 'in_contact'),
  node('qingz', 'other', 'city', 'unknown'),
]

describe('lines that are cut', () => {
  it('are counted to neighbours, above and below, and to nobody behind them', () => {
    expect(cutNeighbours(city).map(({ id }) => id)).toEqual(['shou'])
    expect(cutNeighbours(county('cut_off')).map(({ id }) => id)).toEqual(['city'])
    expect(cutNeighbours(county('late'))).toEqual([])
  })
  it('have the one that has lasted longest first', () => {
    const later = { ...node('a', 'child', 'city', 'cut_off'), since: '2026-11-27T09:00:00+08:00' }
    expect(cutNeighbours([later, { ...later, id: 'b', since: '2026-11-27T08:00:00+08:00' }]).map(({ id }) => id)).toEqual(['b', 'a'])
  })
})

describe('nodes that are old backups', () => {
  it('are told of where it is this node or one that it speaks with', () => {
    const nodes = [node('a', 'child', 'city', 'restored', 'late'), node('b', 'below', 'a', 'restored'), node('city', 'self', null, 'restored')]
    expect(restored(nodes).map(({ id }) => id)).toEqual(['city', 'a'])
    expect(restored(city)).toEqual([])
  })
})

describe('organisations that cannot be heard', () => {
  const of = (nodes: RegisteredNode[], ...ids: string[]) =>
    silences(nodes, ids.map(organisation)).map(({ organisations, since }) => [organisations.map(({ id }) => id.split('-')[0]), since])

  it('are those on the node that is cut off and behind it, from its last contact', () => {
    expect(of(city, 'city', 'town', 'shou', 'qingz', 'shou')).toEqual([[['town', 'shou'], '2026-11-27T04:00:00+08:00']])
  })
  it('are those of whom the node between tells that they are cut off', () => {
    expect(of(city, 'qingz', 'harbou')).toEqual([[['harbou'], '2026-11-27T06:00:00+08:00']])
  })
  it('are, from below, all that the node above would tell of', () => {
    expect(of(county('cut_off'), 'qingz', 'shou', 'city')).toEqual([[['qingz', 'city'], '2026-11-27T04:00:00+08:00']])
    expect(of(county('in_contact'), 'qingz', 'shou', 'city')).toEqual([])
  })
  it('are none of those that work nowhere here', () => {
    expect(of(city, 'province', 'changyi')).toEqual([])
  })
})
