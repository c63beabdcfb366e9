/** Where an alert of others stands: which part of the list it is in, and what is said of it. */
import { kColours } from '@/warning/types'
import { kStates, type Alert, type State } from './types'

/** What nobody has dealt with goes first, what is over last. */
export const kGroups = ['new', 'handled', 'refused', 'over'] as const
export type Group = (typeof kGroups)[number]

/** Refused of it was something that bears its name. */
export const isForged = (alert: Alert) => alert.state === 'refused' || alert.offences.length > 0

export function groupOf(alert: Alert): Group {
  if (alert.state === 'refused') return 'refused'
  if (alert.state !== 'in_force') return 'over'
  return alert.handling === 'new' ? 'new' : 'handled'
}

/** Without a colour after all that have one. */
function gravity({ message }: Alert): number {
  return message?.colour ? kColours.indexOf(message.colour) : kColours.length
}

const at = (moment: string | null) => Date.parse(moment ?? '') || 0

/** In force: the gravest first, then what ends first; all else as it came, the last first. */
export function grouped(alerts: Alert[]): Record<Group, Alert[]> {
  const found: Record<Group, Alert[]> = { new: [], handled: [], refused: [], over: [] }
  for (const alert of alerts) found[groupOf(alert)].push(alert)
  for (const group of ['new', 'handled'] as const) found[group].sort((a, b) => gravity(a) - gravity(b) || at(a.ends) - at(b.ends))
  for (const group of ['refused', 'over'] as const) found[group].sort((a, b) => at(b.received_at) - at(a.received_at))
  return found
}

/** `now`: what is in force, and what was refused; `dismissed`: whatever its state. */
export type Filter = 'now' | 'all' | State | 'dismissed'
export const kFilters: Filter[] = ['now', 'all', ...kStates, 'dismissed']

export function filterOf(query: Record<string, unknown>): Filter {
  return kFilters.find((one) => one === query.state) ?? 'now'
}

export interface Question {
  state?: State
  handling?: 'dismissed'
}

/** Of what the server is asked. */
export function questionsOf(filter: Filter): Question[] {
  if (filter === 'now') return [{ state: 'in_force' }, { state: 'refused' }]
  if (filter === 'all') return [{}]
  return [filter === 'dismissed' ? { handling: 'dismissed' } : { state: filter }]
}

/** Key of what is said of the signature; `trusted` is of all ways by which the message came. */
export function signatureWord({ signature, trusted }: Pick<Alert, 'signature' | 'trusted'>): string {
  if (!signature) return 'none'
  if (trusted) return 'trusted'
  return signature.verdict === 'valid' ? 'stranger' : signature.verdict
}

/** Worth a second look: it claims a signature that does not hold, or something else bears its name. */
export const isDoubtful = (alert: Alert) => isForged(alert) || signatureWord(alert) === 'invalid'
