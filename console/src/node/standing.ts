/** How the nodes of the register stand, and how that is said. */
import type { OrganisationRef } from '@/base/contract'

/** The worst first, as the server lists them. */
export const kConditions = [
  'cut_off', 'restored', 'refused', 'never_seen', 'late', 'clock_wrong', 'disk_nearly_full', 'other_release', 'unknown', 'revoked', 'in_contact',
] as const
export type Condition = (typeof kConditions)[number]
/** What nobody has to do anything about, or can. */
const kQuiet: readonly Condition[] = ['in_contact', 'unknown', 'revoked']

export interface NodeWaiting {
  facts: number
  /** That many at least. */
  more: boolean
  since: string | null
}

export interface NodeStatement {
  release: string
  engine: string
  started_at: string
  head: number
  disk_free_mib: number | null
  disk_mib: number | null
  refuses: boolean
  /** Its store is an old backup: what it records stays there. */
  restored: boolean
  /** What it has for the node above it. */
  up: NodeWaiting
}

export interface RegisteredNode {
  id: string
  name: string
  parent: string | null
  depth: number
  level: string | null
  organisations: OrganisationRef[]
  relation: 'self' | 'parent' | 'child' | 'below' | 'other'
  conditions: Condition[]
  since: string | null
  contact_at: string | null
  told_by: string | null
  address: string | null
  clock_ahead_ms: number | null
  heard_at: string | null
  /** What the node above it has for it. */
  down: NodeWaiting | null
  refused: boolean
  own: NodeStatement | null
}

const rank = (node: RegisteredNode) => kConditions.indexOf(node.conditions[0]!)
const since = (node: RegisteredNode) => Date.parse(node.since ?? '') || Infinity

/** Nodes that somebody has to see to: the worst first, and of those what has lasted longest. */
export function troubled(nodes: RegisteredNode[]): RegisteredNode[] {
  const found = nodes.filter((node) => !kQuiet.includes(node.conditions[0]!))
  return found.sort((one, other) => rank(one) - rank(other) || since(one) - since(other))
}

/** How many nodes stand in each condition, the worst first. */
export function counted(nodes: RegisteredNode[]): { condition: Condition; count: number }[] {
  return kConditions
    .map((condition) => ({ condition, count: nodes.filter((node) => node.conditions[0] === condition).length }))
    .filter(({ count }) => count > 0)
}

/** Key under `node.span` with its numbers: seconds below a minute, then minutes, hours, days. */
export function span(ms: number): { key: string; values: Record<string, number> } {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (minutes < 1) return { key: 'seconds', values: { seconds } }
  if (hours < 1) return { key: 'minutes', values: { minutes } }
  if (hours < 48) return { key: 'hours', values: { hours, minutes: minutes % 60 } }
  return { key: 'days', values: { days: Math.floor(hours / 24), hours: hours % 24 } }
}

/** What is left of the disk, with its share; null where it is not known. */
export function room(own: NodeStatement | null): { free: string; percent: number } | null {
  if (own?.disk_free_mib == null || !own.disk_mib) return null
  const gib = own.disk_free_mib / 1024
  return { free: gib >= 10 ? String(Math.round(gib)) : gib.toFixed(1), percent: Math.round((own.disk_free_mib / own.disk_mib) * 100) }
}

/** Whole seconds by which a clock is off; null where that is not known. */
export function clockOff(node: RegisteredNode): { way: 'right' | 'ahead' | 'behind'; ms: number } | null {
  if (node.clock_ahead_ms === null) return null
  const ms = Math.abs(node.clock_ahead_ms)
  return { way: ms < 1_000 ? 'right' : node.clock_ahead_ms > 0 ? 'ahead' : 'behind', ms }
}

/** How many of the nodes below it cannot be known, since the way to them leads over it. */
export function behind(nodes: RegisteredNode[], id: string): number {
  const below = nodes.filter((node) => node.parent === id && node.relation === 'below')
  return below.reduce((sum, node) => sum + (node.conditions[0] === 'unknown' ? 1 : 0) + behind(nodes, node.id), 0)
}

/** Its line does not stand: what it last said of itself is from before. */
export function isCut(node: RegisteredNode): boolean {
  return node.conditions.includes('cut_off') || node.conditions.includes('unknown')
}
