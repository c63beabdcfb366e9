// The abuse matrix: every endpoint of the description × every role × every way to misuse it.
import { request } from 'node:http'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kPassword } from '../node.mjs'
import { kAccounts, kCommands, kPages, kPublic, kRoles } from '../roles.mjs'
import { operations } from './description.mjs'
import { fresh, kLeak, takeDown } from './story.mjs'

const kNowhere = '00000000000000000000000000'
const kNotFound = 404
const kOtherVerbs = ['put', 'patch', 'delete']
const kAtOnce = 16

/** Only the head of the answer, for what never ends. */
function head(client, method, path, headers) {
  return new Promise((done, failed) => {
    const asked = request(new URL(path, client.url), { method, headers: { Cookie: client.cookie ?? '', ...headers } })
    asked.on('error', failed)
    asked.on('response', (response) => {
      done({ status: response.statusCode, headers: response.headers, json: null, text: '' })
      asked.destroy()
    })
    asked.end()
  })
}

class Endpoint {
  constructor(operation) {
    Object.assign(this, operation)
    this.name = `${this.method} ${this.path}`
    this.access = this['x-anlan-access']
    this.limit = this['x-anlan-body-limit']
    this.isPublic = kPublic.includes(this.name)
    this.byKey = this.name === 'post /api/v1/intake/reports'
    const [may, body] = kCommands[this['x-anlan-command']] ?? [this.byKey ? [] : (kPages[this.name] ?? kRoles), {}]
    Object.assign(this, { may, body })
  }

  at(id) {
    return this.path.replace(/\{\w+\}/, id)
  }

  ask(client, { path = this.at(kNowhere), method = this.method.toUpperCase(), headers = {}, body = this.body, key = fresh() } = {}) {
    if (this.path.endsWith('/feed')) return head(client, method, path, headers)
    if (method === 'GET') return client.ask(method, path, { headers })
    const given = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    return client.ask(method, path, { headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...headers }, body: method === 'DELETE' ? undefined : given })
  }
}

const taken = (answer) => answer.status < 300
const expect = (...statuses) => (answer) => statuses.includes(answer.status)

// Way → [what it applies to, how it asks, what must come of it].
const kWays = {
  itself: [
    (end) => end.name !== 'delete /api/v1/session',
    (end, who) => end.ask(who.client),
    (answer, end, who) => {
      if (end.isPublic) return answer.status !== 401 && answer.status !== 403
      if (end.byKey) return answer.status === 401
      if (!end.may.includes(who.role)) return answer.status === 403
      return answer.status !== 401 && !['command.forbidden', 'route.forbidden'].includes(answer.json?.code)
    },
  ],
  'no session': [(end) => !end.isPublic, (end, who) => end.ask(who.nobody), expect(401)],
  'broken cookie': [(end) => !end.isPublic, (end, who) => end.ask(who.broken), expect(401)],
  'signed-out session': [(end) => !end.isPublic, (end, who) => end.ask(who.gone), expect(401)],
  "other county's id": [
    (end, foreign) => foreign.of(end) !== null,
    (end, who, foreign) => end.ask(who.client, { path: end.at(foreign.of(end)) }),
    expect(kNotFound, 403),
  ],
  replay: [
    (end) => end.method === 'post' && !end.isPublic,
    (end, who, foreign) => end.ask(who.client, { key: foreign.key }),
    (answer) => !taken(answer) && !answer.headers['idempotency-replayed'],
  ],
  'wrong verb': [
    () => true,
    (end, who) => end.ask(who.client, { method: kOtherVerbs.find((verb) => !end.others.includes(verb)).toUpperCase() }),
    expect(405),
  ],
  'oversize body': [
    (end) => end.method !== 'get' && end.limit > 0,
    (end, who) => end.ask(who.client, { body: Buffer.alloc(end.limit + 1, 'x') }),
    expect(413),
  ],
  'foreign Origin': [
    (end) => !end.byKey,
    (end, who) => end.ask(who.client, { headers: { Origin: 'https://elsewhere.test' } }),
    (answer, end) => !answer.headers['access-control-allow-origin'] && (end.method === 'get' || answer.status === 403),
  ],
}

/** What Linqu has and nobody else takes part in, by what the path names. */
async function foreignThings(node) {
  const linqu = await node.as('linqu')
  const key = fresh()
  const { id } = await linqu.command('/incidents', { ...kLeak, division: '370724' }, { key })
  const report = (await linqu.command(`/incidents/${id}/reports`, { kind: 'first', to: 'wf-emergency', content: { situation: '情况', figures: {} } })).id
  const order = { text: '批示', given_by: 'p-linqu-leader', to: ['county-370724'] }
  const instruction = await linqu.command(`/incidents/${id}/instructions`, order)
  const incident = await linqu.get(`/incidents/${id}?after=${instruction.position}`)
  const things = { incidents: id, reports: report, instructions: instruction.id, clocks: incident.clocks[0].id }
  const api = await (await node.as('secadmin')).command('/api-keys', { name: '县平台（虚构）', organisation: 'county-370724' })
  const offered = await new Client(node.url).post('/intake/reports', { headline: '情况', description: '情况' }, { headers: { Authorization: `Bearer ${api.key}` } })
  things.candidates = offered.json.id
  return { key, of: (end) => things[end.path.match(/^\/api\/v1\/(\w+)\/\{id\}/)?.[1]] ?? null }
}

async function cast(node) {
  const signIn = (role) => Client.signIn(node.url, kAccounts[role], kPassword)
  return Promise.all(kRoles.map(async (role) => {
    const [client, gone] = [await signIn(role), await signIn(role)]
    await gone.ask('DELETE', '/session')
    const broken = new Client(node.url, { cookie: client.cookie.slice(0, -4) + 'AAAA' })
    return { role, client, gone, broken, nobody: new Client(node.url) }
  }))
}

export default function (node) {
  test('no endpoint lets in whom it should not, whatever the way', { timeout: 600_000 }, async () => {
    await takeDown(node)
    const foreign = await foreignThings(node)
    const ends = (await operations(node)).map((operation) => new Endpoint(operation))
    const people = await cast(node)
    const cases = ends.flatMap((end) => people.flatMap((who) => Object.entries(kWays)
      .filter(([, [applies]]) => applies(end, foreign))
      .map(([way, [, ask, holds]]) => ({ end, who, way, ask, holds }))))
    const wrong = []
    let tested = 0
    const queue = cases[Symbol.iterator]()
    await Promise.all(Array.from({ length: kAtOnce }, async () => {
      for (const { end, who, way, ask, holds } of queue) {
        const answer = await ask(end, who, foreign)
        ++tested
        if (!holds(answer, end, who)) wrong.push(`${end.name} as ${who.role}, ${way}: ${answer.status} ${answer.json?.code ?? ''}`)
      }
    }))
    const unguarded = ends.filter((end) => end.access === 'command' && !kCommands[end['x-anlan-command']])
    const untested = cases.length - tested + unguarded.length
    console.log(`unexpected_allow=${wrong.length} untested=${untested} cases=${tested}`)
    assert.deepEqual(wrong, [])
    assert.equal(untested, 0)
    assert.ok(ends.length > 60 && tested > 3000)
  })
}
