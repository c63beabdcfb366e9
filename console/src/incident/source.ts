/** By whom figures were stated. Where nobody was named the node names the way in which the incident was reported, in Chinese. */
import type { Incident } from '@/base/contract'
import { source_said } from './zh-CN.json'

/** The node's own words in the reader's language; what a person has typed stays as it is. */
export function sourceName(said: string, incident: Pick<Incident, 'source'>, t: (key: string) => string): string {
  const { kind } = incident.source
  const own = (source_said as Record<string, string>)[kind]
  return said === own ? t(`incident.source_said.${kind}`) : said
}
