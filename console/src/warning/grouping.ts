/** The place of each warning on the page: what is asked of me first, then what holds, then what lies about. */
import { kColours, kStates, type State, type Version, type Warning } from './types'

export const kGroups = ['mine', 'waiting', 'in_force', 'unready', 'history'] as const
export type Group = (typeof kGroups)[number]

/** The version that the reader has to do with first. */
export const shown = (warning: Warning): Version | null => warning.pending ?? warning.in_force ?? warning.issued.at(-1) ?? null

/** Why a waiting version cannot be signed by anybody; null: it can. */
export function hindrance({ content, declined_by, needed }: Version): 'declined' | 'no_area' | 'no_rule' | null {
  if (declined_by) return 'declined'
  const { divisions, rings, circles } = content.area
  if (divisions.length + rings.length + circles.length === 0) return 'no_area'
  return needed === null ? 'no_rule' : null
}

/** What is in force and being changed stands in two groups; what is over in none but the last. */
export function groupsOf(warning: Warning): Group[] {
  if (warning.state !== 'draft' && warning.state !== 'issued') return ['history']
  const groups: Group[] = []
  if (warning.pending) {
    if (warning.actions.includes('warning.sign')) groups.push('mine')
    else groups.push(hindrance(warning.pending) ? 'unready' : 'waiting')
  }
  if (warning.state === 'issued') groups.push('in_force')
  return groups
}

const gravity = (version: Version | null) => (version ? kColours.indexOf(version.content.colour) : kColours.length)

/** In each group the gravest first, then what ends first; history as it came. */
export function grouped(warnings: Warning[]): Record<Group, Warning[]> {
  const found = Object.fromEntries(kGroups.map((group) => [group, [] as Warning[]])) as Record<Group, Warning[]>
  for (const warning of warnings) for (const group of groupsOf(warning)) found[group].push(warning)
  for (const group of kGroups.slice(0, -1)) {
    const version = (warning: Warning) => (group === 'in_force' ? warning.in_force : shown(warning))
    const ends = (warning: Warning) => Date.parse(version(warning)?.content.expires ?? '') || 0
    found[group].sort((a, b) => gravity(version(a)) - gravity(version(b)) || ends(a) - ends(b))
  }
  return found
}

/** `now` is everything that is not over. */
export type Filter = State | 'now' | 'all'
export const kFilters: Filter[] = ['now', 'all', ...kStates]

export function filterOf(query: Record<string, unknown>): Filter {
  return kFilters.find((one) => one === query.state) ?? 'now'
}

/** Of what the server is asked; undefined: without a state. */
export function statesOf(filter: Filter): (State | undefined)[] {
  if (filter === 'now') return ['issued', 'draft']
  return [filter === 'all' ? undefined : filter]
}

/** Whether the next signature is the last that is asked for. */
export const isLast = ({ needed, signatures }: Version) => needed !== null && signatures.length + 1 >= needed
