import { describe, expect, it } from 'vitest'
import type { EventType } from '@/base/contract'
import { byHazard, findTemplates, piecesOf, questionOf } from './templates'
import type { Template } from './types'

const rain = { code: '11B03', name: '暴雨' }
const flood = { code: '11A01', name: '洪水' }
const types = [
  { ...rain, name_en: 'Rainstorm', initials: 'by', parent: null, category: 'natural' },
  { ...flood, name_en: 'Flood', initials: 'hs', parent: null, category: 'natural' },
] as EventType[]
const template = (id: string, type: Template['type'], colour: Template['colour'], change: Partial<Template> = {}): Template => ({
  id, type, colour, document: '办法', clause: '附件一', standard: '3小时内', headline: `发布${type.name}预警`, description: '影响{area}。', instruction: '转移', hours: 6, channels: ['page'], ...change,
})
const all = [template('a', rain, 'blue'), template('b', flood, 'red', { instruction: '远离河道' }), template('c', rain, 'red')]
const found = (text: string) => findTemplates(all, text, types).map(({ id }) => id)

describe('Prepared texts', () => {
  it('are found by the hazard, its initials or English name, and by any of their words', () => {
    expect(found('')).toEqual(['a', 'b', 'c'])
    expect(found('暴雨')).toEqual(['a', 'c'])
    expect(found(' HS ')).toEqual(['b'])
    expect(found('rain')).toEqual(['a', 'c'])
    expect(found('河道')).toEqual(['b'])
    expect(found('11b')).toEqual(['a', 'c'])
    expect(found('地震')).toEqual([])
    expect(findTemplates(all, '洪水', []).map(({ id }) => id)).toEqual(['b'])
  })
  it('stand together by hazard, the gravest colour first', () => {
    expect(byHazard(all).map(({ type, templates }) => [type.name, templates.map(({ id }) => id)])).toEqual([['暴雨', ['c', 'a']], ['洪水', ['b']]])
    expect(all.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
  it('show where the area will stand', () => {
    expect(piecesOf('影响{area}，{area}以外注意')).toEqual(['影响', null, '，', null, '以外注意'])
    expect(piecesOf('转移')).toEqual(['转移'])
  })
  it('are asked about for nowhere', () => {
    const { colour, area } = questionOf(all[1]!, 'x')
    expect([colour, area.divisions, area.rings, area.circles]).toEqual(['red', [], [], []])
  })
})
