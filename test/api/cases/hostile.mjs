// Every command of the description × every way to spoil its body: each is refused by the member at fault, and nothing of
// it is kept.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kAccounts, kCommands, kQuestions } from '../roles.mjs'
import { operations } from './description.mjs'
import { assertRefused, lastFact } from './story.mjs'

const kNowhere = '00000000000000000000000000'
const kAnyText = { string: 'x', integer: 1, number: 1.5, boolean: true, object: {}, array: [] }

/** What a schema takes and what each bad value must be called; `~1e999` stands for that number, which JSON.stringify would not write. */
const kBad = {
  string: ({ maxLength, enum: words, format }) => {
    const types = [7, true, [], {}]
    if (words) return [...types, '', 'no such word', words[0].toUpperCase()].map((bad) => [bad, 'field.value'])
    if (format) return [...types, '', 'yesterday', '2026-01-01 08:00', '2026-01-01T08:00:00', '2026-13-01T08:00:00+08:00', '2026-02-30T08:00:00+08:00', '2026-01-01T25:00:00+08:00'].map((bad) => [bad, 'field.time'])
    return [...types.map((bad) => [bad, 'field.type']), ['长'.repeat(maxLength + 1), 'field.too_long'], ['a\u0000b', 'field.control'], ['a\u001bb', 'field.control']]
  },
  integer: ({ maximum }) => [
    ...['3', true, [], {}, 1.5, '~1e999', '~1e3'].map((bad) => [bad, 'field.type']),
    ...[-1, maximum + 1, '~99999999999999999999', '~18446744073709551615'].map((bad) => [bad, bad === '~99999999999999999999' ? 'field.type' : 'field.range']),
  ],
  number: ({ maximum }) => [...['3', true, [], {}].map((bad) => [bad, 'field.type']), [-1, 'field.range'], [maximum + 1, 'field.range'], ['~1e999', null]],
  boolean: () => ['true', 1, 0, [], {}].map((bad) => [bad, 'field.type']),
  array: ({ maxItems, items }) => [...['x', 1, true, {}].map((bad) => [bad, 'field.type']), [Array(maxItems + 1).fill(kAnyText[items.type]), 'field.too_many']],
  object: ({ description }) => ['x', 1, true, [], ...(description ? [{}, { lng: 118 }, { lng: '118', lat: 36 }, { lng: 118, lat: 36, h: 1 }] : [])].map((bad) => [bad, 'field.type']),
}

/** `[path, schema, isRequired]` of everything in a schema, parts of parts too. */
function members(schema, above = []) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const path = [...above, name]
    return [[path, inner, schema.required?.includes(name) ?? false], ...(inner.description ? [] : members(inner, path)), ...(inner.type === 'array' ? members(inner.items, [...path, 0]) : [])]
  })
}

/** `body` with `value` at a path, what is missing on the way made up; without the member where there is no value. */
function spoilt(body, path, value) {
  const copy = structuredClone(body)
  let at = copy
  for (const [i, step] of path.slice(0, -1).entries()) at = at[step] ??= typeof path[i + 1] === 'number' ? [] : {}
  if (value === undefined) delete at[path.at(-1)]
  else at[path.at(-1)] = value
  return JSON.stringify(copy).replace(/"~([^"]+)"/g, '$1')
}

const named = (path) => path.reduce((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step), '')

/** Bodies that are wrong as a whole: [name, body, code]. */
function whole(body, schema) {
  const [first = 'x'] = Object.keys(schema.properties)
  const text = JSON.stringify(body)
  const value = JSON.stringify(body[first] ?? 1)
  return [
    ['a list', '[]', 'field.type'],
    ['a text', '"{}"', 'field.type'],
    ['null', 'null', 'field.type'],
    ['a number', '12', 'field.type'],
    ['half of it', text.slice(0, -1), 'json.syntax'],
    ['it twice', text + text, 'json.syntax'],
    ['a comma too many', `${text.slice(0, -1)},}`, 'json.syntax'],
    ['a comment', `/* x */${text}`, 'json.syntax'],
    ['a byte order mark', `\ufeff${text}`, 'json.syntax'],
    ['single quotes', "{'a':1}", 'json.syntax'],
    ['not a number', `{"${first}":NaN}`, 'json.syntax'],
    ['infinity', `{"${first}":-Infinity}`, 'json.syntax'],
    ['a number with a zero before it', `{"${first}":007}`, 'json.syntax'],
    ['a member twice', `{"${first}":${value},"${first}":${value}}`, 'json.repeated'],
    ['a member that is none', `{"no_such_member":1,${text.slice(1)}`.replace(',}', '}'), 'field.unknown'],
    ['broken UTF-8', Buffer.from([...Buffer.from(`{"${first}":"`), 0xff, 0xfe, ...Buffer.from('"}')]), 'json.syntax'],
    ['half a surrogate', `{"${first}":"\\ud800"}`, 'json.syntax'],
    ['10,000 levels', `{"${first}":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'json.deep'],
    ['10,000 objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'json.deep'],
  ]
}

/** Those commands whose bodies the description tells, each with somebody who may give it. */
async function commands(node) {
  const security = await node.as('secadmin')
  const { key } = await security.command('/api-keys', { name: '探头平台（虚构）', organisation: 'wf-emergency' })
  const bearer = { Authorization: `Bearer ${key}`, Cookie: '' }
  const all = (await operations(node)).filter((one) => one.requestBody?.content['application/json'] && one['x-anlan-access'] !== 'public')
  return Promise.all(all.map(async (one) => {
    const byKey = one['x-anlan-access'] === 'key'
    const name = `${one.method} ${one.path}`
    const [roles, body] = kCommands[one['x-anlan-command'] ?? kQuestions[name]]
    const account = byKey ? 'duty2' : kAccounts[roles[0]]
    const schema = one.requestBody.content['application/json'].schema
    return { name, path: one.path.replace(/\{\w+\}/g, kNowhere), body, schema, limit: one['x-anlan-body-limit'], account, client: await node.as(account), headers: byKey ? bearer : {} }
  }))
}

async function refused(one, what, body, status, code, field) {
  const answer = await one.client.post(one.path, body, { headers: one.headers })
  const where = `${one.name}, ${what}: ${String(body).slice(0, 200)} → ${answer.text.slice(0, 300)}`
  assert.equal(answer.status, status, where)
  if (code) assert.equal(answer.json.errors?.find((e) => e.field === field)?.code ?? answer.json.code, code, where)
  assertRefused(answer, status, answer.json.code)
  if (field) assert.ok([answer.json, ...(answer.json.errors ?? [])].some((e) => e.field === field), where)
}

export default function (node) {
  let all = []
  const unchanged = async (work) => {
    for (const one of all) {
      const before = await lastFact(node, one.account)
      await work(one)
      assert.equal(await lastFact(node, one.account), before, `${one.name} left something behind`)
    }
  }

  test('knows every command of the description and a body for it', async () => {
    all = await commands(node)
    assert.ok(all.length >= 30)
    for (const one of all) assert.ok(one.body && typeof one.body === 'object', one.name)
  })

  test('refuses a value of a wrong type, size or range, by the path of the member', async () => {
    let tested = 0
    await unchanged(async (one) => {
      for (const [path, schema] of members(one.schema))
        for (const [bad, code] of kBad[schema.type](schema)) {
          const text = spoilt(one.body, path, bad)
          if (text.length < one.limit) await refused(one, named(path), text, 400, code, named(path))
          ++tested
        }
    })
    assert.ok(tested > 800, `${tested}`)
  })

  test('refuses a body without what is required', async () => {
    await unchanged(async (one) => {
      for (const [path, , isRequired] of members(one.schema)) {
        if (!isRequired || path.includes(0)) continue
        await refused(one, `without ${named(path)}`, spoilt(one.body, path, undefined), 400, 'field.missing', named(path))
        await refused(one, `null for ${named(path)}`, spoilt(one.body, path, null), 400, null, named(path))
      }
    })
  })

  test('refuses a body that is wrong as a whole', async () => {
    await unchanged(async (one) => {
      for (const [what, body, code] of whole(one.body, one.schema)) await refused(one, what, body, 400, code, null)
    })
  })

  test('refuses what is too large before reading it', async () => {
    await unchanged(async (one) => {
      for (const size of [1 << 20, 10 << 20]) await refused(one, `${size} bytes`, `{"x":"${'x'.repeat(size)}"}`, 413, 'http.too_large', null)
    })
  })

  test('serves on as if nothing had been', async () => {
    assert.equal((await new Client(node.url).ask('GET', '/readyz')).text, 'ready\n')
    assert.equal((await (await node.as('duty3')).ask('GET', '/duty/board')).status, 200)
  })
}
