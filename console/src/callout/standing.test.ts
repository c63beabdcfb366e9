import { describe, expect, it } from 'vitest'
import { byWarning, decisionOf, inOrder, isQuiet, leftToCall, minutesOf, missing, nextCallAt, sorted, standOf, sumsOf } from './standing'
import type { Answer, Call, Callout, Place, Way } from './types'

const at = (minute: number) => new Date(Date.parse('2026-07-20T06:00:00Z') + minute * 60_000).toISOString()
const now = (minute: number) => Date.parse(at(minute))
const call = (callee: number, minute: number, way: Way = 'message'): Call => ({ callee, role: 'r', way, at: at(minute) })
const answer = (minute: number): Answer => ({ ...call(0, minute), action: 'moved', act: 'moved', noted_by: null })
const place = (number: number, change: Partial<Place> = {}) =>
  ({ number, division: '370783115', division_name: '', roles: ['r', 's'], calls: [call(0, 0)], answer: null, unanswered: false, ...change }) as Place
const callout = (change: Partial<Callout> = {}) =>
  ({ id: 'w/o', organisation: { id: 'o', short: 'o' }, limit_min: 5, decide_by: null, accepted: null, undecided: false, closed: false, places: [], ...change }) as unknown as Callout

describe('A place', () => {
  it('is answered as soon as somebody answers, be it after all were called', () => {
    expect(standOf(place(0))).toBe('calling')
    expect(standOf(place(0, { unanswered: true }))).toBe('unanswered')
    expect(standOf(place(0, { unanswered: true, answer: answer(12) }))).toBe('answered')
  })
  it('counts its minutes from the first call to the answer, or to now', () => {
    expect(minutesOf(place(0, { calls: [call(0, 0), call(1, 5)] }), now(7.9))).toBe(7)
    expect(minutesOf(place(0, { answer: answer(3) }), now(60))).toBe(3)
    expect(minutesOf(place(0, { calls: [] }), now(60))).toBeNull()
  })
  it('waits for the next call after the limit; what the desk tried does not put it off', () => {
    const calls = [call(0, 0), call(1, 5), call(1, 8, 'voice')]
    expect(nextCallAt(callout(), place(0, { calls }))).toBe(now(10))
    expect(leftToCall(place(0, { calls: [call(0, 0), call(1, 2, 'voice')] }))).toBe(1)
    expect(leftToCall(place(0, { calls }))).toBe(0)
  })
  it('waits for no call where there is an answer, nobody left, or an end', () => {
    expect(nextCallAt(callout(), place(0, { answer: answer(1) }))).toBeNull()
    expect(nextCallAt(callout(), place(0, { unanswered: true }))).toBeNull()
    expect(nextCallAt(callout({ closed: true }), place(0))).toBeNull()
  })
})

describe('The places of a callout', () => {
  const places = [
    place(0, { answer: answer(2) }),
    place(1, { answer: answer(4) }),
    place(2, { calls: [call(0, 3)] }),
    place(3),
    place(4, { unanswered: true }),
  ]
  it('stand with those first of which nobody answers, and the latest answers before earlier ones', () => {
    expect(sorted(places).map(({ number }) => number)).toEqual([4, 3, 2, 1, 0])
    expect(places.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4])
  })
  it('without an answer are named, the gravest first, as many as a line holds', () => {
    const many = [...Array(9).keys()].map((i) => place(i, { division_name: `v${i}`, unanswered: i === 7, answer: i === 0 ? answer(1) : null }))
    expect(missing(many)).toEqual({ names: ['v7', 'v1', 'v2', 'v3', 'v4', 'v5'], all: 8, more: true })
    expect(missing([place(0, { answer: answer(1) })])).toEqual({ names: [], all: 0, more: false })
  })
  it('are summed up over organisations', () => {
    expect(sumsOf([callout({ places }), callout({ places: [place(0)] })])).toEqual({ all: 6, answered: 2, unanswered: 1, calling: 3 })
  })
})

describe('A decision', () => {
  const asked = callout({ decide_by: at(15) })
  it('runs out by the server\'s clock, before the node says so', () => {
    expect(decisionOf(callout(), now(0))).toBe('none')
    expect(decisionOf(asked, now(14.9))).toBe('waits')
    expect(decisionOf(asked, now(15))).toBe('late')
  })
  it('is what was said, late or not; after the end nothing is asked', () => {
    expect(decisionOf({ ...asked, undecided: true, accepted: true }, now(30))).toBe('accepted')
    expect(decisionOf({ ...asked, accepted: false }, now(1))).toBe('declined')
    expect(decisionOf({ ...asked, undecided: true, closed: true }, now(30))).toBe('late')
    expect(decisionOf({ ...asked, closed: true }, now(1))).toBe('none')
  })
  it('keeps an organisation in sight as long as it is missing', () => {
    const places = [place(0, { answer: answer(1) })]
    expect(isQuiet(callout({ places }))).toBe(true)
    expect(isQuiet(callout({ places, decide_by: at(15) }))).toBe(false)
    expect(isQuiet(callout({ places, decide_by: at(15), accepted: true }))).toBe(true)
    expect(isQuiet(callout({ places: [place(0)] }))).toBe(false)
  })
})

describe('Organisations', () => {
  it('stand with the reader\'s own first, then who has most to look after', () => {
    const of = (id: string, places: Place[]) => callout({ organisation: { id, short: id }, places })
    const lines = [of('done', [place(0, { answer: answer(1) })]), of('two', [place(0), place(1)]), of('late', [place(0, { unanswered: true })]), of('own', [])]
    expect(inOrder(lines, 'own').map(({ organisation }) => organisation.id)).toEqual(['own', 'late', 'two', 'done'])
  })
  it('stand together by warning', () => {
    const of = (id: string, warning: string) => callout({ id, warning })
    const found = byWarning([of('a', 'w1'), of('b', 'w2'), of('c', 'w1')])
    expect(found.map(({ warning, callouts }) => [warning, callouts.map(({ id }) => id)])).toEqual([['w1', ['a', 'c']], ['w2', ['b']]])
  })
})
