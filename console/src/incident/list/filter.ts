import { dayOrNothing, periodParams } from '@/base/period'

/** What the list of incidents is asked for; it stands in the address, so that a list can be sent as a link. */
export interface Filter {
  q: string
  /** open | closed | merged | all */
  state: string
  grade: string
  type: string
  division: string
  /** Days in Beijing time, YYYY-MM-DD, both included; '' is no limit. */
  from: string
  to: string
}

export const kEmptyFilter: Filter = { q: '', state: 'open', grade: '', type: '', division: '', from: '', to: '' }

type Query = Record<string, unknown>

const kStates = ['open', 'closed', 'merged', 'all']

export function filterFromQuery(query: Query): Filter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  return {
    q: text('q'),
    state: kStates.includes(text('state')) ? text('state') : 'open',
    grade: text('grade'),
    type: text('type'),
    division: text('division'),
    from: dayOrNothing(query.from),
    to: dayOrNothing(query.to),
  }
}

/** Only what differs from the ordinary list, so the plain list has a plain address. */
export function filterToQuery(filter: Filter): Record<string, string> {
  const query: Record<string, string> = {}
  for (const key of Object.keys(kEmptyFilter) as (keyof Filter)[]) {
    if (filter[key] !== kEmptyFilter[key]) query[key] = filter[key]
  }
  return query
}

/** Parameters of GET /incidents: days become instants in Beijing time, the end exclusive. */
export function filterToParams(filter: Filter, page: number, size: number): Record<string, string> {
  const params: Record<string, string> = { page: String(page), size: String(size) }
  if (filter.q.trim()) params.q = filter.q.trim()
  if (filter.state !== 'all') params.state = filter.state
  if (filter.grade) params.grade = filter.grade
  if (filter.type) params.type = filter.type
  if (filter.division) params.division = filter.division
  return { ...params, ...periodParams(filter.from, filter.to) }
}

/** How many of the narrowing fields are in use; the state always is and does not count. */
export function narrowings(filter: Filter): number {
  const narrow: (keyof Filter)[] = ['q', 'grade', 'type', 'division']
  return narrow.filter((key) => filter[key] !== '').length + (filter.from || filter.to ? 1 : 0)
}
