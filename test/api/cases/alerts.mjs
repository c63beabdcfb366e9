// Alerts of others: taken in once, followed, refused where they are forged, made a warning of or dismissed.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertRefused } from './story.mjs'

const kXml = { headers: { 'Content-Type': 'application/cap+xml' } }
const later = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19) + '-00:00'
const fresh = () => `w-${Math.random().toString(36).slice(2)}`
const kSent = '2026-06-01T08:00:00+08:00'

export function message({ identifier = fresh(), kind = 'Alert', status = 'Actual', references = '', severity = 'Severe', headline = '暴雨橙色预警（虚构）', expires = later(6) } = {}) {
  return `<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${identifier}</identifier><sender>weather.test</sender><sent>${kSent}</sent><status>${status}</status><msgType>${kind}</msgType><scope>Public</scope>${references && `<references>weather.test,${references},${kSent}</references>`}
<info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Expected</urgency><severity>${severity}</severity><certainty>Likely</certainty><expires>${expires}</expires>
<headline>${headline}</headline><description>预计有暴雨（虚构）</description><area><areaDesc>寿光市（虚构）</areaDesc><polygon>36.8,118.7 36.9,118.7 36.9,118.8 36.8,118.7</polygon>
<geocode><valueName>GB/T 2260</valueName><value>370783000000</value></geocode><geocode><valueName>GB/T 2260</valueName><value>370102000000</value></geocode></area></info></alert>`
}

const post = (desk, xml) => desk.post('/alerts', xml, kXml)

/** One that a desk was given. */
export async function received(desk, more = {}) {
  const { status, json, text } = await post(desk, message(more))
  assert.equal(status, 201, text)
  return json
}

function life(node) {
  test('an alert is taken in once, with its place, type and colour, and its bytes are kept', async () => {
    const desk = await node.as('duty3')
    const xml = message()
    const first = await post(desk, xml)
    assert.equal(first.status, 201, first.text)
    const again = await post(desk, xml)
    assert.equal(again.status, 200)
    assert.equal(again.json.id, first.json.id)
    const found = await desk.get(`/alerts/${first.json.id}?after=${first.json.position}`)
    assert.equal(found.state, 'in_force')
    assert.equal(found.type.code, '11B03')
    assert.equal(found.message.colour, 'orange')
    assert.deepEqual(found.message.area.divisions, ['370783', '370102'])
    assert.equal(found.signature.verdict, 'none')
    assert.deepEqual(found.actions, ['warning.draft', 'alert.dismiss'])
    const kept = await desk.ask('GET', `/api/v1/alerts/${found.id}/message`)
    assert.equal(kept.text, xml)
    assert.match(kept.headers['content-disposition'], /^attachment/)
    assert.ok((await desk.get('/alerts?state=in_force&handling=new')).items.some((a) => a.id === found.id))
    const other = await node.as('linqu')
    assertRefused(await other.ask('GET', `/api/v1/alerts/${found.id}`), 404, 'alert.unknown')
    assertRefused(await other.ask('GET', `/api/v1/alerts/${found.id}/message`), 404, 'alert.unknown')
  })

  test('a cancel that comes first takes back what comes after it', async () => {
    const desk = await node.as('duty3'), identifier = fresh()
    const cancel = await received(desk, { kind: 'Cancel', references: identifier })
    const alert = await received(desk, { identifier })
    const found = await desk.get(`/alerts/${alert.id}?after=${alert.position}`)
    assert.equal(found.state, 'cancelled')
    assert.deepEqual(found.later, [cancel.id])
    assert.deepEqual((await desk.get(`/alerts/${cancel.id}`)).earlier, [alert.id])
  })
}

function pages(node) {
  test('the gravest of those in force goes first, and pages lead to the rest', async () => {
    const desk = await node.as('duty3')
    await received(desk, { severity: 'Minor', expires: '2099-01-01T00:00:00+08:00' })
    const red = await received(desk, { severity: 'Extreme' })
    await received(desk, { severity: 'Minor', expires: '2099-01-01T00:00:00+08:00' })
    const last = await received(desk, { severity: 'Minor', expires: '2099-01-01T00:00:00+08:00' })
    const { items } = await desk.get(`/alerts?state=in_force&after=${last.position}`)
    assert.equal(items[0].id, red.id)
    const next = await desk.get(`/alerts?state=in_force&behind=${red.id}`)
    assert.deepEqual(next.items.map((a) => a.id), items.slice(1).map((a) => a.id))
    assert.equal((await desk.get('/alerts')).items[0].id, last.id)
    assertRefused(await desk.ask('GET', '/api/v1/alerts?behind=nobody'), 404, 'alert.unknown')
  })
}

function refusals(node) {
  test('what is forged, no warning, no actual one or over is refused', async () => {
    const desk = await node.as('duty3'), identifier = fresh()
    const { id } = await received(desk, { identifier })
    assertRefused(await post(desk, message({ identifier, headline: '警报已解除（虚构）' })), 409, 'alert.other_content')
    const { position } = await received(desk)
    assert.deepEqual((await desk.get(`/alerts/${id}?after=${position}`)).offences.map((o) => o.offence), ['other_content'])
    assertRefused(await post(desk, message({ status: 'Exercise' })), 422, 'alert.not_actual')
    assertRefused(await post(desk, message({ expires: '2026-06-01T09:00:00+08:00' })), 422, 'alert.expired')
    assertRefused(await post(desk, message({ kind: 'Ack' })), 422, 'alert.not_a_warning')
    assertRefused(await post(desk, message({ severity: 'Terrible' })), 422, 'cap.invalid')
    assertRefused(await post(desk, '<feed/>'), 422, 'cap.foreign')
  })
}

function use(node) {
  test('a desk drafts a warning from it, or dismisses it with a reason', async () => {
    const desk = await node.as('duty3')
    const { id, position } = await received(desk)
    const { content, missing } = await desk.get(`/alerts/${id}/draft?after=${position}`)
    assert.deepEqual(missing, [])
    assert.equal(content.type, '11B03')
    assert.equal(content.colour, 'orange')
    assert.deepEqual(content.area.divisions, ['370783'], 'only of the own city')
    assert.ok(content.instruction.length > 0, 'the prepared text')
    const drafted = await desk.command('/warnings', { content })
    const used = await desk.get(`/alerts/${id}?after=${drafted.position}`)
    assert.equal(used.handling, 'used')
    assert.deepEqual(used.warnings, [drafted.id])
    const other = await received(desk)
    assertRefused(await desk.post(`/alerts/${other.id}/dismiss`, { reason: ' ' }), 422, 'text.empty')
    const done = await desk.command(`/alerts/${other.id}/dismiss`, { reason: '不在本市' })
    assert.equal((await desk.get(`/alerts/${other.id}?after=${done.position}`)).dismissed, '不在本市')
    assertRefused(await desk.post(`/alerts/${other.id}/dismiss`, { reason: '再次' }), 422, 'alert.dismissed')
    assertRefused(await (await node.as('linqu')).post(`/alerts/${id}/dismiss`, { reason: 'x' }), 404, 'alert.unknown')
  })
}

export default (node) => {
  life(node)
  pages(node)
  refusals(node)
  use(node)
}
