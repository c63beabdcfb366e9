import { describe, expect, it } from 'vitest'
import type { Candidate, Division, EventType } from '@/base/contract'
import { asksUnit, bodyOf, check, emptyReport, figuresOf, fromCandidate, isEmpty, learningOf, learnt, splitCaller, type Learning, type PhoneReport } from './phone_report'

const words = { today: ['今'], yesterday: ['昨'], before_yesterday: ['前'], unknown: ['不详'] }
const now = Date.parse('2026-11-24T14:09:11+08:00')

function report(more: Partial<PhoneReport> = {}): PhoneReport {
  return {
    ...emptyReport(),
    type: { key: '12D02', text: 'Leak', value: { code: '12D02' } as EventType },
    division: { key: '370783103', text: 'Houzhen', value: { code: '370783103' } as Division },
    summary: ' Chlorine leaks ',
    ...more,
  }
}

describe('a phone report', () => {
  it('needs type, place and summary and nothing else', () => {
    expect(check(emptyReport(), now, words).faults).toEqual({ type: 'needed', division: 'needed', summary: 'needed' })
    expect(check(report(), now, words).faults).toEqual({})
  })
  it('sends only what is known', () => {
    const plain = report({ time: '不详', dead: '0', injured: '３' })
    expect(bodyOf(plain, check(plain, now, words).time)).toEqual({
      type: '12D02',
      division: '370783103',
      summary: 'Chlorine leaks',
      dead: 0,
      injured: 3,
      source: 'phone',
    })
  })
  it('sends the time with the offset of the server', () => {
    const timed = report({ time: '1405', caller: 'Liu 199-0000-0011' })
    const body = bodyOf(timed, check(timed, now, words).time)
    expect(body.occurred_at).toBe('2026-11-24T14:05:00.000+08:00')
    expect([body.caller_name, body.caller_phone]).toEqual(['Liu', '199-0000-0011'])
  })
  it('refuses what is no count and a time that is not yet', () => {
    const faults = check(report({ dead: 'some', missing: '-1', time: '今 2310' }), now, words).faults
    expect(faults).toEqual({ dead: 'count', missing: 'count', time: 'time_future' })
  })
  it('asks what an earthquake or a forest fire is measured by in the place of the unit', () => {
    const quake = report({ type: { key: '11C02', text: 'Earthquake', value: { code: '11C02' } as EventType }, magnitude: '5.2', dead: '1' })
    expect(asksUnit(quake)).toBe(false)
    expect(asksUnit({ ...quake, unit: 'Works' })).toBe(true)
    expect(asksUnit(report())).toBe(true)
    expect(figuresOf(quake)).toEqual({ dead: 1, magnitude: 5.2 })
    expect(bodyOf(quake, { kind: 'unknown' })).toMatchObject({ dead: 1, magnitude: 5.2 })
    expect(bodyOf({ ...quake, magnitude: '' }, { kind: 'unknown' })).not.toHaveProperty('magnitude')
    expect(check({ ...quake, magnitude: 'strong' }, now, words).faults).toEqual({ magnitude: 'number' })
    const leak = report({ magnitude: '5.2', burnt_ha: 'much' })
    expect([figuresOf(leak), check(leak, now, words).faults]).toEqual([{}, {}])
    expect(bodyOf(leak, { kind: 'unknown' })).not.toHaveProperty('magnitude')
  })
  it('knows whether there is anything to keep', () => {
    expect(isEmpty(emptyReport())).toBe(true)
    expect(isEmpty({ ...emptyReport(), caller: 'L' })).toBe(false)
  })
  it('takes over what a candidate says and names it as its source', () => {
    const candidate = { id: 'c1', headline: 'Rain', description: 'Heavy', type: '12D02', area_desc: 'South' } as Candidate
    const type = { code: '12D02', name: 'Leak' } as EventType
    const filled = fromCandidate(candidate, [type], (one) => ({ key: one.code, text: one.name, value: one }))
    expect(filled.type?.key).toBe('12D02')
    expect(filled.summary).toBe('Rain\nHeavy')
    expect(bodyOf(filled, { kind: 'unknown' })).toMatchObject({ source: 'candidate', candidate: 'c1', address: 'South' })
  })
})

describe('when the desk learnt of it', () => {
  const minutes = (count: number) => now + count * 60_000
  const begun: Learning = { at: now, by: 'begun', touched: now }

  it('is the first character, whatever is written after it', () => {
    const first = { ...emptyReport(), summary: 'C' }
    expect(learningOf(first, now)).toEqual(begun)
    expect(learningOf({ ...first, summary: 'Ch', learning: begun }, minutes(9))).toEqual({ ...begun, touched: minutes(9) })
    expect(learningOf({ ...emptyReport(), learning: begun }, minutes(1))).toBeNull()
  })
  it('is the moment at which a draft is taken up again that lay aside for more than half an hour', () => {
    const draft = report({ learning: { at: now, by: 'begun', touched: minutes(20) } })
    expect(learningOf(draft, minutes(50))?.at).toBe(now)
    expect(learningOf(draft, minutes(51))).toEqual({ at: minutes(51), by: 'resumed', touched: minutes(51) })
  })
  it('is left to the server for a candidate', () => {
    const adopted = report({ candidate: { id: 'c1', headline: 'Rain', area: [] } })
    expect(learningOf(adopted, now)).toBeNull()
    expect(bodyOf(adopted, { kind: 'unknown' })).not.toHaveProperty('learnt_at')
  })
  it('is sent, and never before the event', () => {
    const draft = report({ learning: begun })
    expect(bodyOf(draft, { kind: 'unknown' }).learnt_at).toBe('2026-11-24T14:09:11.000+08:00')
    expect(learnt(draft, { kind: 'time', at: minutes(-4) })).toEqual({ at: now, by: 'begun' })
    const later = { kind: 'time', at: minutes(3) } as const
    expect(learnt(draft, later)).toEqual({ at: minutes(3), by: 'event' })
    expect(bodyOf(draft, later)).toMatchObject({ learnt_at: '2026-11-24T14:12:11.000+08:00', occurred_at: '2026-11-24T14:12:11.000+08:00' })
  })
})

describe('the caller in one line', () => {
  it('is a name, a telephone, or both in either order', () => {
    expect(splitCaller('Liu 13800000000')).toEqual({ name: 'Liu', phone: '13800000000' })
    expect(splitCaller('0536-0000001，Liu')).toEqual({ name: 'Liu', phone: '0536-0000001' })
    expect(splitCaller('Liu')).toEqual({ name: 'Liu', phone: '' })
    expect(splitCaller('110')).toEqual({ name: '110', phone: '' })
  })
})
