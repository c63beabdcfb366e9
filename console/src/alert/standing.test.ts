import { describe, expect, it } from 'vitest'
import { alertId, alertOf, alertPath } from './address'
import { filterOf, grouped, groupOf, isDoubtful, isForged, questionsOf, signatureWord } from './standing'
import type { Alert, Signature } from './types'
import { claimOf, offencesOf } from './words'

const alert = (id: string, change: Partial<Alert> & { colour?: string } = {}) =>
  ({
    id, state: 'in_force', handling: 'new', received_at: '2026-07-20T08:00:00Z', ends: '2026-07-20T18:00:00Z', signature: null,
    trusted: false, offences: [], message: { colour: change.colour ?? null }, ...change,
  }) as unknown as Alert
const refused = { source: 'post', sm3: '', sender: 's', identifier: 'i', headline: '', at: '2026-01-01T08:00:00+08:00', offence: 'other_content' as const }
const ids = (alerts: Alert[]) => alerts.map(({ id }) => id)

describe('The place of an alert in the list', () => {
  it('is first where nobody has dealt with it', () => {
    expect(groupOf(alert('a'))).toBe('new')
    expect(groupOf(alert('a', { handling: 'used' }))).toBe('handled')
    expect(groupOf(alert('a', { handling: 'dismissed' }))).toBe('handled')
  })
  it('is last once it is over, whatever was done with it', () => {
    for (const state of ['updated', 'cancelled', 'expired'] as const) expect(groupOf(alert('a', { state, handling: 'used' }))).toBe('over')
    expect(groupOf(alert('a', { state: 'refused' }))).toBe('refused')
  })
  it('is before milder ones and before what ends later, without a colour after all others', () => {
    const late = alert('late', { colour: 'red', ends: '2026-07-21T18:00:00Z' })
    const found = grouped([alert('none'), alert('blue', { colour: 'blue' }), late, alert('red', { colour: 'red' })])
    expect(ids(found.new)).toEqual(['red', 'late', 'blue', 'none'])
  })
  it('is by its coming once it is over', () => {
    const over = (id: string, received_at: string) => alert(id, { state: 'expired', received_at })
    expect(ids(grouped([over('old', '2026-07-19T08:00:00Z'), over('new', '2026-07-20T08:00:00Z')]).over)).toEqual(['new', 'old'])
  })
})

describe('The filter', () => {
  it('shows what is in force and what was refused unless the address says otherwise', () => {
    expect(filterOf({})).toBe('now')
    expect(filterOf({ state: 'nothing' })).toBe('now')
    expect(filterOf({ state: 'dismissed' })).toBe('dismissed')
    expect(questionsOf('now')).toEqual([{ state: 'in_force' }, { state: 'refused' }])
  })
  it('asks for a state, for what was dismissed, or for all', () => {
    expect([questionsOf('expired'), questionsOf('dismissed'), questionsOf('all')]).toEqual([[{ state: 'expired' }], [{ handling: 'dismissed' }], [{}]])
  })
})

describe('A signature', () => {
  const signed = (verdict: Signature['verdict'], trusted = false, also = trusted) =>
    alert('a', { signature: { verdict, trusted, fault: null, detail: null, signer: null, certificate: null }, trusted: also })
  it('counts where its signer does, by whichever way that came', () => {
    expect(signatureWord(signed('valid', true))).toBe('trusted')
    expect(signatureWord(signed('valid'))).toBe('stranger')
    expect(signatureWord(signed('none', false, true))).toBe('trusted')
    expect(signatureWord(signed('unchecked'))).toBe('unchecked')
  })
  it('that does not hold is doubtful, one that is missing is not', () => {
    expect(isDoubtful(signed('invalid'))).toBe(true)
    expect(isDoubtful(signed('none'))).toBe(false)
  })
  it('is not asked where a message was refused under the name', () => {
    const forged = alert('a', { offences: [refused, refused] })
    expect([isForged(forged), isDoubtful(forged), offencesOf(forged)]).toEqual([true, true, ['other_content']])
  })
})

describe('An address', () => {
  it('is the one from which the id comes back', () => {
    expect(alertPath('0a.wf-emergency')).toBe('/alerts/0a~wf-emergency')
    expect(alertId('0a~wf-emergency')).toBe('0a.wf-emergency')
  })
  it('is of an alert alone', () => {
    expect(alertOf('alert/0a.wf')).toBe('0a.wf')
    expect(alertOf('warning/0a.wf')).toBeNull()
  })
})

describe('What a refused message says of itself', () => {
  const said = (key: string) => key
  const one = { ...refused, headline: '警报已解除' }
  it('has its headline only where nothing of the alert was taken in', () => {
    expect(claimOf(alert('a', { message: null }), one, said)).toBe('alert.claims_headline')
    expect(claimOf(alert('a'), one, said)).toBe('alert.claims')
  })
})
