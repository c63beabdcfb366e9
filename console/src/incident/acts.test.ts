import { describe, expect, it } from 'vitest'
import type { Figures, Incident, Person } from '@/base/contract'
import { actBody, actFaults, dueOf, isUntouched, kActs, pointOf, pointTexts, readOf, startValues } from './acts'
import { whoLead } from './leaders'
import { askedFigures, conflicts, figureFault, figureOf, knownFigures, unsettled } from './figures'
import { kindOf } from './workspace'

const words = { today: ['今'], yesterday: ['昨'], before_yesterday: ['前'], unknown: ['不详'] }
const now = Date.parse('2026-11-24T14:09:11+08:00')
const incident = {
  title: 'Leak',
  type: { code: '12D02' },
  place: { division: '370783115', address: 'Park', point: { lng: 118.9, lat: 37.2 } },
  occurred_at: '2026-11-24T13:50:00+08:00',
  learnt_at: '2026-11-24T14:02:40+08:00',
  unit: '',
  summary: 'Chlorine',
  measures: '',
  grade: 'ordinary',
  grade_proposal: { grade: 'larger', rule: '3 dead' },
  figures: { dead: 3, missing: null },
} as unknown as Incident
const act = (action: string) => kActs.find((one) => one.action === action)!

describe('an act', () => {
  it('has a key and a path of its own', () => {
    expect(new Set(kActs.map((one) => one.key)).size).toBe(kActs.length)
    expect(new Set(kActs.map((one) => one.path)).size).toBe(kActs.length)
  })
  it('of figures sends the counts that are known, with source and time', () => {
    const figures = act('incident.state_figures')
    const values = startValues(figures, incident, now)
    expect(actFaults(figures, values, now, words)).toEqual({ source: 'needed' })
    values.source = 'Hospital'
    values.figures = { ...(values.figures as Record<string, string>), injured: 'five' }
    expect(actFaults(figures, values, now, words)).toEqual({ figures: 'figures' })
    values.figures = { ...values.figures, injured: '5' }
    expect(actFaults(figures, values, now, words)).toEqual({})
    expect(actBody(figures, values, {}, now, words)).toEqual({
      figures: { dead: 3, injured: 5 },
      source: 'Hospital',
      at: '2026-11-24T14:09:00.000+08:00',
      adopt: true,
    })
  })
  it('of correction sends what differs, and its reason', () => {
    const correct = act('incident.correct')
    const start = startValues(correct, incident, now)
    const values = { ...start, reason: 'Heard wrong', unit: 'Works' }
    expect(isUntouched(correct, start, start)).toBe(true)
    expect(isUntouched(correct, values, start)).toBe(false)
    expect(actBody(correct, values, start, now, words)).toEqual({ reason: 'Heard wrong', unit: 'Works' })
  })
  it('of correction names kind, division and point only where they changed', () => {
    const correct = act('incident.correct')
    const start = startValues(correct, incident, now)
    expect([start.type, start.division, start.point]).toEqual(['12D02', '370783115', { lng: '118.9', lat: '37.2' }])
    const moved = { ...start, reason: 'Heard wrong', division: '370784', point: { lng: '119.21', lat: ' 36.43 ' } }
    expect(actFaults(correct, moved, now, words)).toEqual({})
    expect(actBody(correct, moved, start, now, words)).toEqual({
      reason: 'Heard wrong',
      division: '370784',
      point: { lng: 119.21, lat: 36.43 },
    })
    const other = { ...start, reason: 'Heard wrong', type: '12G04' }
    expect(actBody(correct, other, start, now, words)).toEqual({ reason: 'Heard wrong', type: '12G04' })
  })
  it('of correction names when the desk learnt of it only where that was typed', () => {
    const correct = act('incident.correct')
    const start = startValues(correct, incident, now)
    expect(start.learnt_at).toBe('14:02')
    const heard = { ...start, reason: 'By the recording', learnt_at: '1358' }
    expect(actBody(correct, heard, start, now, words)).toEqual({
      reason: 'By the recording',
      learnt_at: '2026-11-24T13:58:00.000+08:00',
    })
    expect(actFaults(correct, { ...heard, learnt_at: '今 2310' }, now, words)).toEqual({ learnt_at: 'time_future' })
  })
  it('tells which moment it has read from what was typed, the one that is sent', () => {
    const read = (action: string, name: string, typed: string) =>
      readOf(act(action).fields.find((field) => field.name === name)!, typed, now, words)
    expect(read('incident.correct', 'occurred_at', '2359')).toBe(Date.parse('2026-11-23T23:59:00+08:00'))
    expect(read('instruction.give', 'due_at', '0800')).toBe(Date.parse('2026-11-25T08:00:00+08:00'))
    for (const none of ['', '不详', '2460']) expect(read('incident.correct', 'occurred_at', none)).toBeNull()
    expect(read('incident.correct', 'title', '2359')).toBeNull()
  })
  it('of instruction asks for a verified report where that was ticked', () => {
    const give = act('instruction.give')
    const values = { ...startValues(give, incident, now), text: 'Verify', given_by: 'p1', to: ['county'] }
    expect(actBody(give, values, {}, now, words).verify).toBe(false)
    expect(actBody(give, { ...values, verify: true }, {}, now, words)).toMatchObject({ to: ['county'], verify: true })
  })
  it('of correction can empty what may be empty, and nothing else', () => {
    const correct = act('incident.correct')
    const start = startValues(correct, { ...incident, unit: 'Works' }, now)
    const values = { ...start, reason: 'No such works', unit: '', title: ' ', type: '' }
    expect(actFaults(correct, values, now, words)).toEqual({ title: 'needed', type: 'needed' })
    expect(actBody(correct, { ...values, title: start.title!, type: start.type! }, start, now, words)).toEqual({
      reason: 'No such works',
      unit: '',
    })
  })
  it('refuses a point that is not on earth', () => {
    const correct = act('incident.correct')
    const values = { ...startValues(correct, incident, now), reason: 'x' }
    for (const point of [{ lng: '118.9', lat: '' }, { lng: '190', lat: '37' }, { lng: 'east', lat: '37' }])
      expect(actFaults(correct, { ...values, point }, now, words)).toEqual({ point: 'point' })
    expect(pointOf({ lng: ' １１８.９', lat: '37' })).toEqual({ lng: 118.9, lat: 37 })
    expect(pointOf(pointTexts(null))).toBeNull()
  })
  it('of grading starts with what is proposed', () => {
    expect(startValues(act('incident.set_grade'), incident, now)).toEqual({ grade: 'larger', reason: '3 dead' })
  })
  it('of closing needs a reason', () => {
    expect(actFaults(act('incident.close'), { reason: '  ' }, now, words)).toEqual({ reason: 'needed' })
  })
})

describe('who leads', () => {
  const person = (id: string, leader: boolean, active = true) => ({ id, leader, active }) as Person
  const people = [person('desk', false), person('director', true), person('deputy', true), person('gone', true, false)]
  const ids = (wanted?: Parameters<typeof whoLead>[1]) => whoLead(people, wanted).map((one) => one.id)
  it('can sign; the one on duty comes first', () => {
    expect(ids({ first: 'deputy' })).toEqual(['deputy', 'director'])
    expect(ids()).toEqual(['director', 'deputy'])
    expect(ids({ first: 'desk' })).toEqual(['director', 'deputy'])
  })
  it('is not the chief of the same shift', () => {
    expect(ids({ first: 'director', chief: 'director' })).toEqual(['deputy'])
  })
  it('is nobody where nobody can sign', () => {
    expect(whoLead([person('a', false), person('b', false)])).toEqual([])
  })
})

describe('a time limit', () => {
  it('is a time to come, or minutes from now', () => {
    expect(dueOf('1830', now)).toBe(Date.parse('2026-11-24T18:30:00+08:00'))
    expect(dueOf('0800', now)).toBe(Date.parse('2026-11-25T08:00:00+08:00'))
    expect(dueOf('+60', now)).toBe(now + 3_600_000)
    expect(dueOf('soon', now)).toBeNull()
  })
})

describe('figures', () => {
  it('are shown when known, a zero too', () => {
    expect(knownFigures({ dead: 0, injured: 2, missing: null })).toEqual([
      { name: 'dead', value: 0 },
      { name: 'injured', value: 2 },
    ])
  })
  it('conflict where statements differ, not where one is silent', () => {
    const statements = [{ figures: { dead: 1, injured: 2 } }, { figures: { dead: 1, injured: 5 } }, { figures: { missing: 1 } }]
    expect([...conflicts(statements)]).toEqual(['injured'])
  })
})

describe('figures on which sources still differ', () => {
  const said = (source: string, figures: Partial<Figures>, adopted = false) => ({ source, figures, adopted })
  const call = said('电话报告', { dead: 0, injured: 2 }, true)

  it('are those of which one stands beside what was adopted', () => {
    expect(unsettled([call, said('医院', { dead: 0, injured: 5 })], { dead: 0, injured: 2 })).toEqual(['injured'])
    expect(unsettled([{ ...call, adopted: false }, said('医院', { injured: 5 })], {})).toEqual(['injured'])
  })
  it('are settled by a later adoption, and open again with the next other figure', () => {
    const settled = [{ ...call, adopted: false }, said('医院', { dead: 1, injured: 5 }, true)]
    expect(unsettled(settled, { dead: 1, injured: 5 })).toEqual([])
    expect(unsettled([...settled, said('公安', { dead: 2 })], { dead: 1, injured: 5 })).toEqual(['dead'])
    expect(conflicts(settled)).toEqual(new Set(['dead', 'injured']))
  })
  it('stay where the adoption is silent on them', () => {
    const silent = said('公安', { missing: 1 }, true)
    expect(unsettled([{ ...call, adopted: false }, said('医院', { injured: 5 }), silent], { dead: 0, injured: 2, missing: 1 })).toEqual(['injured'])
    expect(unsettled([{ ...call, adopted: false }, said('医院', { injured: 5 }), silent], { dead: 0, injured: 5, missing: 1 })).toEqual([])
  })
  it('are counted by the last word of a source', () => {
    expect(unsettled([call, said('医院', { injured: 5 }), said('医院', { injured: 2 })], { dead: 0, injured: 2 })).toEqual([])
  })
})

describe('a figure as typed', () => {
  it('counts people whole, and money, hectares and magnitude with decimals', () => {
    expect(figureOf('dead', ' １２ ')).toBe(12)
    expect(figureOf('dead', '')).toBeNull()
    expect(figureFault('dead', '1.5')).toBe('count')
    expect(figureFault('evacuated', '12000000')).toBeNull()
    expect(figureOf('loss_yuan', '120000000')).toBe(120_000_000)
    expect(figureOf('burnt_ha', '12.75')).toBe(12.75)
    expect(figureFault('magnitude', 'strong')).toBe('number')
  })
  it('is asked where the kind of event has it, or it was stated', () => {
    const own = (type: string, ...stated: string[]) => askedFigures(type, stated).filter((name) => ['burnt_ha', 'magnitude'].includes(name))
    expect(own('11C02')).toEqual(['magnitude'])
    expect(own('11G01')).toEqual(['burnt_ha'])
    expect(own('12D02')).toEqual([])
    expect(own('11C02', 'burnt_ha')).toEqual(['burnt_ha', 'magnitude'])
    expect(askedFigures('12D02', [])).toHaveLength(8)
  })
})

describe('the filter of the timeline', () => {
  it('knows every kind of fact it offers', () => {
    expect(kindOf('incident.figures_stated')).toBe('figures')
    expect(kindOf('incident.phoned')).toBe('reports')
    expect(kindOf('receipt.returned')).toBe('reports')
    expect(kindOf('clock.overdue')).toBe('clocks')
    expect(kindOf('instruction.given')).toBe('instructions')
    expect(kindOf('incident.noted')).toBe('notes')
    expect(kindOf('incident.opened')).toBeNull()
  })
})
