import type { Organisation, OrganisationLevel } from './types'

export const kLevels: OrganisationLevel[] = ['province', 'city', 'county', 'town']

export interface TreeLine {
  organisation: Organisation
  depth: number
  /** How many stand below it, at any depth. */
  below: number
}

/**
 * The register as lines of a tree, superiors before those that report to them; within one superior by level, then by
 * division. A superior that is missing or would close a circle counts as none, so every organisation is listed once.
 */
export function treeLines(organisations: Organisation[], closed: ReadonlySet<string> = new Set()): TreeLine[] {
  const byId = new Map(organisations.map((o) => [o.id, o]))
  const children = new Map<string | null, Organisation[]>()
  for (const one of organisations) {
    const above = one.superior && byId.has(one.superior) && !circular(one, byId) ? one.superior : null
    children.set(above, [...(children.get(above) ?? []), one])
  }
  const lines: TreeLine[] = []
  const add = (above: string | null, depth: number, shown: boolean): number => {
    let count = 0
    for (const organisation of (children.get(above) ?? []).sort(inOrder)) {
      const line = { organisation, depth, below: 0 }
      if (shown) lines.push(line)
      line.below = add(organisation.id, depth + 1, shown && !closed.has(organisation.id))
      count += 1 + line.below
    }
    return count
  }
  add(null, 0, true)
  return lines
}

function inOrder(a: Organisation, b: Organisation): number {
  return (
    kLevels.indexOf(a.level) - kLevels.indexOf(b.level) ||
    a.division.localeCompare(b.division) ||
    a.name.localeCompare(b.name, 'zh')
  )
}

function circular(one: Organisation, byId: Map<string, Organisation>): boolean {
  const seen = new Set([one.id])
  for (let above = one.superior; above; above = byId.get(above)?.superior ?? null) {
    if (seen.has(above)) return true
    seen.add(above)
  }
  return false
}

/** Keeps what matches and everything above it, so that the tree stays readable. */
export function matching(organisations: Organisation[], text: string, retired: boolean): Organisation[] {
  const wanted = text.trim().toLowerCase()
  const shown = organisations.filter((o) => retired || o.active)
  if (!wanted) return shown
  const byId = new Map(shown.map((o) => [o.id, o]))
  const kept = new Set<string>()
  for (const one of shown) {
    const fields = [one.name, one.short, one.division, one.division_name].map((f) => (f ?? '').toLowerCase())
    if (!fields.some((f) => f.includes(wanted))) continue
    for (let o: Organisation | undefined = one; o && !kept.has(o.id); o = byId.get(o.superior ?? '')) kept.add(o.id)
  }
  return shown.filter((o) => kept.has(o.id))
}
