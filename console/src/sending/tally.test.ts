import { describe, expect, it } from 'vitest'
import { countOf, isMoving, sharesOf, totalOf } from './tally'
import type { Batch, Tally } from './types'

const none = { delivered: 0, accepted: 0, in_flight: 0, queued: 0, uncertain: 0, failed: 0, dropped: 0 }
const sms: Tally = { channel: 'sms', ...none, delivered: 150, failed: 1, queued: 49 }
const mail: Tally = { channel: 'mail', ...none, accepted: 3, dropped: 2 }

describe('Messages of a batch', () => {
  it('are counted whatever became of them', () => {
    expect(countOf(sms)).toBe(200)
    expect(countOf(totalOf([sms, mail]))).toBe(205)
    expect(totalOf([sms, mail])).toMatchObject({ delivered: 150, accepted: 3, dropped: 2 })
  })
  it('share a bar in which a single one can still be seen', () => {
    expect(sharesOf(sms)).toEqual([
      { part: 'delivered', count: 150, share: 75 },
      { part: 'queued', count: 49, share: 24.5 },
      { part: 'failed', count: 1, share: 0.5 },
    ])
    expect(sharesOf({ ...sms, delivered: 1_000_000 }).at(-1)).toEqual({ part: 'failed', count: 1, share: 0.5 })
    expect(sharesOf({ channel: 'x', ...none })).toEqual([])
  })
  it('move until each has its end, or no report of it is to be expected', () => {
    const opened = Date.parse('2026-07-20T06:00:00Z')
    const batch = (change: Partial<Batch>) => ({ complete: true, cancelled: false, opened_at: '2026-07-20T06:00:00Z', channels: [], ...change }) as unknown as Batch
    expect(isMoving([batch({}), batch({ complete: false })], opened)).toBe(true)
    expect(isMoving([batch({ complete: false, cancelled: true })], opened)).toBe(false)
    expect(isMoving([batch({ channels: [sms] })], opened)).toBe(true)
    expect(isMoving([batch({ channels: [{ ...sms, queued: 0 }] })], opened)).toBe(false)
    expect(isMoving([batch({ channels: [mail] })], opened + 60_000)).toBe(true)
    expect(isMoving([batch({ channels: [mail] })], opened + 3_600_000)).toBe(false)
  })
})
