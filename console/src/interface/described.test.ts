import { describe as suite, expect, it } from 'vitest'
import { describe, groupOf, inLanguage, type Description, type Operation } from './described'
import english from './en.json'
import { translated } from './words'
import chinese from './zh-CN.json'

const operation = (access: string, more: Partial<Operation> = {}): Operation => ({
  'x-anlan-access': access,
  'x-anlan-body-limit': 0,
  'x-anlan-rate-per-second': 20,
  ...more,
})
const key = { name: 'Idempotency-Key', in: 'header', required: true }
const world = { name: 'world', in: 'query', required: false }
const told: Description = {
  openapi: '3.1.0',
  info: { title: 'Anlan', version: '1' },
  security: [{ session: [] }],
  components: { schemas: { Problem: {} }, securitySchemes: { session: {} } },
  paths: {
    '/api/v1/feed': { get: operation('session') },
    '/api/v1/incidents': {
      get: operation('session', { summary: '查询事件 · Find incidents' }),
      post: operation('command', { summary: '登记事件 · Take down an incident', parameters: [world, key], 'x-anlan-command': 'incident.take_down', 'x-anlan-body-limit': 65536 }),
    },
    '/api/v1/audit': { get: operation('roles', { 'x-anlan-roles': ['audit_admin'] }) },
    '/api/v1/intake/reports': { post: operation('key', { parameters: [key] }) },
    '/healthz': { get: operation('public') },
  },
}
const read = (language: 'zh-CN' | 'en') => describe(told, language, language === 'en' ? english : chinese, 'http://node')

suite('the description', () => {
  it('is in one language and in groups', () => {
    expect(read('zh-CN').paths['/api/v1/incidents']!.get).toMatchObject({ summary: '查询事件', tags: ['事件'] })
    expect(read('en').paths['/api/v1/incidents']!.get).toMatchObject({ summary: 'Find incidents', tags: ['Incidents'] })
    expect(inLanguage('仅有中文', 'en')).toBe('仅有中文')
    expect([groupOf('/healthz'), groupOf('/api/v1/node'), groupOf('/api/v1/api-keys/{id}/revoke')]).toEqual(['node', 'node', 'administration'])
  })
  it('says who may come, and how large and how often', () => {
    expect(read('en').paths['/api/v1/incidents']!.post!.description).toBe(
      'signed in, with the permission · `incident.take_down` · body up to 64 kB · 20 a second',
    )
    expect(read('zh-CN').paths['/api/v1/audit']!.get!.description).toBe('限下列角色 · `audit_admin` · 每秒 20 次')
  })
  it('asks for no key of a command, not for the world, and for the key of a department', () => {
    const names = (path: string) => read('en').paths[path]!.post!.parameters!.map((one) => [one.name, one.required])
    expect(names('/api/v1/incidents')).toEqual([['Idempotency-Key', false]])
    expect(names('/api/v1/intake/reports')).toEqual([['Idempotency-Key', false], ['Authorization', true]])
  })
  it('leaves out what has no end, and sends only to its own node', () => {
    const { paths, servers, security, components } = read('en')
    expect(Object.keys(paths)).not.toContain('/api/v1/feed')
    expect([servers, security, components]).toEqual([[{ url: 'http://node' }], [], { schemas: { Problem: {} } }])
  })
  it('is not changed itself', () => {
    const before = JSON.stringify(told)
    read('zh-CN')
    expect(JSON.stringify(told)).toBe(before)
  })
})

suite('the words of RapiDoc', () => {
  it('are replaced where they stand alone, numbers kept', () => {
    expect(translated(' RESPONSE\n  HEADERS ', chinese.words)).toBe(' 答复头 ')
    expect(translated('Took 20 milliseconds', chinese.words)).toBe('用时 20 毫秒')
    expect(translated('RESPONSE of the county', chinese.words)).toBeNull()
  })
  it('are left alone where they say so already, else they would be replaced for ever', () => {
    expect(translated(' TRY ', english.words)).toBeNull()
    for (const words of [chinese.words, english.words])
      for (const word of Object.values(words)) expect(translated(word.replaceAll('#', '7'), words), word).toBeNull()
  })
})
