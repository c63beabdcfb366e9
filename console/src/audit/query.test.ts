import { describe, expect, it } from 'vitest'
import { auditFilterFromQuery, shortStream } from './query'

describe('The audit list', () => {
  it('takes its filter from the address and drops what is no day', () => {
    expect(auditFilterFromQuery({ actor: 'wang', type: 'incident', from: '2026-11-01', to: 'x' })).toEqual({
      actor: 'wang',
      type: 'incident',
      from: '2026-11-01',
      to: '',
    })
  })

  it('shortens a long stream and leaves a short one', () => {
    expect(shortStream('incident/01JDABCDEFGHJKMNPQRSTVWXYZ')).toBe('incident/01JD…WXYZ')
    expect(shortStream('account/admin')).toBe('account/admin')
  })
})
