/** A warning that is begun from an alert of others. */
import type { Choice } from '@/base/pick'
import type { EventType } from '@/base/contract'
import { draftOf, kTexts, type Draft, type PlacedDivision } from '@/warning/draft'
import type { Reach } from '@/warning/types'
import type { AlertDraft, Message } from './types'

/**
 * What the alert itself says stays when another kind or colour is chosen, prepared texts give way; what nobody could fill
 * is left open.
 */
export function draftFrom(
  { content, missing }: AlertDraft,
  message: Pick<Message, 'headline' | 'description' | 'instruction'>,
  parts: { type: Choice<EventType> | null; divisions: PlacedDivision[]; reaches: Reach[] },
): Draft {
  return {
    ...draftOf({ number: 0, content }, parts),
    colour: missing.includes('colour') ? '' : content.colour,
    own: kTexts.filter((name) => message[name].trim() !== ''),
  }
}

/** What of `missing` the desk has not filled in yet. */
export function stillOpen(missing: AlertDraft['missing'], draft: Pick<Draft, 'type' | 'colour'>, placed: boolean): AlertDraft['missing'] {
  const filled = { type: draft.type !== null, colour: draft.colour !== '', area: placed }
  return missing.filter((one) => !filled[one])
}
