import { describe, expect, it } from 'vitest'
import type { IncidentLine } from '@/base/contract'
import type { Call, Callout, Place } from '@/callout/types'
import type { Warning } from '@/warning/types'
import { fitting } from './fit'
import { freshness, isBroken } from './freshness'
import { coloursOf, gravest, inForce, silent, silentMinutes, statedAt, takings } from './order'

const at = (minute: number) => new Date(Date.parse('2026-07-20T06:00:00Z') + minute * 60_000).toISOString()
const now = (minute: number) => Date.parse(at(minute))

describe('What fits', () => {
  it('is everything where there is room, without a line that counts', () => {
    expect(fitting([100, 200, 300], 300, 40)).toBe(3)
    expect(fitting([], 300, 40)).toBe(0)
  })
  it('gives up a row for the line that counts, only where something is left out', () => {
    expect(fitting([100, 200, 300], 299, 40)).toBe(2)
    expect(fitting([100, 200, 300], 230, 40)).toBe(1)
    expect(fitting([100, 200, 300], 300, 40, true)).toBe(2)
    expect(fitting([100], 50, 40)).toBe(0)
  })
  it('forgives what a scaled screen rounds', () => {
    expect(fitting([100.3], 100, 40)).toBe(1)
  })
})

describe('What is shown', () => {
  const live = { live: true, heardAt: null }
  const read = { at: now(0), failed: false }
  it('is of now as long as the line stands, however long nothing has changed', () => {
    expect(freshness(read, live, now(600))).toEqual({ stale: false, asOf: now(600) })
  })
  it('is old as soon as the line is broken for longer than anybody need be told', () => {
    const broken = { live: false, heardAt: now(10) }
    expect(isBroken(broken, now(10) + 2_900)).toBe(false)
    expect(freshness(read, broken, now(10) + 3_100)).toEqual({ stale: true, asOf: now(10) })
    expect(freshness({ ...read, polled: true }, broken, now(11))).toEqual({ stale: true, asOf: now(0) })
  })
  it('is old after a minute where it could not be read anew, or only its age tells', () => {
    for (const source of [{ ...read, failed: true }, { ...read, polled: true }]) {
      expect(freshness(source, live, now(1)).stale).toBe(false)
      expect(freshness(source, live, now(1) + 1)).toEqual({ stale: true, asOf: now(0) })
    }
    expect(freshness(read, { live: false, heardAt: null }, now(2)).stale).toBe(true)
  })
  it('is nothing before it was read', () => {
    expect(freshness({ at: null, failed: true }, live, now(9))).toEqual({ stale: false, asOf: null })
  })
})

const call = (callee: number, minute: number, way: Call['way'] = 'message'): Call => ({ callee, role: `r${callee}`, way, at: at(minute) })
const place = (number: number, change: Partial<Place> = {}) =>
  ({ number, division_name: `v${number}`, roles: ['r0', 'r1'], calls: [call(0, 0)], answer: null, unanswered: false, ...change }) as Place
const callout = (warning: string, organisation: string, change: Partial<Callout> = {}) =>
  ({
    id: `${warning}/${organisation}`, warning, organisation: { id: organisation, short: organisation }, limit_min: 5, opened_at: at(0),
    decide_by: null, accepted: null, undecided: false, closed: false, places: [], ...change,
  }) as unknown as Callout
const warning = (id: string, colour: string, expires = 60) =>
  ({ id, in_force: { content: { colour, expires: at(expires) } } }) as unknown as Warning

describe('Places without an answer', () => {
  const colours = coloursOf([warning('red', 'red'), warning('orange', 'orange')])
  const answer = { ...call(0, 1), action: 'moved', act: null, noted_by: null }
  it('stand by colour, then where nobody is left to call, then by how long they have been silent', () => {
    const found = silent(
      [
        callout('orange', 'a', { places: [place(0, { unanswered: true, calls: [call(0, -90)] })] }),
        callout('red', 'b', { places: [place(0, { calls: [call(0, 3)] }), place(1, { answer }), place(2, { calls: [call(0, 1)] }), place(3, { unanswered: true, calls: [call(0, 4)] })] }),
        callout('gone', 'c', { places: [place(0)] }),
      ],
      colours,
    )
    expect(found.map(({ key }) => key)).toEqual(['red/b/3', 'red/b/2', 'red/b/0', 'orange/a/0', 'gone/c/0'])
    expect(found.map(({ stand }) => stand)).toEqual(['unanswered', 'calling', 'calling', 'unanswered', 'calling'])
  })
  it('tell whom it went on to, how many were called, and when the next one is', () => {
    const [one] = silent([callout('red', 'b', { places: [place(0, { roles: ['r0', 'r1', 'r2'], calls: [call(0, 0), call(1, 5), call(1, 6, 'voice')] })] })], colours)
    expect([one!.last, one!.called, one!.nextAt]).toEqual([call(1, 6, 'voice'), 2, now(10)])
    expect(silentMinutes(one!, now(7.9))).toBe(7)
  })
  it('count from the beginning of the callout before anybody is called', () => {
    const [one] = silent([callout('red', 'b', { places: [place(0, { calls: [] })] })], colours)
    expect([one!.last, one!.called, silentMinutes(one!, now(4))]).toEqual([null, 0, 4])
  })
})

describe('Who must take a warning on', () => {
  it('stands with those first on whom one cannot rely, then who has least time left', () => {
    const asked = (organisation: string, decide: number, change: Partial<Callout> = {}) => callout('red', organisation, { decide_by: at(decide), ...change })
    const all = [asked('done', 15, { accepted: true }), asked('later', 18), asked('soon', 15), asked('late', 5), asked('not', 15, { accepted: false }), callout('red', 'free')]
    expect(takings(all, coloursOf([]), now(10)).map(({ callout: one, decision }) => [one.organisation.id, decision])).toEqual([
      ['not', 'declined'], ['late', 'late'], ['soon', 'waits'], ['later', 'waits'], ['done', 'accepted'],
    ])
  })
})

describe('Incidents and warnings', () => {
  it('stand with the gravest first', () => {
    const line = (id: string, grade: string, dead: number | null, minute: number) => ({ id, grade, figures: { dead, missing: null }, learnt_at: at(minute) }) as unknown as IncidentLine
    const lines = [line('old', 'ordinary', null, 0), line('new', 'ordinary', 0, 9), line('lost', 'ordinary', 1, 0), line('none', 'ungraded', null, 9), line('large', 'larger', 0, 0)]
    expect(gravest(lines).map(({ id }) => id)).toEqual(['large', 'lost', 'new', 'old', 'none'])
    const warnings = [warning('b', 'blue'), warning('short', 'red', 10), warning('long', 'red', 90), { id: 'draft', in_force: null } as unknown as Warning]
    expect(inForce(warnings).map(({ id }) => id)).toEqual(['long', 'short', 'b'])
  })
  it('have figures of the last time that somebody stated any', () => {
    expect(statedAt([{ at: at(1) }, { at: at(5) }, { at: at(3) }])).toBe(at(5))
    expect(statedAt([])).toBeNull()
  })
})
