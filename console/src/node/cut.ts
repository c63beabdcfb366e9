/** Lines that are cut, as those see it who wait for what would come over them. */
import type { OrganisationRef } from '@/base/contract'
import type { RegisteredNode } from './standing'

const isCutOff = (node: RegisteredNode) => node.conditions.includes('cut_off')

/** Nodes that this one has a line to. */
export function neighbours(nodes: RegisteredNode[]): RegisteredNode[] {
  return nodes.filter(({ relation }) => relation === 'parent' || relation === 'child')
}

/** Those of them to which the line is cut; the one that has lasted longest first. */
export function cutNeighbours(nodes: RegisteredNode[]): RegisteredNode[] {
  const at = (node: RegisteredNode) => Date.parse(node.since ?? '') || 0
  return neighbours(nodes).filter(isCutOff).sort((one, other) => at(one) - at(other))
}

/** Of this node and those it has a line to the ones whose store is an old backup: what they record stays there. */
export function restored(nodes: RegisteredNode[]): RegisteredNode[] {
  const near = [...nodes.filter(({ relation }) => relation === 'self'), ...neighbours(nodes)]
  return near.filter(({ conditions }) => conditions.includes('restored'))
}

/** Where the way to a node is cut; null: it is not, as far as is known here. */
function cutOnTheWay(nodes: RegisteredNode[], to: RegisteredNode): RegisteredNode | null {
  if (to.relation === 'self') return null
  if (to.relation === 'parent' || to.relation === 'other') return nodes.find((node) => node.relation === 'parent' && isCutOff(node)) ?? null
  const above = to.relation === 'below' ? nodes.find(({ id }) => id === to.parent) : undefined
  return (above && cutOnTheWay(nodes, above)) ?? (isCutOff(to) ? to : null)
}

export interface Silence {
  organisations: OrganisationRef[]
  /** What they did later may not have come; null: since when is not known. */
  since: string | null
}

/** Of these organisations those that cannot be heard, together where the same line is cut. */
export function silences(nodes: RegisteredNode[], organisations: OrganisationRef[]): Silence[] {
  const found = new Map<string, Silence>()
  for (const organisation of organisations) {
    const on = nodes.find((node) => node.organisations.some(({ id }) => id === organisation.id))
    const cut = on && cutOnTheWay(nodes, on)
    if (!cut) continue
    const silence = found.get(cut.id) ?? { organisations: [], since: cut.contact_at }
    if (!silence.organisations.some(({ id }) => id === organisation.id)) silence.organisations.push(organisation)
    found.set(cut.id, silence)
  }
  return [...found.values()]
}
