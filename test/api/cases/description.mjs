// The description of the interface: whole, and true about who may come.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kAccounts, kCommands, kPages, kPublic, kRoles } from '../roles.mjs'
import { assertRefused } from './story.mjs'

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
