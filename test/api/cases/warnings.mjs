// A warning from its draft to its end, over the interface and on the page that is open to everybody.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client, send } from '../client.mjs'
import { kPassword } from '../node.mjs'
import { assertRefused } from './story.mjs'

const later = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString()
const kSquare = [[118.7, 37.2], [119, 37.2], [119, 37.3], [118.7, 37.3], [118.7, 37.2]].map(([lng, lat]) => ({ lng, lat }))

function content(more = {}) {
  return {
    type: '11A01', colour: 'red', headline: '洪水红色预警（虚构）', description: '弥河将出现超过保证水位的洪水', instruction: '沿河人员立即撤离',
    area: { description: '弥河下游段', divisions: [], rings: [], circles: [], reach: 'mihe-lower' },
    audience: { roles: [], hazards: [], vulnerabilities: [] }, channels: ['page'], expires: later(60), ...more,
  }
}
const kNowhere = { description: '全市', divisions: [], rings: [], circles: [] }

const of = async (node, account) => node.as(account)
/** With the number of people that the signer is shown. */
async function sign(client, id, version, password = kPassword) {
  const { people_now } = await client.get(`/warnings/${id}`)
  return client.post(`/warnings/${id}/sign`, { version, people: people_now ?? 0, password })
}
const page = async (node, query = '') => (await send(node.url, 'GET', `/public${query}`)).text

/** Drafted by duty3 and signed by two. */
export async function issued(node, more = {}) {
  const desk = await of(node, 'duty3')
  const { id } = await desk.command('/warnings', { content: content(more) })
  assert.equal((await sign(desk, id, 1)).status, 200)
  const last = await sign(await of(node, 'leader1'), id, 1)
  assert.equal(last.status, 200, last.text)
  return { id, position: last.json.position, desk }
}

function life(node) {
  test('a red warning goes out with the second signature, is changed and cancelled, and everybody can read it', async () => {
    const { id, position, desk } = await issued(node)
    const found = await desk.get(`/warnings/${id}?after=${position}`)
    assert.equal(found.state, 'issued')
    assert.equal(found.pending, null)
    assert.equal(found.in_force.signatures.length, 2)
    assert.equal(found.in_force.people, found.in_force.signatures[0].people)
    assert.match(found.in_force.identifier, /^3707000{8}_\d{14}(_\d+)?$/)
    assert.ok(found.in_force.content.area.rings[0].length > 8, 'the reach became an area')
    assert.ok((await desk.get('/warnings?state=issued')).items.some((w) => w.id === id))

    const shown = await page(node)
    assert.match(shown, /洪水红色预警（虚构）/)
    assert.match(shown, /沿河人员立即撤离/)
    assert.doesNotMatch(shown, /<script/)
    const open = (await send(node.url, 'GET', '/api/v1/public/warnings')).json.items.find((w) => w.identifier === found.in_force.identifier)
    assert.equal(open.colour, 'red')
    assert.equal(open.rings.length, 1)

    const changed = await desk.command(`/warnings/${id}/versions`, { content: content({ colour: 'orange', headline: '洪水橙色预警（虚构）' }) })
    assert.equal((await desk.get(`/warnings/${id}?after=${changed.position}`)).in_force.content.colour, 'red')
    assert.equal((await sign(desk, id, 2)).status, 200)
    assert.equal((await sign(await of(node, 'leader2'), id, 2)).status, 200)
    assert.match(await page(node), /洪水橙色预警（虚构）/)

    const cancelled = await desk.command(`/warnings/${id}/cancel`, { ending: 'passed', reason: '水位已回落' })
    const over = await desk.get(`/warnings/${id}?after=${cancelled.position}`)
    assert.equal(over.state, 'cancelled')
    assert.deepEqual(over.actions, ['warning.assess'])
    assert.match(await page(node), /水位已回落/)
    assert.ok(!(await send(node.url, 'GET', '/api/v1/public/warnings')).json.items.some((w) => w.identifier === open.identifier))
  })

  test('nobody signs without an area, twice, with a wrong password, or on other numbers than were seen', async () => {
    const desk = await of(node, 'duty3')
    const { id } = await desk.command('/warnings', { content: content({ area: kNowhere }) })
    assertRefused(await sign(desk, id, 1), 422, 'warning.no_area')
    await desk.command(`/warnings/${id}/versions`, { content: content({ area: { ...kNowhere, rings: [kSquare] } }) })
    assertRefused(await sign(desk, id, 1), 409, 'warning.version')
    assertRefused(await sign(desk, id, 2, 'wrong'), 422, 'password.wrong')
    assertRefused(await desk.post(`/warnings/${id}/sign`, { version: 2, people: 10_000_000, password: kPassword }), 409, 'warning.people_changed')
    assert.equal((await sign(desk, id, 2)).status, 200)
    assertRefused(await sign(desk, id, 2), 422, 'warning.signed_already')
    assertRefused(await sign(await of(node, 'duty2'), id, 2), 422, 'warning.needs_leader')
    assertRefused(await desk.post(`/warnings/${id}/cancel`, { ending: 'mistaken', reason: 'x' }), 422, 'warning.not_issued')
    assert.equal((await desk.post(`/warnings/${id}/withdraw`, { reason: '不发了' })).status, 200)
    assertRefused(await sign(await of(node, 'leader1'), id, 2), 422, 'warning.over')
  })
}

const kOwnPassword = 'Long-enough-77-now'
/** Somebody who may sign, in an account of their own that nothing else uses. */
async function newLeader(node) {
  const system = await of(node, 'sysadmin')
  const { id } = await system.command('/people', { name: '离任领导（虚构）', organisation: 'wf-emergency', post: '副局长' })
  const { one_time_password: once } = await system.command('/accounts', { name: 'leaving-leader', person: id, roles: ['leader'] })
  const leader = await Client.signIn(node.url, 'leaving-leader', once)
  await leader.command('/session/password', { old: once, new: kOwnPassword })
  return leader
}

function signers(node) {
  test('no warning is issued on a signature of somebody whose account was disabled since', async () => {
    const desk = await of(node, 'duty3')
    const leader = await newLeader(node)
    const { id } = await desk.command('/warnings', { content: content() })
    assert.equal((await sign(leader, id, 1, kOwnPassword)).status, 200)
    await (await of(node, 'secadmin')).command('/accounts/leaving-leader/disable', { reason: '离任' })
    const refused = await sign(desk, id, 1)
    assertRefused(refused, 422, 'warning.signer_gone')
    assert.equal(refused.json.values.person, '离任领导（虚构）')
    assertRefused(await sign(await of(node, 'leader1'), id, 1), 422, 'warning.signer_gone')
    assert.equal((await desk.get(`/warnings/${id}`)).state, 'draft')
    await desk.command(`/warnings/${id}/versions`, { content: content() })
    assert.equal((await sign(await of(node, 'leader1'), id, 2)).status, 200)
    const last = await sign(desk, id, 2)
    assert.equal(last.status, 200, last.text)
    assert.equal((await desk.get(`/warnings/${id}?after=${last.json.position}`)).state, 'issued')
    await desk.command(`/warnings/${id}/cancel`, { ending: 'mistaken', reason: '误发' })
  })

  test('a prepared text that nobody has filled in is not signed', async () => {
    const desk = await of(node, 'duty3')
    const { id } = await desk.command('/warnings', { content: content({ description: '暴雨影响{area}。' }) })
    const refused = await sign(desk, id, 1)
    assertRefused(refused, 422, 'warning.unfilled')
    assert.equal(refused.json.field, 'content.description')
    assert.equal(refused.json.values.value, 'area')
  })
}

function places(node) {
  test('an area must be one, and lie where the organisation is competent', async () => {
    const county = await of(node, 'linqu')
    const draft = (client, area, more = {}) => client.post('/warnings', { content: content({ area: { ...kNowhere, ...area }, ...more }) })
    assertRefused(await draft(county, { divisions: ['370783'] }), 422, 'warning.outside')
    assertRefused(await draft(county, { divisions: ['999999'] }), 422, 'division.unknown')
    assertRefused(await draft(county, { reach: 'nowhere' }), 422, 'warning.reach_unknown')
    assertRefused(await draft(county, { rings: [kSquare.slice(1)] }), 422, 'warning.area_ring')
    assertRefused(await draft(county, { rings: [kSquare.map(({ lng, lat }) => ({ lng: lat, lat: 50 - lng / 10 }))] }), 422, 'warning.area_ring')
    assertRefused(await draft(county, { circles: [{ center: kSquare[0], radius_m: 0 }] }), 422, 'warning.area_circle')
    assertRefused(await draft(county, {}, { channels: ['pigeon'] }), 422, 'warning.channel_unknown')
    assertRefused(await draft(county, {}, { type: '10000' }), 422, 'event_type.unknown')
    assertRefused(await draft(county, {}, { expires: later(-1) }), 422, 'warning.expires_past')
    assertRefused(await draft(county, {}, { instruction: ' ' }), 422, 'text.empty')
    const elsewhere = await draft(county, { rings: [kSquare] })
    assertRefused(elsewhere, 422, 'warning.outside')
    assert.match(elsewhere.json.values.value, /羊口镇/, 'which is in another county')
    assertRefused(await draft(county, { circles: [{ center: { lng: 121.47, lat: 31.23 }, radius_m: 50_000 }] }), 422, 'warning.outside')
    assertRefused(await draft(await of(node, 'duty3'), { circles: [{ center: { lng: 121.47, lat: 31.23 }, radius_m: 50_000 }] }), 422, 'warning.outside')
    assertRefused(await draft(county, { circles: [{ center: { lng: 118.54, lat: 36.51 }, radius_m: 100_001 }] }), 422, 'warning.area_wide')
    const long = Array.from({ length: 5000 }, (_, i) => ({ lng: 118.5 + Math.cos(i / 800) / 10, lat: 36.5 + Math.sin(i / 800) / 10 }))
    assert.equal((await draft(county, { rings: [[...long, long[0]]] })).status, 201)
  })

  test('drafts stay in the house; what was issued is known above and below, and not beside', async () => {
    const county = await of(node, 'linqu'), city = await of(node, 'duty3'), beside = await of(node, 'binhai')
    const { id, position } = await county.command('/warnings', { content: content({ colour: 'blue', area: { ...kNowhere, divisions: ['370724'] } }) })
    assert.equal((await city.ask('GET', `/api/v1/warnings/${id}?after=${position}`)).status, 404)
    const { status, json } = await sign(await of(node, 'linqu-leader'), id, 1)
    assert.equal(status, 200)
    assert.equal((await city.get(`/warnings/${id}?after=${json.position}`)).state, 'issued')
    assert.deepEqual((await city.get(`/warnings/${id}`)).actions, [])
    assertRefused(await city.post(`/warnings/${id}/cancel`, { ending: 'passed', reason: 'x' }), 404, 'warning.unknown')
    assert.equal((await beside.ask('GET', `/api/v1/warnings/${id}`)).status, 404)
  })
}

function readers(node) {
  test('everybody can ask whether a place is warned', async () => {
    const { id, desk } = await issued(node, { area: { ...kNowhere, divisions: ['370783115'], description: '羊口镇' } })
    const verdict = async (place, language = '') => (await page(node, `?place=${place}${language}`)).match(/class="verdict"[^>]*>([^<]*)/)[1]
    assert.match(await verdict('370783115'), /在预警范围内/)
    assert.match(await verdict('370783'), /部分地方/)
    assert.match(await verdict('370725'), /目前没有预警/)
    assert.match(await verdict('370783115', '&language=en'), /is warned/)
    assert.match(await page(node, '?q=%E7%BE%8A%E5%8F%A3'), /place=370783115/)
    assert.match(await page(node, '?q=%3Cscript%3E'), /&lt;script&gt;/)
    assert.match(await page(node, '?large=1'), /class="large"/)
    assert.equal((await send(node.url, 'GET', '/public?place=nowhere')).status, 422)
    assert.match(await page(node, '?world=d1'), /羊口镇/, 'nobody outside is told of a drill instead')
    await desk.command(`/warnings/${id}/cancel`, { ending: 'mistaken', reason: '误发' })
  })

  test('what a county draws over its border says nothing of the places there', async () => {
    const county = await of(node, 'linqu'), leader = await of(node, 'linqu-leader')
    const area = { ...kNowhere, description: '弥河上游及周边', circles: [{ center: { lng: 118.54, lat: 36.51 }, radius_m: 95_000 }] }
    const { id } = await county.command('/warnings', { content: content({ colour: 'blue', area }) })
    assert.equal((await sign(leader, id, 1)).status, 200)
    const verdict = async (place) => (await page(node, `?place=${place}`)).match(/class="verdict"[^>]*>([^<]*)/)[1]
    assert.match(await verdict('370700'), /部分地方/)
    assert.match(await verdict('370725'), /目前没有预警/)
    const feed = async (place) => (await send(node.url, 'GET', `/public/warnings.atom?place=${place}`)).text
    const { in_force } = await county.get(`/warnings/${id}`)
    assert.ok((await feed('370724')).includes(in_force.identifier))
    assert.ok(!(await feed('370725')).includes(in_force.identifier))
    await county.command(`/warnings/${id}/cancel`, { ending: 'mistaken', reason: '误发' })
  })

  test('prepared texts are filled with issuer, type and colour', async () => {
    const desk = await of(node, 'duty3')
    const found = (await desk.get('/warnings/templates')).items.find((t) => t.type.code === '11B03' && t.colour === 'red')
    assert.match(found.headline, /发布暴雨红色预警$/)
    assert.match(found.description, /3小时内降雨量.*影响\{area\}/)
    assert.deepEqual((await desk.get('/warnings/reaches')).items.map((r) => r.id), ['mihe-upper', 'mihe-middle', 'mihe-lower'])
    const preview = await desk.post('/warnings/preview', { content: content() })
    assert.equal(preview.json.needed, 2)
    assert.ok(preview.json.people > 5 && preview.json.people < 200, `${preview.json.people} of the 2,440 contacts live along the reach`)
    const whole = await desk.post('/warnings/preview', { content: content({ area: { ...kNowhere, divisions: ['370700'] } }) })
    assert.equal(whole.json.people, 2440)
    const reporters = await desk.post('/warnings/preview', { content: content({ area: { ...kNowhere, divisions: ['370700'] }, audience: { roles: ['信息报告员'], hazards: [], vulnerabilities: [] } }) })
    assert.equal(reporters.json.people, 122)
    const county = await (await of(node, 'linqu')).post('/warnings/preview', { content: content() })
    assert.equal(county.json.people, 0, 'a county reaches its own people only')
  })
}

const kDrill = '?world=drill-1'
const kSaid = { channels: ['page', 'sms', 'mail', 'group', 'webhook', 'loudspeaker'], description: '弥河将出现超过保证水位的洪水。'.repeat(50) }

/** One that waits for signatures in a drill, where every kind of channel leads somewhere. */
export async function drafted(desk) {
  const { id } = await desk.command(`/warnings${kDrill}`, { content: content(kSaid) })
  return { id, query: kDrill }
}

function texts(node) {
  test('whoever writes or signs reads what people will read, by each channel that leads somewhere', async () => {
    const desk = await of(node, 'duty3')
    const { description, headline, instruction } = content(kSaid)
    assert.deepEqual((await desk.post('/warnings/preview', { content: content(kSaid) })).json.texts, [], 'the demo has no line of the real world')
    const written = (await desk.post(`/warnings/preview${kDrill}`, { content: content(kSaid) })).json.texts
    const [sms, mail, group] = written
    assert.deepEqual(written.map(({ kind }) => kind), ['sms', 'mail', 'group', 'webhook', 'loudspeaker'])
    for (const { text } of written) assert.match(text, /^【演练】/)
    assert.equal(sms.text, `【演练】${description}${instruction}`)
    assert.deepEqual([sms.parts, sms.subject], [Math.ceil(sms.text.length / 67), null])
    assert.deepEqual([mail.subject, mail.parts], [`【演练】${headline}`, null])
    assert.ok(mail.text.endsWith(sms.text))
    assert.ok(Buffer.byteLength(group.text) <= 2048 && group.text.includes('…') && group.text.endsWith(instruction), group.text)

    const { id } = await drafted(desk)
    const waiting = await desk.get(`/warnings/${id}/texts${kDrill}`)
    assert.deepEqual([waiting.version, waiting.items], [1, written])
    assert.equal((await desk.ask('GET', `/warnings/${id}/texts`)).status, 404, 'of another world')
    assert.equal((await (await of(node, 'linqu')).ask('GET', `/warnings/${id}/texts${kDrill}`)).status, 404)
  })

  test('a new version of what was issued says that it is one', async () => {
    const desk = await of(node, 'duty3'), leader = await of(node, 'leader1')
    const { id } = await drafted(desk)
    const first = async (more) => (await desk.post(`/warnings/preview${kDrill}`, { content: content(kSaid), ...more })).json.texts[0].text
    assert.doesNotMatch(await first({ warning: id }), /更新/, 'nobody was told of it yet')
    for (const client of [desk, leader]) {
      const { people_now: people } = await client.get(`/warnings/${id}${kDrill}`)
      await client.command(`/warnings/${id}/sign${kDrill}`, { version: 1, people, password: kPassword })
    }
    assert.match(await first({ warning: id }), /^【演练】【更新】/)
    const { version, items } = await desk.get(`/warnings/${id}/texts${kDrill}`)
    assert.deepEqual([version, items], [null, []])
    await desk.command(`/warnings/${id}/versions${kDrill}`, { content: content(kSaid) })
    assert.equal((await desk.get(`/warnings/${id}/texts${kDrill}`)).items[0].text, await first({ warning: id }))
    assertRefused(await desk.post('/warnings/preview', { content: content(kSaid), warning: id }), 404, 'warning.unknown')
    const beside = await of(node, 'linqu')
    assertRefused(await beside.post(`/warnings/preview${kDrill}`, { content: content(kSaid), warning: id }), 404, 'warning.unknown')
  })
}

function figures(node) {
  test('what came of a warning is told afterwards, and an incident without one is a miss that can be looked at', async () => {
    const { id, desk } = await issued(node)
    const over = await desk.command(`/warnings/${id}/cancel`, { ending: 'mistaken', reason: '误发' })
    const year = () => desk.get('/warnings/figures')
    const before = (await desk.get(`/warnings/figures?after=${over.position}`)).items.find((one) => one.id === id)
    assert.deepEqual([before.over, before.ending, before.occurrence, before.lead_s, before.note], [true, 'mistaken', null, null, null])
    assertRefused(await desk.post(`/warnings/${id}/assess`, { occurrence: 'came', note: '' }), 422, 'warning.no_moment')
    await desk.command(`/warnings/${id}/assess`, { occurrence: 'did_not', note: '未出现洪水' })
    const after = (await year()).items.find((one) => one.id === id)
    assert.deepEqual([after.occurrence, after.observed_at, after.note], ['did_not', null, '未出现洪水'])

    const { missed } = await year()
    const flood = await desk.command('/incidents', { type: '11A01', division: '370724', summary: '山洪冲毁道路（虚构）', })
    const now = await year()
    assert.equal(now.missed, missed + 1)
    assert.equal(now.misses.at(-1).id, flood.id)
    assert.equal(now.misses.at(-1).division_name, '临朐县')
  })
}

function links(node) {
  test('whoever has a link and is refused reads so in Chinese, and sends the same again with one tap', async () => {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const refused = await send(node.url, 'POST', '/a/none', { headers: { ...type, Origin: 'https://elsewhere.example' }, body: 'action=moved&note=%3Cb%3E' })
    assert.equal(refused.status, 403)
    assert.match(refused.headers['content-type'], /^text\/html/)
    assert.match(refused.text, /您的应答没有送达/)
    assert.match(refused.text, /<form method="post" action="\/a\/none">/)
    assert.match(refused.text, /name="action" value="moved"/)
    assert.match(refused.text, /name="note" value="&lt;b&gt;"/)
    const large = await send(node.url, 'POST', '/a/none', { headers: type, body: `note=${'x'.repeat(5000)}` })
    assert.equal(large.status, 413)
    assert.match(large.text, /再试一次/)
    assert.doesNotMatch(large.text, /"code"/)
  })
}

export default (node) => {
  life(node)
  places(node)
  readers(node)
  signers(node)
  texts(node)
  figures(node)
  links(node)
}
