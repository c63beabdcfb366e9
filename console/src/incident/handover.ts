/** How a handing over stands, in the order of what a desk must know first. */
import type { Incident } from '@/base/contract'

export type Handover =
  | { state: 'released'; who: string }
  | { state: 'asked' | 'waiting' | 'accepted' | 'rejected'; who: string; reason: string }
  | { state: 'claimed'; who: string; reason: string }

type Told = Pick<Incident, 'organisation' | 'released_to' | 'offer' | 'claims'>

/** `asked`: it is offered to whoever reads this, and waits for them. */
export function handoversOf(incident: Told, own: string | undefined): Handover[] {
  if (incident.released_to) return [{ state: 'released', who: incident.released_to.short }]
  const claimed = incident.claims.map(({ organisation, reason }) => ({ state: 'claimed' as const, who: organisation.short, reason }))
  const { offer } = incident
  if (!offer) return claimed
  if (offer.answer === 'rejected') return [...claimed, { state: 'rejected', who: offer.to.short, reason: offer.answer_reason }]
  if (offer.answer === 'accepted') return [...claimed, { state: 'accepted', who: offer.to.short, reason: offer.reason }]
  const asked = offer.to.id === own
  return [...claimed, { state: asked ? 'asked' : 'waiting', who: asked ? incident.organisation.short : offer.to.short, reason: offer.reason }]
}
