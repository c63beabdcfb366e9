import { describe, expect, it } from 'vitest'
import type { Clock, IncidentLine } from '@/base/contract'
import { dueGroups, remaining, StepWatch, urgencyOf } from './urgency'

const start = Date.parse('2026-11-24T14:00:00+08:00')
const kMinuteMs = 60_000

function clock(id: string, minutes: number, more: Partial<Clock> = {}): Clock {
  return {
    id,
    incident: 'A',
    incident_title: 'Leak',
    starts_at: new Date(start).toISOString(),
    due_at: new Date(start + minutes * kMinuteMs).toISOString(),
    state: 'running',
    met_at: null,
    ...more,
  } as Clock
}
const at = (minutes: number) => start + minutes * kMinuteMs

describe('the urgency of a clock', () => {
  it('steps at 50, 80 and 90 % and at its end', () => {
    const written = clock('w', 40)
    expect(urgencyOf(written, at(0))).toBe('calm')
    expect(urgencyOf(written, at(20) - 1)).toBe('calm')
    expect(urgencyOf(written, at(20))).toBe('half')
    expect(urgencyOf(written, at(32))).toBe('high')
    expect(urgencyOf(written, at(36))).toBe('last')
    expect(urgencyOf(written, at(40) - 1)).toBe('last')
    expect(urgencyOf(written, at(40))).toBe('overdue')
  })
  it('counts what is left, and beyond', () => {
    expect(remaining(clock('p', 20), at(15))).toBe(5 * kMinuteMs)
    expect(remaining(clock('p', 20), at(22))).toBe(-2 * kMinuteMs)
  })
})

describe('what is due next', () => {
  it('is sorted by the first thing due, with the rest of its incident, then what has no clock', () => {
    const groups = dueGroups(
      [
        clock('b', 30, { incident: 'B', incident_title: 'Fire' }),
        clock('a2', 40),
        clock('a1', 20),
        clock('m', 5, { state: 'met', met_at: 'x' }),
        clock('r', 1, { state: 'released' }),
      ],
      [{ id: 'C', title: 'Slide' }, { id: 'A', title: 'Leak' }] as IncidentLine[],
    )
    expect(groups.map((group) => [group.incident, group.clocks.map((one) => one.id)])).toEqual([
      ['A', ['a1', 'a2']],
      ['B', ['b']],
      ['C', []],
    ])
    expect(groups[0]!.line?.title).toBe('Leak')
    expect(groups[1]!.line).toBeNull()
  })

  it('gives an incident beyond the listed clocks the one that it names itself', () => {
    const own = clock('own', 50, { incident: 'D', incident_title: 'Flood' })
    const open = [{ id: 'D', title: 'Flood', next_clock: own }, { id: 'A', title: 'Leak', next_clock: clock('a1', 20) }] as IncidentLine[]
    const groups = dueGroups([clock('a1', 20), clock('a2', 40)], open)
    expect(groups.map((group) => [group.incident, group.clocks.map((one) => one.id)])).toEqual([
      ['A', ['a1', 'a2']],
      ['D', ['own']],
    ])
  })
})

describe('the sound', () => {
  it('comes once for each step, the loudest of several, and not for what was so at the start', () => {
    const watch = new StepWatch()
    const clocks = [clock('p', 20), clock('w', 40)]
    expect(watch.look(clocks, at(12))).toBeNull()
    expect(watch.look(clocks, at(15))).toBeNull()
    expect(watch.look(clocks, at(20))).toBe('overdue')
    expect(watch.look(clocks, at(21))).toBeNull()
    expect(watch.look(clocks, at(33))).toBe('high')
  })
  it('comes for a clock that appears when it is already late', () => {
    const watch = new StepWatch()
    watch.look([], at(0))
    expect(watch.look([clock('p', 20)], at(25))).toBe('overdue')
  })
})
