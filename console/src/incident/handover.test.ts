import { describe, expect, it } from 'vitest'
import type { Incident } from '@/base/contract'
import { handoversOf } from './handover'

const county = { id: 'county', short: '寿光市' }
const city = { id: 'city', short: '市局' }
const told = (changes: Partial<Incident>) => ({ organisation: county, released_to: null, offer: null, claims: [], ...changes })
const offer = { to: city, reason: '超出处置能力', at: '2026-11-24T14:09:11+08:00', answer: null, answer_reason: '' }

describe('a handing over', () => {
  it('is nothing to speak of where nobody is asked', () => {
    expect(handoversOf(told({}), 'city')).toEqual([])
  })
  it('asks the one that it is offered to, and waits for the others', () => {
    expect(handoversOf(told({ offer }), 'city')).toEqual([{ state: 'asked', who: '寿光市', reason: '超出处置能力' }])
    expect(handoversOf(told({ offer }), 'county')).toEqual([{ state: 'waiting', who: '市局', reason: '超出处置能力' }])
  })
  it('says why it was rejected', () => {
    const rejected = { ...offer, answer: 'rejected' as const, answer_reason: '县里可以处置' }
    expect(handoversOf(told({ offer: rejected }), 'county')).toEqual([{ state: 'rejected', who: '市局', reason: '县里可以处置' }])
  })
  it('that was accepted waits for the release, and a claim stands beside the offer', () => {
    const claims = [{ organisation: city, reason: '伤亡上升' }]
    const accepted = { ...offer, to: { id: 'sibling', short: '安丘市' }, answer: 'accepted' as const }
    expect(handoversOf(told({ offer: accepted, claims }), 'county').map(({ state, who }) => [state, who])).toEqual([
      ['claimed', '市局'],
      ['accepted', '安丘市'],
    ])
  })
  it('that was released shows nothing else', () => {
    const claims = [{ organisation: city, reason: 'r' }]
    expect(handoversOf(told({ released_to: city, claims }), 'county')).toEqual([{ state: 'released', who: '市局' }])
  })
})
