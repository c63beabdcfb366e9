import { describe, expect, it } from 'vitest'
import { auditFilterFromQuery, gathered, kAuditPage, shortStream, type AuditLine } from './query'

describe('The audit list', () => {
  it('takes its filter from the address and drops what is no day', () => {
    expect(auditFilterFromQuery({ actor: 'wang', type: 'incident', from: '2026-11-01', to: 'x' })).toEqual({
      actor: 'wang',
      type: 'incident',
      from: '2026-11-01',
      to: '',
    })
  })

  it('goes on where a page was short, until it has enough or nothing older fits', async () => {
    const line = (position: number) => ({ position }) as AuditLine
    const asked: (number | undefined)[] = []
    const pages = new Map<number | undefined, { items: AuditLine[]; before: number | null }>([
      [undefined, { items: [line(9)], before: 7 }],
      [7, { items: [], before: 4 }],
      [4, { items: [line(2)], before: null }],
    ])
    const found = await gathered(async (before) => (asked.push(before), pages.get(before)!))
    expect(asked).toEqual([undefined, 7, 4])
    expect(found).toEqual({ items: [line(9), line(2)], before: null })

    const full = { items: Array.from({ length: kAuditPage }, (_, i) => line(1000 - i)), before: 900 }
    expect(await gathered(async () => full)).toEqual(full)
  })

  it('shortens a long stream and leaves a short one', () => {
    expect(shortStream('incident/01JDABCDEFGHJKMNPQRSTVWXYZ')).toBe('incident/01JD…WXYZ')
    expect(shortStream('account/admin')).toBe('account/admin')
  })
})
