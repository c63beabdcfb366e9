import { describe, expect, it } from 'vitest'
import type { Choice } from '@/base/pick'
import type { EventType } from '@/base/contract'
import { areaName, check, contentOf, draftOf, emptyDraft, expiryOf, follows, prepare, wordsOf, type Draft } from './draft'
import type { Content, Reach, Template } from './types'

const kNow = Date.parse('2026-07-20T06:00:00Z')
const words = { and: '、', drawn: '图上所画范围', none: '（待选区域）' }
const flood: Choice<EventType> = { key: '11A01', text: '洪水', value: { code: '11A01', name: '洪水' } as EventType }
const ring = [{ lng: 118.8, lat: 36.9 }, { lng: 118.9, lat: 37.2 }, { lng: 119, lat: 37 }, { lng: 118.8, lat: 36.9 }]
const reach: Reach = { id: 'mihe-lower', name: '弥河下游段', rings: [ring] }
const template: Template = {
  id: 'flood-red',
  document: '办法',
  clause: '一',
  type: { code: '11A01', name: '洪水' },
  colour: 'red',
  standard: '将超过保证水位',
  headline: '市应急局发布洪水红色预警',
  description: '将超过保证水位，影响{area}。',
  instruction: '立即撤离。',
  hours: 12,
  channels: ['page'],
}

function written(change: Partial<Draft> = {}): Draft {
  const draft: Draft = { ...emptyDraft(), type: flood, colour: 'red' }
  prepare(draft, template)
  return { ...draft, ...change }
}

describe('A prepared warning', () => {
  it('lacks nothing but its area, which the text then names', () => {
    const draft = written({ reaches: [reach] })
    expect(check(draft, kNow)).toEqual({})
    const content = contentOf(draft, kNow, words)!
    expect(content.description).toBe('将超过保证水位，影响弥河下游段。')
    expect(content.area).toEqual({ description: '弥河下游段', divisions: [], rings: [ring], circles: [], reach: 'mihe-lower' })
    expect(content.expires).toBe('2026-07-21T02:00:00.000+08:00')
    expect(content.standard).toBe('flood-red')
  })
  it('says where the area is still to be chosen', () => {
    expect(contentOf(written(), kNow, words)!.description).toBe('将超过保证水位，影响（待选区域）。')
  })
  it('leaves what was written by hand, unless it is wanted', () => {
    const draft = written({ instruction: '沿河村庄先走。', own: ['instruction'] })
    prepare(draft, { ...template, instruction: '另一段' })
    expect(draft.instruction).toBe('沿河村庄先走。')
    prepare(draft, { ...template, instruction: '另一段' }, null, true)
    expect(draft.instruction).toBe('另一段')
  })
  it('takes no channel that leads nowhere', () => {
    const draft = emptyDraft()
    prepare(draft, { ...template, channels: ['page', 'sms', 'mail'] }, ['page', 'mail'])
    expect(draft.channels).toEqual(['page', 'mail'])
  })
})

describe('The area', () => {
  const shouguang = { code: '370783', name: '寿光市', point: null }
  it('is called by all of its parts, or as a person calls it', () => {
    const draft = written({ divisions: [shouguang], reaches: [reach], drawn: [{ kind: 'ring', ring }] })
    expect(areaName(draft, words)).toBe('寿光市、弥河下游段、图上所画范围')
    expect(areaName({ ...draft, place: ' 弥河两岸 ' }, words)).toBe('弥河两岸')
  })
  it('of several reaches names none of them as the one', () => {
    const upper = { ...reach, id: 'mihe-upper', rings: [[...ring].reverse()] }
    const { area } = contentOf(written({ reaches: [reach, upper] }), kNow, words)!
    expect(area.reach).toBeUndefined()
    expect(area.rings).toHaveLength(2)
  })
})

describe('What is missing', () => {
  it('is named field by field', () => {
    expect(check(emptyDraft(), kNow)).toEqual({
      type: 'needed',
      colour: 'needed',
      headline: 'needed',
      description: 'needed',
      instruction: 'needed',
      hours: 'needed',
      channels: 'channel',
    })
    for (const hours of ['0', '241', '1.5', 'x']) expect(check(written({ hours }), kNow).hours, hours).toBe('hours_form')
    expect(check(written({ hours: '１２' }), kNow).hours).toBeUndefined()
  })
})

describe('Whom a warning is for, and from when', () => {
  it('is said in words, whatever stands between them', () => {
    expect(wordsOf(' 网格员，村（社区）责任人、 网格员;bus driver ,')).toEqual(['网格员', '村（社区）责任人', 'bus driver'])
    const { audience } = contentOf(written({ audience: { roles: '网格员', hazards: '', vulnerabilities: '独居、低洼' } }), kNow, words)!
    expect(audience).toEqual({ roles: ['网格员'], hazards: [], vulnerabilities: ['独居', '低洼'] })
  })
  it('is a moment of China\'s standard time, before the end', () => {
    const draft = written({ onset: '2026-07-20T18:00' })
    expect(contentOf(draft, kNow, words)!.onset).toBe('2026-07-20T18:00:00.000+08:00')
    expect(check(draft, kNow)).toEqual({})
    expect(check({ ...draft, onset: '2026-07-21T02:00' }, kNow)).toEqual({ onset: 'onset_late' })
    expect(contentOf(written(), kNow, words)).not.toHaveProperty('onset')
  })
})

describe('A version that is revised', () => {
  const content: Content = {
    ...contentOf(written({ reaches: [reach], drawn: [{ kind: 'circle', center: ring[0]!, radius_m: 3000 }] }), kNow, words)!,
    audience: { roles: ['网格员', '村（社区）责任人'], hazards: [], vulnerabilities: ['独居'] },
    onset: '2026-07-20T14:30:20.000+08:00',
    incident: 'i1',
  }
  const revised = follows(draftOf({ number: 2, content }, { type: flood, divisions: [], reaches: [reach] }), words)

  it('comes back as it was', () => {
    expect(contentOf(revised, kNow, words)).toEqual(content)
    expect(revised.of).toBe(2)
  })
  it('keeps its end until other hours are typed', () => {
    const later = kNow + 3_600_000
    expect(expiryOf(revised, later)).toBe(content.expires)
    expect(Date.parse(expiryOf({ ...revised, hours: '6' }, later)!)).toBe(later + 6 * 3_600_000)
  })
  it('goes on following its area', () => {
    const changed = contentOf({ ...revised, drawn: [] }, kNow, words)!
    expect(changed.description).toBe('将超过保证水位，影响弥河下游段。')
  })
  it('keeps a name that a person gave', () => {
    const named = { ...content, area: { ...content.area, description: '弥河两岸' } }
    expect(follows(draftOf({ number: 1, content: named }, { type: flood, divisions: [], reaches: [reach] }), words).place).toBe('弥河两岸')
  })
})
