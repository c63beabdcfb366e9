import { describe, expect, it } from 'vitest'
import en from './en.json'
import { behind, clockOff, counted, isCut, kConditions, room, span, troubled, type Condition, type NodeStatement, type RegisteredNode } from './standing'
import zh from './zh-CN.json'

const own: NodeStatement = {
  release: '0.1.0', engine: 'sqlite', started_at: '2026-11-27T08:00:00+08:00', head: 7,
  disk_free_mib: 51_200, disk_mib: 102_400, refuses: false, restored: false, up: { facts: 0, more: false, since: null },
}
const node = (id: string, conditions: Condition[], more: Partial<RegisteredNode> = {}): RegisteredNode => ({
  id, name: id, parent: 'city', depth: 1, level: 'county', organisations: [], relation: 'child', conditions, since: null,
  contact_at: null, told_by: null, address: null, clock_ahead_ms: null, heard_at: null, down: null, refused: false, own, ...more,
})

describe('the nodes that somebody has to see to', () => {
  it('stand with the worst first, and of those with what has lasted longest', () => {
    const nodes = [
      node('well', ['in_contact']),
      node('late', ['late', 'clock_wrong']),
      node('cut later', ['cut_off'], { since: '2026-11-27T09:00:00+08:00' }),
      node('nobody knows', ['unknown']),
      node('cut', ['cut_off'], { since: '2026-11-27T08:00:00+08:00' }),
      node('gone', ['revoked']),
    ]
    expect(troubled(nodes).map(({ id }) => id)).toEqual(['cut', 'cut later', 'late'])
    expect(counted(nodes)).toEqual([
      { condition: 'cut_off', count: 2 },
      { condition: 'late', count: 1 },
      { condition: 'unknown', count: 1 },
      { condition: 'revoked', count: 1 },
      { condition: 'in_contact', count: 1 },
    ])
  })
  it('count those that cannot be known because of them', () => {
    const nodes = [
      node('county', ['cut_off']),
      node('town', ['unknown'], { parent: 'county', relation: 'below' }),
      node('village', ['unknown'], { parent: 'town', relation: 'below' }),
      node('other town', ['unknown'], { parent: 'other', relation: 'below' }),
      node('sibling', ['unknown'], { parent: 'county', relation: 'other' }),
    ]
    expect(behind(nodes, 'county')).toBe(2)
    expect(behind(nodes, 'village')).toBe(0)
  })
  it('say nothing new of themselves while their line is cut', () => {
    expect(isCut(node('cut', ['cut_off', 'refused']))).toBe(true)
    expect(isCut(node('behind it', ['unknown']))).toBe(true)
    expect(isCut(node('late', ['late']))).toBe(false)
  })
})

describe('what is said of a node', () => {
  it('has spans in the largest units that matter', () => {
    expect(span(-5)).toEqual({ key: 'seconds', values: { seconds: 0 } })
    expect(span(59_999)).toEqual({ key: 'seconds', values: { seconds: 59 } })
    expect(span(7 * 60_000)).toEqual({ key: 'minutes', values: { minutes: 7 } })
    expect(span(3 * 3_600_000 + 12 * 60_000)).toEqual({ key: 'hours', values: { hours: 3, minutes: 12 } })
    expect(span(50 * 3_600_000)).toEqual({ key: 'days', values: { days: 2, hours: 2 } })
  })
  it('has the room on its disk, and the way in which its clock is off', () => {
    expect(room(own)).toEqual({ free: '50', percent: 50 })
    expect(room({ ...own, disk_free_mib: 1536 })).toEqual({ free: '1.5', percent: 2 })
    expect(room({ ...own, disk_mib: null })).toBeNull()
    expect(room(null)).toBeNull()
    expect(clockOff(node('a', ['in_contact'], { clock_ahead_ms: -999 }))).toEqual({ way: 'right', ms: 999 })
    expect(clockOff(node('a', ['clock_wrong'], { clock_ahead_ms: -90_000 }))).toEqual({ way: 'behind', ms: 90_000 })
    expect(clockOff(node('a', ['clock_wrong'], { clock_ahead_ms: 90_000 }))).toEqual({ way: 'ahead', ms: 90_000 })
    expect(clockOff(node('a', ['in_contact']))).toBeNull()
  })
  it('has words, a sign and an advice for each condition, in both languages', () => {
    for (const texts of [zh, en])
      for (const part of [texts.condition, texts.sign, texts.advice] as Record<string, string>[])
        for (const condition of kConditions) expect(part[condition], condition).toBeTruthy()
    expect(new Set(kConditions.map((condition) => zh.sign[condition])).size).toBe(kConditions.length)
  })
})
