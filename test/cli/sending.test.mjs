// A red warning from its first word to the last answer, out of a whole node to gateways that others wrote (npm `smpp` and
// `smtp-server`, mosquitto), to robots and webhooks as their documents have them, and to a CMPP gateway written from the
// document. Some of them fail.
import { after, before, test } from 'node:test'
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { kPassword, startNode } from '../api/node.mjs'
import { broker, devices, kDeviceSecret } from './broker.mjs'
import { httpServer, says } from './channel.mjs'
import { cmppGateway } from './cmpp_peer.mjs'
import { kRoot, run, scratch, until } from './program.mjs'

const { SMTPServer } = createRequire(`${kRoot}/console/package.json`)('smtp-server')
const smpp = createRequire(`${kRoot}/console/package.json`)('smpp')
const kTown = '370783115'
const kSecret = 'secret08'
const at = scratch(after)
const closing = []
let node, desk, leader, id
let cmpp, centre, mails, room, hook, speakers

/** Takes short messages that the other gateway refuses. */
async function messageCentre() {
  const self = { texts: new Map() }
  const parts = new Map()
  const server = smpp.createServer((session) => {
    session.on('error', () => {})
    session.on('bind_transceiver', (pdu) => session.send(pdu.response({ system_id: 'centre' })))
    session.on('enquire_link', (pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu) => { session.send(pdu.response()); session.close() })
    session.on('submit_sm', (pdu) => {
      const { udh, message } = pdu.short_message
      const phone = pdu.destination_addr, key = `${phone}/${udh?.[0]?.slice(-3, -2)}`
      const of = (parts.get(key) ?? []).concat(message)
      parts.set(key, of)
      if (!udh || of.length === udh[0].at(-2)) { self.texts.set(phone, (self.texts.get(phone) ?? []).concat(of.join(''))); parts.delete(key) }
      session.send(pdu.response({ message_id: `m${Math.random()}` }))
    })
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return Object.assign(self, { port: server.address().port })
}

async function mailServer() {
  const self = { to: [], refused: 0 }
  const server = new SMTPServer({
    disableReverseLookup: true, authOptional: true, disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, session, done) => {
      if (!address.startsWith('gone')) return done()
      self.refused++
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
    },
    onData: (stream, session, done) => {
      stream.resume()
      stream.on('end', () => { self.to.push(session.envelope.rcptTo[0].address); done() })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  closing.push(() => server.close())
  return Object.assign(self, { port: server.server.address().port })
}

/** Robots answer 200 whatever happens; this one is busy at first. */
async function robot() {
  const self = { texts: [], busy: 1 }
  const server = await httpServer((request, body, response) => {
    if (self.busy-- > 0) return says(response, 200, { errcode: -1, errmsg: 'system busy' })
    self.texts.push(JSON.parse(body).text.content)
    says(response, 200, { errcode: 0, errmsg: 'ok' })
  })
  closing.push(server.close)
  return Object.assign(self, { port: server.port })
}

async function receiver() {
  const self = { bodies: [], keys: new Set(), forged: 0 }
  const server = await httpServer((request, body, response) => {
    const [, t, v1] = request.headers['anlan-signature'].match(/^t=(\d+),v1=([0-9a-f]+)$/)
    if (createHmac('sha256', kSecret).update(`${t}.${body}`).digest('hex') !== v1) self.forged++
    self.keys.add(request.headers['idempotency-key'])
    self.bodies.push(JSON.parse(body))
    says(response, 200, '{}')
  })
  closing.push(server.close)
  return Object.assign(self, { port: server.port })
}

/** The configuration with every kind of channel, and a rule that gives a minute to answer. */
function configuration(speakersPort) {
  writeFileSync(at('secret'), `${kSecret}\n`)
  writeFileSync(at('devices'), `${kDeviceSecret}\n`)
  const channel = (name, protocol, settings) => `[[channel]]\nname = "${name}"\nprotocol = "${protocol}"\n${Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`).join('\n')}\n`
  const file = at('anlan.toml')
  writeFileSync(file, [
    '[public]\nurl = "http://127.0.0.1:1"\n',
    channel('cmpp', 'cmpp', { host: '127.0.0.1', port: cmpp.port, account: '901234', secret_file: at('secret'), number: '10690001' }),
    channel('smpp', 'smpp', { host: '127.0.0.1', port: centre.port, account: 'anlan', secret_file: at('secret'), number: '10690001' }),
    channel('post', 'smtp', { host: '127.0.0.1', port: mails.port, security: 'optional', from: 'warning@example.gov.cn' }),
    channel('room', 'wecom', { key_file: at('secret'), service: `http://127.0.0.1:${room.port}/send`, allow_private: true, rate: 5 }),
    channel('hook', 'webhook', { url: `http://127.0.0.1:${hook.port}/w`, secret_file: at('secret'), allow_private: true }),
    channel('speakers', 'mqtt', { host: 'localhost', port: speakersPort, plain: true, prefix: 'town', group_secret_file: at('devices') }),
  ].join('\n'))
  return file
}

const kHead = '编号,姓名,手机号,邮箱,区划代码,角色,设备'
/** Thirty people with telephones (every tenth refused by the first gateway), ten with mail alone (two gone), two loudspeakers. */
function people() {
  const rows = []
  for (let i = 0; i < 30; i++) rows.push(`p${i},人${i}（虚构）,138000000${String(i).padStart(2, '0')},,${kTown},居民,`)
  for (let i = 0; i < 10; i++) rows.push(`m${i},邮${i}（虚构）,,${i < 2 ? 'gone' : 'm'}${i}@example.com,${kTown},居民,`)
  for (let i = 0; i < 2; i++) rows.push(`d${i},,,,${kTown},,device-${i}`)
  rows.push(`r1,责一（虚构）,13900000001,,${kTown},村（社区）责任人,`, `r2,责二（虚构）,13900000002,,${kTown},村（社区）责任人,`)
  writeFileSync(at('people.csv'), [kHead, ...rows].join('\r\n'))
}

before(async () => {
  const mosquitto = await broker(at, 'sending')
  closing.push(() => mosquitto.kill())
  ;[cmpp, centre, mails, room, hook] = await Promise.all([
    cmppGateway(kSecret, (phone) => (/^138.*[05]$/.test(phone) && phone.endsWith('0') ? 13 : 0)), messageCentre(), mailServer(), robot(), receiver()])
  closing.push(cmpp.close)
  speakers = await devices(mosquitto)
  closing.push(speakers.close)
  const rules = at('node/rules')
  mkdirSync(rules, { recursive: true })
  const shipped = readFileSync(`${kRoot}/data/rules/warnings.toml`, 'utf8')
  writeFileSync(`${rules}/warnings.toml`, shipped.replace('limit_min = 5', 'limit_min = 1').replace('decide_min = 15', 'decide_min = 3'))
  copyFileSync(`${kRoot}/data/rules/reaches.toml`, `${rules}/reaches.toml`)
  people()
  node = await startNode({ data: at('node'), words: ['--config', configuration(mosquitto.port)] })
  desk = await node.as('duty1')
  leader = await node.as('leader1')
  const taken = await run(['contacts', 'import', at('people.csv'), '--list', 'people', '--organisation', 'wf-emergency', '--data', node.data], { env: node.store })
  assert.equal(taken.code, 0, taken.out + taken.err)
})
after(async () => {
  await node?.stop()
  for (const close of closing.reverse()) await close()
})

const content = (description) => ({
  type: '11A01', colour: 'red', headline: '发布洪水红色预警（虚构）', description, instruction: '立即转移。',
  area: { description: '羊口镇', divisions: [kTown], rings: [], circles: [] }, audience: { roles: [], hazards: [], vulnerabilities: [] },
  channels: ['page', 'sms', 'mail', 'group', 'webhook', 'loudspeaker'], expires: new Date(Date.now() + 6 * 3_600_000).toISOString(),
})
const get = async (path) => desk.get(path)
const signed = async (version) => {
  for (const one of [desk, leader]) {
    const people = (await one.get(`/warnings/${id}`)).people_now
    const answer = await one.post(`/warnings/${id}/sign`, { version, people, password: kPassword })
    assert.equal(answer.status, 200, JSON.stringify(answer.json))
  }
}
const batch = async (version) => (await get(`/warnings/${id}/sending`)).items.find((one) => one.warning_version === version)
const sumOf = (of, ...states) => of.channels.flatMap((channel) => states.map((state) => channel[state])).reduce((a, b) => a + b, 0)
const settled = async (version) => {
  const of = await batch(version)
  return of?.complete && sumOf(of, 'queued', 'in_flight') === 0 && of
}
/** Whom the test has not brought, or who is called too. */
const others = (part) => [...cmpp.texts].filter(([phone, texts]) => !/^138/.test(phone) && texts.some((one) => one.includes(`（${part}）`))).length
const shorts = (gateway, part) => [...gateway.texts].filter(([phone, texts]) => /^138/.test(phone) && texts.some((one) => one.includes(part))).map(([phone]) => phone)

test('without an area nothing is signed', async () => {
  const draft = await desk.post('/warnings', { content: { ...content('甲'), area: { description: '', divisions: [], rings: [], circles: [] } } })
  id = draft.json.id
  const refused = await leader.post(`/warnings/${id}/sign`, { version: 1, people: 0, password: kPassword })
  assert.equal(refused.json.code, 'warning.no_area')
})

test('signed by two people it goes out over every channel, round those that fail', { timeout: 120_000 }, async () => {
  await desk.post(`/warnings/${id}/versions`, { content: content('河水上涨（甲）。') })
  await signed(2)
  const of = await until(() => settled(2), 90_000)
  assert.deepEqual(new Set(shorts(cmpp, '甲')).size, 27)
  assert.deepEqual(shorts(centre, '甲').sort(), ['13800000000', '13800000010', '13800000020'])
  assert.deepEqual(new Set(mails.to), new Set(Array.from({ length: 8 }, (_, i) => `m${i + 2}@example.com`)))
  assert.equal(mails.refused, 2)
  assert.equal(room.texts.length, 1)
  assert.match(room.texts[0], /河水上涨（甲）。立即转移。/)
  assert.equal(hook.forged, 0)
  assert.equal(hook.bodies.length, hook.keys.size)
  await until(() => speakers.judged.length >= 2)
  assert.deepEqual(speakers.judged.sort(), ['device-0 play', 'device-1 play'])
  for (const texts of cmpp.texts.values()) assert.equal(texts.filter((one) => one.includes('（甲）')).length, 1)
  const by = Object.fromEntries(of.channels.map((channel) => [channel.channel, channel]))
  assert.equal(by.cmpp.delivered, 27 + others('甲')) // whom the demo city has there, and both who are called
  assert.equal(by.cmpp.failed, 3)
  assert.equal(by.smpp.accepted + by.smpp.delivered, 3)
  assert.equal(by.post.accepted, 8)
  assert.equal(by.post.failed, 2)
})

const callout = async () => (await get(`/warnings/${id}/callouts`)).items.find((one) => one.places.some((place) => place.division === kTown))
const linkTo = (phone) => cmpp.texts.get(phone)?.map((text) => text.match(/http:\S+(\/a\/[\w-]+)/)?.[1]).findLast((found) => found)
const visit = (path, form) => fetch(node.url + path, { redirect: 'manual', ...(form && { method: 'POST', body: new URLSearchParams(form), headers: { origin: node.url } }) })

test('who is called gets a link; the next one after a minute; one tap answers', { timeout: 150_000 }, async () => {
  const first = await until(() => linkTo('13900000001'))
  assert.equal(linkTo('13900000002'), undefined)
  const page = await (await visit(first)).text()
  assert.match(page, /村（社区）责任人/)
  assert.match(page, /发布洪水红色预警/)
  assert.doesNotMatch(page, /<script/)
  assert.equal((await visit(`${first}x`)).status, 200)
  assert.match(await (await visit(`${first}x`)).text(), /链接已失效/)
  const second = await until(() => linkTo('13900000002'), 100_000)
  const answered = await visit(second, { action: 'moving', note: '十二户' })
  assert.equal(answered.status, 303)
  assert.match(await (await visit(second)).text(), /已应答（.*）：正在组织转移：十二户/)
  await visit(first, { action: 'moved' })
  const place = (await callout()).places.find((one) => one.division === kTown)
  assert.deepEqual([place.answer.action, place.answer.act, place.answer.role, place.answer.way, place.unanswered], ['正在组织转移：十二户', 'moving', '村（社区）责任人', 'message', false])
  assert.equal(place.calls.length, 2)
})

test('a new version takes the place of the old one, and a cancellation reaches all within a minute', { timeout: 150_000 }, async () => {
  await desk.post(`/warnings/${id}/versions`, { content: content('河水仍在上涨（乙）。') })
  await signed(3)
  await until(() => settled(3), 90_000)
  assert.equal(shorts(cmpp, '乙').length, 27)
  const before = Date.now()
  const cancelled = await desk.post(`/warnings/${id}/cancel`, { ending: 'passed', reason: '水位已回落（丙）。' })
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.json))
  const end = '解除“发布洪水红色预警（虚构）”。'
  await until(() => shorts(cmpp, end).length === 27 && shorts(centre, end).length === 3 && room.texts.some((text) => text.includes(end)), 60_000)
  assert.ok(Date.now() - before < 60_000)
  const said = [...cmpp.texts.values(), ...centre.texts.values(), room.texts].flat()
  assert.ok(said.every((text) => !text.includes('丙'))) // one person's own words go to nobody
  assert.ok((await callout()).closed || await until(async () => (await callout()).closed))
})

test('the figures are what the other side counts', { timeout: 90_000 }, async () => {
  const figures = await until(async () => {
    const found = await get(`/warnings/${id}/figures`)
    return found.sent > 0 && found
  })
  const counted = Object.fromEntries(figures.channels.map((channel) => [channel.channel, channel]))
  const telephones = shorts(cmpp, '乙').length + shorts(centre, '乙').length + others('乙')
  assert.equal(counted.sms.accepted + counted.sms.delivered, telephones)
  assert.equal(counted.mail.accepted, 8)
  assert.equal(counted.mail.failed, 2)
  assert.equal(figures.reached, figures.sent - 2)
  assert.equal(figures.sent, counted.sms.sent + counted.mail.sent, 'to people, not to groups, systems and loudspeakers')
  assert.equal(figures.people_reached, figures.reached, 'one node, which is the issuer\'s')
  assert.deepEqual([figures.answered, figures.acted], [1, 1], 'an answer to the version before is one')
  assert.deepEqual(figures.acts.map(({ act, places }) => [act, places]), [['informed', 0], ['moving', 1], ['moved', 0], ['patrolling', 0], ['help', 0]])
  const assessed = await desk.post(`/warnings/${id}/assess`, { occurrence: 'came', observed_at: new Date().toISOString(), note: '' })
  assert.equal(assessed.status, 200, JSON.stringify(assessed.json))
  const year = await get(`/warnings/figures?year=${new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()}`)
  assert.equal(year.came, 1)
  assert.equal(year.reached, figures.reached)
})

test('channels tell how they stand, take a test, and what failed is sent again by hand', { timeout: 60_000 }, async () => {
  const channels = (await get('/channels')).items
  for (const name of ['cmpp', 'smpp', 'post', 'room', 'hook', 'speakers']) assert.equal(channels.find((one) => one.name === name).connected, true, name)
  assert.ok(channels.some((one) => one.drill && one.protocol === 'sandbox'))
  const tested = await desk.post('/channels/cmpp/test', { address: '13700000000' })
  assert.equal(tested.status, 202, JSON.stringify(tested.json))
  await until(() => cmpp.texts.get('13700000000')?.some((text) => text.includes('测试') || text.includes('test')))
  const dead = (await get('/dead-letters')).items
  assert.deepEqual(new Set(dead.map((one) => one.channel)), new Set(['post']))
  const tried = mails.refused
  const again = await desk.post('/dead-letters/resend', { messages: dead.map((one) => one.number) })
  assert.equal(again.status, 202, JSON.stringify(again.json))
  await until(() => mails.refused > tried)
})

test('channels are tested by whose node it is, in their own world, and it is known by whom', { timeout: 60_000 }, async () => {
  const county = await node.as('linqu')
  const refused = async (client, path, status, code) => {
    const answer = await client.post(path, { address: '13700000001' })
    assert.deepEqual([answer.status, answer.json.code], [status, code])
  }
  await refused(county, '/channels/cmpp/test', 403, 'channel.not_yours')
  await refused(desk, '/channels/cmpp/test?world=drill-x', 422, 'channel.other_world')
  await refused(desk, '/channels/none/test', 404, 'channel.unknown')
  for (const status of [202, 200]) {
    const tested = await desk.post('/channels/cmpp/test', { address: '13700000002' }, { key: 'the-same-test' })
    assert.equal(tested.status, status, JSON.stringify(tested.json))
  }
  await until(() => cmpp.texts.get('13700000002')?.length > 0)
  await pause(2000)
  assert.equal(cmpp.texts.get('13700000002').length, 1)
  assert.equal(cmpp.texts.has('13700000001'), false)
  const { items } = await (await node.as('audadmin')).get('/audit?type=channel.tested')
  assert.equal(items[0].actor, 'duty1')
  assert.match(JSON.stringify(items[0].body), /137\*\*\*\*0002/)
})

test('what failed of a warning of the city is not for a county', { timeout: 60_000 }, async () => {
  const county = await node.as('linqu')
  assert.ok((await get('/dead-letters')).items.length > 0)
  const number = (await get('/dead-letters')).items[0].number
  assert.deepEqual((await county.get('/dead-letters')).items, [])
  const again = await county.post('/dead-letters/resend', { messages: [number] })
  assert.deepEqual([again.status, again.json.code], [404, 'channel.nothing_failed'])
})

test('a drill reaches the sandbox and nobody else', { timeout: 60_000 }, async () => {
  const heard = () => [cmpp.texts.size, centre.texts.size, mails.to.length, room.texts.length, hook.bodies.length, speakers.judged.length]
  const before = await until(async () => { // what was sent before has arrived
    const earlier = heard()
    await pause(2000)
    return heard().join() === earlier.join() && earlier
  })
  const draft = await desk.post('/warnings?world=drill-x', { content: content('演练（丁）。') })
  for (const one of [desk, leader]) {
    const people = (await one.get(`/warnings/${draft.json.id}?world=drill-x`)).people_now
    assert.equal((await one.post(`/warnings/${draft.json.id}/sign?world=drill-x`, { version: 1, people, password: kPassword })).status, 200)
  }
  const sent = await until(async () => {
    const found = (await get(`/warnings/${draft.json.id}/sending?world=drill-x`)).items[0]
    return found?.complete && found
  })
  assert.ok(sent.channels.length > 0 && sent.channels.every((channel) => channel.channel.startsWith('drill-')))
  await pause(3000)
  assert.deepEqual(heard(), before)
})
