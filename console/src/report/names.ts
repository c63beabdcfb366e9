import type { Report, ReportKind, ReportLine, TimelineEntry } from '@/base/contract'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** First report, follow-up 2, … */
export function reportName(report: Pick<ReportLine, 'kind' | 'ordinal'>, t: Translate): string {
  return report.kind === 'follow_up' && report.ordinal > 0
    ? t('report.follow_up_n', { n: report.ordinal })
    : t(`report.kind.${report.kind}`)
}

/** Those that the organisation of who is signed in has written. */
export function ownReports(reports: Report[], session: { organisation: { id: string } } | null): Report[] {
  return reports.filter((report) => report.from.id === session?.organisation.id)
}

/** What an organisation reports next, given its reports so far. */
export function nextKind(reports: Pick<Report, 'kind' | 'state'>[]): ReportKind {
  return reports.some((report) => report.kind === 'first') ? 'follow_up' : 'first'
}

/** The report whose document is the bulletin: the latest that was sent, else the latest signed, else the latest. */
export function bulletinOf<T extends Pick<ReportLine, 'sent_at' | 'signed_at' | 'drafted_at'>>(reports: T[]): T | null {
  const later = (a: string | null, b: string | null) => (b ?? '').localeCompare(a ?? '')
  const weigh = (a: T, b: T) =>
    later(a.sent_at, b.sent_at) || later(a.signed_at, b.signed_at) || later(a.drafted_at, b.drafted_at)
  return [...reports].sort(weigh)[0] ?? null
}

/** The sentence of a timeline entry in the reader's language. */
export function sentence(entry: TimelineEntry, locale: string): string {
  return locale === 'en' ? entry.text_en || entry.text_zh : entry.text_zh
}
