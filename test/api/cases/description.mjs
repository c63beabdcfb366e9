// The description of the interface: whole, and true about who may come.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kAccounts, kCommands, kPages, kPublic, kRoles } from '../roles.mjs'
import { assertRefused, kLeak, takeDown } from './story.mjs'

export const kMethods = ['get', 'post', 'put', 'patch', 'delete']

export async function operations(node) {
  const { paths } = await new Client(node.url).get('/openapi.json')
  return Object.entries(paths).flatMap(([path, item]) =>
    kMethods.filter((method) => item[method]).map((method) => ({ method, path, others: Object.keys(item), ...item[method] })),
  )
}

function refs(value) {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [inner] : refs(inner)))
}

const kIs = {
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
}

/** What in `value` is not as the schema says. */
function faults(schema, value, at = '') {
  if (!kIs[schema.type](value) || value < schema.minimum) return [`${at}: ${JSON.stringify(value)} is no ${schema.type}`]
  const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`)
  return Object.entries(schema.properties ?? {}).filter(([name]) => name in value).reduce((all, [name, inner]) => [...all, ...faults(inner, value[name], `${at}.${name}`)], missing)
}

export function answers(node) {
  test('says what a command answers, and commands answer it', async () => {
    const { paths, components } = await new Client(node.url).get('/openapi.json')
    const desk = await node.as('duty3')
    const { id } = await takeDown(node)
    const kAsked = [
      [desk, '/incidents', '/incidents', kLeak],
      [desk, '/incidents/{id}/notes', `/incidents/${id}/notes`, { text: '记' }],
      [desk, '/incidents/{id}/reports', `/incidents/${id}/reports`, { kind: 'first', to: 'sd-emergency', content: { situation: '情况', figures: {} } }],
      [desk, '/incidents/{id}/instructions', `/incidents/${id}/instructions`, { text: '核实', given_by: 'p-leader1', to: ['county-370783'] }],
      [await node.as('sysadmin'), '/people', '/people', { name: '乙（虚构）', organisation: 'wf-emergency', post: '值班员' }],
      [await node.as('secadmin'), '/api-keys', '/api-keys', { name: '丙（虚构）', organisation: 'wf-emergency' }],
    ]
    for (const [client, path, asked, body] of kAsked) {
      const { $ref } = paths[`/api/v1${path}`].post.responses['2XX'].content['application/json'].schema
      assert.deepEqual(faults(components.schemas[$ref.split('/').at(-1)], await client.command(asked, body)), [], path)
    }
  })
}

export default function (node) {
  test('is OpenAPI 3.1 with unique operations whose parameters and references are there', async () => {
    const document = await new Client(node.url).get('/openapi.json')
    assert.match(document.openapi, /^3\.1\./)
    assert.ok(document.info.title && document.info.version)
    for (const ref of refs(document))
      assert.ok(ref.slice(2).split('/').reduce((at, name) => at?.[name], document), `${ref} leads nowhere`)
    const all = await operations(node)
    assert.equal(new Set(all.map((one) => one.operationId)).size, all.length)
    for (const one of all) {
      const named = [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const declared = one.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)
      assert.deepEqual(declared, named, one.path)
      assert.ok(Object.keys(one.responses).length > 0, one.path)
    }
  })

  test('says of the alert that it is taken as XML', async () => {
    const cap = (await operations(node)).find((one) => one.path === '/api/v1/cap')
    assert.deepEqual(Object.keys(cap.requestBody.content), ['application/xml'])
    assert.equal(cap.requestBody.content['application/xml'].schema.type, 'string')
  })

  test('names what a query may hold, and what is not named is refused', async () => {
    const kWrong = { string: null, integer: 'x', number: 'x' }
    let tested = 0
    for (const one of (await operations(node)).filter(({ method, ...one }) => method === 'get' && one['x-anlan-access'] !== 'public')) {
      const account = Object.entries(kAccounts).find(([role]) => (one['x-anlan-roles'] ?? kRoles).includes(role))[1]
      const client = await node.as(account)
      const path = one.path.replace(/\{\w+\}/, 'none')
      const unknown = await client.ask('GET', `${path}?colour=red`)
      assertRefused(unknown, 400, 'field.unknown')
      assert.equal(unknown.json.field, 'colour')
      for (const { name, schema } of one.parameters.filter((parameter) => parameter.in === 'query')) {
        const wrong = schema.enum || schema.format ? 'no such word' : kWrong[schema.type]
        if (wrong === null || path.includes('none')) continue
        const answer = await client.ask('GET', `${path}?${name}=${encodeURIComponent(wrong)}`)
        assertRefused(answer, 400, answer.json?.code)
        assert.equal(answer.json.field, name, path)
        ++tested
      }
    }
    assert.ok(tested > 40, `${tested}`)
  })

  test('says of every operation in both languages what it is, who may come, how much and how often', async () => {
    for (const one of await operations(node)) {
      const name = `${one.method} ${one.path}`
      assert.match(one.summary ?? '', /\p{Script=Han}.* · .*[a-z]/u, `${name} has no summary`)
      assert.ok(['public', 'session', 'command', 'roles', 'key'].includes(one['x-anlan-access']), name)
      assert.ok(Number.isInteger(one['x-anlan-body-limit']) && one['x-anlan-rate-per-second'] > 0, name)
      if (one['x-anlan-access'] === 'command') assert.ok(kCommands[one['x-anlan-command']], `${name}: ${one['x-anlan-command']}`)
      if (one['x-anlan-access'] === 'roles') assert.deepEqual(one['x-anlan-roles'], kPages[name], name)
      if (one['x-anlan-access'] === 'public') assert.ok(kPublic.includes(name), `${name} is open to all`)
    }
  })
}
