import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '@/base/contract'
import { folded, quietCounts, startedLegs } from './timeline'

const entries = (...types: string[]) => types.map((type, i) => ({ type, position: types.length - i }) as TimelineEntry)
const shape = (lines: ReturnType<typeof folded>) => lines.map((line) => line.entries.map((entry) => entry.type.split('.')[1]).join(' '))

describe('the timeline', () => {
  it('has clocks that start in a row in one line, and each entry once', () => {
    const all = entries('report.sent', 'clock.started', 'clock.started', 'clock.reminded', 'incident.opened', 'clock.started')
    expect(shape(folded(all))).toEqual(['sent', 'started started reminded', 'opened', 'started'])
    expect(folded(all).map(({ quiet }) => quiet)).toEqual([false, true, false, true])
    expect(folded(all).flatMap((line) => line.entries)).toEqual(all)
  })
  it('keeps what was late, met or explained a line of its own', () => {
    const all = entries('clock.started', 'clock.met', 'clock.started', 'clock.overdue', 'clock.explained', 'clock.released', 'clock.released')
    expect(shape(folded(all))).toEqual(['started', 'met', 'started', 'overdue', 'explained', 'released released'])
  })
  it('keeps a fold the same while newer ones join it', () => {
    const old = entries('clock.reminded', 'clock.started', 'incident.opened')
    const newer = [{ type: 'clock.reminded', position: 4 } as TimelineEntry, ...old]
    expect(folded(newer)[0]!.entries).toHaveLength(3)
    expect(folded(newer)[0]!.key).toBe(folded(old)[0]!.key)
  })
  it('counts what is behind a fold', () => {
    expect(quietCounts(entries('clock.reminded', 'clock.started', 'clock.released', 'clock.started'))).toEqual([
      { kind: 'started', count: 2 },
      { kind: 'reminded', count: 1 },
      { kind: 'released', count: 1 },
    ])
  })
  it('names what few clocks are for, in the order of their start', () => {
    const started = (...legs: string[]) => legs.map((leg) => ({ type: 'clock.started', body: { leg } }) as unknown as TimelineEntry)
    expect(startedLegs(started('written', 'phone', 'phone'))).toEqual(['phone', 'written'])
    expect(startedLegs(started('written', 'phone', 'written', 'phone'))).toBeNull()
    expect(startedLegs(entries('clock.reminded'))).toEqual([])
  })
})
