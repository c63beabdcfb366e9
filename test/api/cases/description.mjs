// The description of the interface: whole, and true about who may come.
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kPassword } from '../node.mjs'
import { kAccounts, kCommands, kPages, kPublic, kRoles } from '../roles.mjs'
import { Stream } from '../stream.mjs'
import { assertRefused, kLeak, takeDown } from './story.mjs'
import { received } from './alerts.mjs'
import { drafted, issued } from './warnings.mjs'

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
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
}

/** What in `value` is not as the schema says; `shapes` are what it may refer to. */
function faults(schema, value, shapes, at = '') {
  if (schema.$ref) return faults(shapes[schema.$ref.split('/').at(-1)], value, shapes, at)
  if (schema.anyOf) return schema.anyOf.map((one) => faults(one, value, shapes, at)).reduce((best, found) => (found.length === 0 || best.length === 0 ? [] : best))
  if (!kIs[schema.type](value) || value < schema.minimum) return [`${at}: ${JSON.stringify(value)} is no ${schema.type}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${value} is none of ${schema.enum}`]
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) return [`${at}: ${value} is no moment`]
  if (schema.type === 'array') return value.flatMap((item, i) => faults(schema.items, item, shapes, `${at}[${i}]`))
  const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`)
  const own = schema.properties ?? {}
  const more = schema.additionalProperties === false ? Object.keys(value).filter((name) => !(name in own)).map((name) => `${at}.${name} is not described`) : []
  return Object.entries(own).filter(([name]) => name in value).reduce((all, [name, inner]) => [...all, ...faults(inner, value[name], shapes, `${at}.${name}`)], [...missing, ...more])
}

/** Names of the shapes that a value was held against and that had something in them, through lists and members. */
function seen(schema, value, shapes, names) {
  if (value === null || value === undefined) return names
  if (schema.$ref) {
    names.add(schema.$ref.split('/').at(-1))
    return seen(shapes[schema.$ref.split('/').at(-1)], value, shapes, names)
  }
  if (schema.anyOf) return seen(schema.anyOf[0], value, shapes, names)
  if (schema.type === 'array') value.forEach((item) => seen(schema.items, item, shapes, names))
  if (schema.type === 'object') for (const [name, inner] of Object.entries(schema.properties ?? {})) seen(inner, value[name], shapes, names)
  return names
}

/** An incident with something in every list that its answer has, a candidate and a shift. */
async function everything(node) {
  const desk = await node.as('duty3'), county = await node.as('binhai')
  const opened = await takeDown(node, 'binhai', { caller_name: '李四（虚构）', caller_phone: '100-0000-1234', injured: 2, point: { lng: 118.9, lat: 37.2 } })
  const at = opened.id
  await county.command(`/incidents/${at}/phone-reports`, { to: 'wf-emergency', answered_by: '值班员' })
  await county.command(`/incidents/${at}/handover`, { to: 'wf-emergency', reason: '超出处置能力' })
  const own = await takeDown(node, 'duty3', { dead: 3 })
  const report = await desk.command(`/incidents/${own.id}/reports`, { kind: 'first', to: 'sd-emergency', content: { situation: '情况', figures: { dead: 3 } } })
  const order = await desk.command(`/incidents/${own.id}/instructions`, { text: '核实', given_by: 'p-leader1', to: ['county-370783'] })
  await desk.command(`/instructions/${order.id}/progress`, { text: '已通知' })
  const { key } = await (await node.as('secadmin')).command('/api-keys', { name: '形状（虚构）', organisation: 'wf-emergency' })
  const candidate = await new Client(node.url).command('/intake/reports', { headline: '情况', description: '情况' }, { headers: { Authorization: `Bearer ${key}` } })
  const alert = await received(desk)
  const waiting = await drafted(desk)
  const warning = await issued(node)
  const { in_force } = await desk.get(`/warnings/${warning.id}?after=${warning.position}`)
  while ((await desk.get(`/warnings/${warning.id}/callouts`)).items.length === 0 || (await desk.get(`/warnings/${warning.id}/sending`)).items.length === 0) await pause(100)
  return { desk, county, at, own: own.id, report: report.id, candidate: candidate.id, alert: alert.id, warning: warning.id, waiting, message: in_force.identifier, after: warning.position }
}

/** What is no JSON, or JSON of no shape of this node's; each with what stands in its path. */
const kOthers = {
  '/api/v1/openapi.json': '', '/api/v1/basemap/{file}': 'coast.json', '/public': '', '/public/warnings.atom': '', '/public/cap/{identifier}': 'message', '/public/12379/{identifier}': 'message', '/healthz': '', '/readyz': '', '/metrics': '',
  '/api/v1/alerts/{id}/message': 'alert', '/api/v1/reports/{id}/document.pdf': 'report', '/api/v1/reports/{id}/document.docx': 'report',
}

/** By cli outside, cli sending and e2e callout. */
const kTriedElsewhere = ['/api/v1/reports/{id}/delivery', '/api/v1/warnings/{id}/messages', '/api/v1/dead-letters', '/api/v1/callouts/{warning}/{organisation}/people']

/** Every page → who asks it, with what stands in its path; a text is the query. */
async function asking(node, { desk, county, at, own, report, candidate, alert, warning, waiting }) {
  const admin = await node.as('secadmin')
  return {
    '/node': [desk], '/session': [desk],
    '/duty/board': [desk], '/duty/shift': [desk], '/incidents': [desk, county], '/incidents/similar': [county, '?type=12D02&division=370783115&lng=118.9&lat=37.2'],
    '/incidents/{id}': [[county, at], [desk, own]], '/incidents/{id}/timeline': [[desk, own]], '/incidents/grade-proposal': [desk, '?type=12D02&dead=3'],
    '/reports/{id}': [[desk, report]], '/instructions': [desk], '/clocks': [desk, county], '/candidates': [desk], '/candidates/{id}': [[desk, candidate]],
    '/organisations': [desk], '/organisations/receivers': [desk], '/nodes': [desk], '/people': [desk], '/accounts': [admin], '/api-keys': [admin], '/session/list': [desk],
    '/divisions/search': [desk, '?q=羊口'], '/divisions/{code}': [[desk, '370783115'], [desk, '370783']], '/divisions/{code}/children': [[desk, '370783']], '/codes/event-types': [desk],
    '/incidents/{id}/reports/prefill': [[county, at], [desk, own]], '/audit': [await node.as('audadmin')], '/sealed': [admin, `?of=${at}`],
    '/alerts': [desk], '/alerts/{id}': [[desk, alert]], '/alerts/{id}/draft': [[desk, alert]],
    '/warnings': [desk], '/warnings/{id}': [[desk, warning]], '/warnings/templates': [desk], '/warnings/reaches': [desk], '/public/warnings': [desk],
    '/warnings/{id}/callouts': [[desk, warning]], '/callouts': [desk], '/warnings/{id}/sending': [[desk, warning]], '/warnings/{id}/figures': [[desk, warning]],
    '/warnings/{id}/texts': [[desk, waiting.id], waiting.query], '/warnings/figures': [desk], '/channels': [desk],
  }
}

function feed(node) {
  test('says what the events of the feed hold, and they hold that and no more', async () => {
    const { paths, components } = await new Client(node.url).get('/openapi.json')
    const { content } = paths['/api/v1/feed'].get.responses[200]
    const kEvents = components.schemas[content['text/event-stream']['x-anlan-events'].$ref.split('/').at(-1)].properties
    const client = await Client.signIn(node.url, 'duty2', kPassword)
    const heard = await Stream.open(client, { after: 0 })
    const { position } = await takeDown(node)
    await (await node.as('duty3')).command('/duty/shift', { chief: 'p-duty1', leader: 'p-leader1' })
    await heard.until((one) => one.data.type === 'duty.taken_over' && one.data.position > position, 'the shift')
    await client.ask('DELETE', '/session')
    await heard.until((one) => one.event === 'end', 'the end')
    for (const { event, data } of heard.events.filter(({ event }) => event !== 'end'))
      assert.deepEqual(faults(kEvents[event], data, components.schemas), [], event)
    assert.deepEqual(new Set(heard.events.map(({ event }) => event)), new Set([...Object.keys(kEvents), 'end']))
    assert.deepEqual(new Set(heard.facts.map(({ incident }) => incident === null)), new Set([true, false]))
    heard.close()
  })
}

export function pages(node) {
  test('says what a page answers, and pages answer that and no more', async () => {
    const { paths, components } = await new Client(node.url).get('/openapi.json')
    const there = await everything(node)
    const kAsked = await asking(node, there)
    const names = new Set()
    for (const [path, asked] of Object.entries(kAsked)) {
      const { schema } = paths[`/api/v1${path}`].get.responses[200].content['application/json']
      const query = asked.find((one) => typeof one === 'string') ?? '?'
      for (const one of asked.filter((each) => typeof each !== 'string')) {
        const [client, id] = Array.isArray(one) ? one : [one]
        const answer = await client.get(`${path.replace(/\{\w+\}/, id)}${encodeURI(query)}${query === '?' ? '' : '&'}after=${there.after}`)
        assert.deepEqual(faults(schema, answer, components.schemas), [], path)
        if (answer.items) assert.ok(answer.items.length > 0, `${path} has nothing to be compared`)
        seen(schema, answer, components.schemas, names)
      }
    }
    const kKnown = [...Object.keys(kAsked).map((path) => `/api/v1${path}`), ...Object.keys(kOthers), '/a/{ticket}', '/api/v1/feed', ...kTriedElsewhere]
    assert.deepEqual(Object.keys(paths).filter((path) => paths[path].get).sort(), kKnown.sort(), 'every page is asked')
    // A claim that waits is one for another node's owner.
    const kElsewhere = ['AlertOffence', 'Claim', 'Problem', 'CommandAnswer', 'Stamps', 'OwnShift', 'Receipt', 'PersonOnDuty', 'Documents', 'FeedStart', 'FeedFact', 'FeedEvents', 'Delivery', 'WarningPreview', 'MissedIncident', 'ChannelTally', 'SentMessage', 'SentMessagePage', 'ReachCount', 'CalloutAnswer', 'CalledPerson']
    for (const name of Object.keys(components.schemas))
      assert.ok(names.has(name) || kElsewhere.includes(name), `no answer had a ${name} in it`)
  })

  test('says of what type an answer is that is no page', async () => {
    const { paths } = await new Client(node.url).get('/openapi.json')
    const { desk, report, message, alert } = await everything(node)
    for (const [path, argument] of Object.entries(kOthers)) {
      const [type, { schema }] = Object.entries(paths[path].get.responses[200].content)[0]
      const answer = await desk.ask('GET', path.replace(/\{\w+\}/, { report, message, alert }[argument] ?? argument))
      assert.deepEqual([answer.status, answer.headers['content-type'].split(';')[0]], [200, type], path)
      assert.equal(schema.type, type === 'application/json' ? 'object' : 'string', path)
      if (answer.json) assert.deepEqual(faults(schema, answer.json, {}), [], path)
    }
  })

  test('says who is signed in, and signing in answers that', async () => {
    const { paths, components } = await new Client(node.url).get('/openapi.json')
    const { schema } = paths['/api/v1/session'].post.responses['2XX'].content['application/json']
    const { session } = await Client.signIn(node.url, 'duty2', kPassword)
    assert.equal(session.account, 'duty2')
    assert.deepEqual(faults(schema, session, components.schemas), [])
  })

  feed(node)
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
      [desk, '/duty/shift', '/duty/shift', { chief: 'p-duty1', leader: 'p-leader1' }],
    ]
    for (const [client, path, asked, body] of kAsked) {
      const { parameters, responses } = paths[`/api/v1${path}`].post
      const { $ref } = responses['2XX'].content['application/json'].schema
      const isVersioned = parameters.some(({ name, in: where }) => where === 'header' && name === 'If-Match')
      const later = await client.post(asked, body, { headers: { 'If-Match': '"777"' } })
      if (isVersioned) assertRefused(later, 409, 'version.stale')
      else assert.equal(later.status, 201, `${path}: ${later.text}`)
      assert.deepEqual(faults({ $ref }, await client.command(asked, body), components.schemas), [], path)
    }
  })
}

function headers(node) {
  test('names the headers that an operation takes', async () => {
    const headersOf = ({ parameters }) => parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name)
    const all = await operations(node)
    for (const one of all) {
      const access = one['x-anlan-access']
      const kGiven = { command: ['Idempotency-Key'], key: ['Idempotency-Key'], public: [] }[access] ?? (one.method === 'get' ? ['Anlan-Automatic'] : [])
      assert.deepEqual(headersOf(one).filter((name) => !['If-Match', 'Last-Event-ID'].includes(name)), kGiven, `${one.method} ${one.path}`)
      assert.equal(one.parameters.some(({ name }) => name === 'world'), access !== 'public', one.path)
    }
    const having = (header) => all.filter((one) => headersOf(one).includes(header)).map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(having('Last-Event-ID'), ['get /api/v1/feed'])
    const kMaking = ['/incidents', '/warnings', '/incidents/{id}/reports', '/incidents/{id}/instructions', '/organisations', '/people', '/accounts', '/api-keys', '/cap', '/alerts', '/intake/reports']
    const commands = all.filter((one) => ['command', 'key'].includes(one['x-anlan-access'])).map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(commands.filter((name) => !having('If-Match').includes(name)).sort(), kMaking.map((path) => `post /api/v1${path}`).sort())
  })
}

export default function (node) {
  headers(node)

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
        const wrong = schema.enum || schema.format || schema.pattern ? 'no such word' : kWrong[schema.type]
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
