/** The node's own description of its interface, made ready for a reader: one language, groups, who may come. */
import { textOf, type Texts } from './texts'

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: unknown
}

export interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  security?: unknown
  'x-anlan-access': string
  'x-anlan-roles'?: string[]
  'x-anlan-command'?: string
  'x-anlan-body-limit': number
  'x-anlan-rate-per-second': number
}

export interface Description {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  tags?: { name: string }[]
  servers?: { url: string }[]
  security?: unknown
  components?: { schemas?: unknown; securitySchemes?: unknown }
}

/** In the order in which a reader meets them; each by the first part of its paths. */
const kGroups: Record<string, string[]> = {
  session: ['session'],
  desk: ['duty'],
  incidents: ['incidents'],
  reports: ['reports'],
  instructions: ['instructions', 'clocks'],
  intake: ['candidates', 'cap', 'intake'],
  codes: ['divisions', 'codes'],
  register: ['organisations', 'people'],
  administration: ['accounts', 'api-keys', 'audit', 'sealed'],
}
const kRest = 'node'
const kBase = '/api/v1/'
/** A stream has no end that one could wait for. */
const kLeftOut = ['/api/v1/feed']

export function groupOf(path: string): string {
  const first = path.startsWith(kBase) ? path.slice(kBase.length).split('/')[0]! : ''
  return Object.keys(kGroups).find((group) => kGroups[group]!.includes(first)) ?? kRest
}

/** Summaries hold both languages, Chinese first. */
export function inLanguage(summary: string, language: string): string {
  const [chinese, english] = summary.split(' · ')
  return language === 'en' && english ? english : chinese!
}

function whoMayCome(operation: Operation, texts: Texts): string {
  const access = textOf(texts, `access.${operation['x-anlan-access']}`)
  const roles = (operation['x-anlan-roles'] ?? []).map((role) => `\`${role}\``).join(' ')
  const command = operation['x-anlan-command']
  const kilobytes = Math.ceil(operation['x-anlan-body-limit'] / 1024)
  const body = kilobytes > 0 ? textOf(texts, 'body_limit', { kilobytes }) : ''
  const rate = textOf(texts, 'rate', { rate: operation['x-anlan-rate-per-second'] })
  return [access, roles, command ? `\`${command}\`` : '', body, rate].filter(Boolean).join(' · ')
}

/** The page itself says these: its address names the world, and whoever tries is there. */
const kOfThePage = ['world', 'Anlan-Automatic']

/**
 * An empty key is filled in at each try; a person may still give one, to see what a repeated key answers. Who is signed
 * in need say no more; an API key is given as a header.
 */
function parametersOf(operation: Operation, texts: Texts): Parameter[] {
  const open = (operation.parameters ?? []).filter((one) => !kOfThePage.includes(one.name))
  const own = open.map((one) =>
    one.name === 'Idempotency-Key' ? { ...one, required: false, description: textOf(texts, 'key_hint') } : one,
  )
  const bearer = { name: 'Authorization', in: 'header', required: true, schema: { type: 'string' }, description: textOf(texts, 'bearer_hint') }
  return operation['x-anlan-access'] === 'key' ? [...own, bearer] : own
}

export function describe(description: Description, language: string, texts: Texts, origin: string): Description {
  const paths: Description['paths'] = {}
  for (const [path, operations] of Object.entries(description.paths)) {
    if (kLeftOut.includes(path)) continue
    paths[path] = Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        {
          ...operation,
          summary: inLanguage(operation.summary ?? path, language),
          description: whoMayCome(operation, texts),
          tags: [textOf(texts, `group.${groupOf(path)}`)],
          parameters: parametersOf(operation, texts),
          security: [],
        },
      ]),
    )
  }
  const tags = [...Object.keys(kGroups), kRest].map((group) => ({ name: textOf(texts, `group.${group}`) }))
  const schemas = description.components?.schemas
  return { ...description, paths, tags, servers: [{ url: origin }], security: [], components: { schemas } }
}
