import { dayOrNothing } from '@/base/period'

/** One fact as the audit administrator sees it. */
export interface AuditLine {
  position: number
  type: string
  stream: string
  recorded_at: string
  actor: string
  actor_name?: string
  world: string
  hash: string
  /** Null: work on incidents, which the audit does not take part in. */
  body: Record<string, unknown> | null
}

/** `before`: where to go on; null where nothing older can fit. A page may be short or empty and yet not the last. */
export interface AuditPage {
  items: AuditLine[]
  before: number | null
}

export interface AuditFilter {
  actor: string
  type: string
  /** Days in Beijing time, both included; '' is no limit. */
  from: string
  to: string
}

export const kAuditPage = 100

/** Pages together until they are worth showing: `ask` is called with where to go on. */
export async function gathered(ask: (before?: number) => Promise<AuditPage>, before?: number): Promise<AuditPage> {
  const items: AuditLine[] = []
  for (let at = before; ; ) {
    const page = await ask(at)
    items.push(...page.items)
    if (page.before === null || items.length >= kAuditPage) return { items, before: page.before }
    at = page.before
  }
}

type Query = Record<string, unknown>

export function auditFilterFromQuery(query: Query): AuditFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  return { actor: text('actor'), type: text('type'), from: dayOrNothing(query.from), to: dayOrNothing(query.to) }
}

/** For a line of the table: `incident/01J9…7QZX`. */
export function shortStream(stream: string): string {
  const [kind, id] = stream.split('/', 2)
  return id && id.length > 12 ? `${kind}/${id.slice(0, 4)}…${id.slice(-4)}` : stream
}
