// Alerts and reports from other systems become candidates; what is none of them is refused by line and element.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { assertRefused, kLeak, lastFact } from './story.mjs'

const kArea = '<area><areaDesc>羊口镇（虚构）</areaDesc><polygon>37.2,118.8 37.3,118.8 37.3,118.9 37.2,118.8</polygon></area>'
const freshIdentifier = () => `anlan-${Math.random().toString(36).slice(2)}`
function alert({ area = kArea, before = '', severity = 'Severe', root = 'alert', identifier = freshIdentifier(), sent = '2026-06-01T08:00:00+08:00', type = 'Alert', references = '' } = {}) {
  return `${before}<${root} xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${identifier}</identifier>
<sender>weather.test</sender>
<sent>${sent}</sent>
<status>Actual</status>
<msgType>${type}</msgType>
<scope>Public</scope>${references && `\n<references>${references}</references>`}
<info>
<language>zh-CN</language>
<category>Met</category>
<event>大风</event>
<urgency>Expected</urgency>
<severity>${severity}</severity>
<certainty>Likely</certainty>
<headline>大风预警（虚构）</headline>
${area}
</info>
</${root}>`
}
const kXml = { headers: { 'Content-Type': 'application/cap+xml' } }

const offering = (node) => async (xml) => (await node.as('duty3')).post('/cap', xml, kXml)

function large(node) {
  const offer = offering(node)

  test('takes an area of thousands of points, and of a larger one what its words say', async () => {
    const desk = await node.as('duty3')
    const ring = (points) => {
      const at = Array.from({ length: points - 1 }, (_, i) => [37 + Math.sin((i / points) * 6.28) / 10, 118 + Math.cos((i / points) * 6.28) / 10])
      return `<polygon>${[...at, at[0]].map(([lat, lng]) => `${lat.toFixed(5)},${lng.toFixed(5)}`).join(' ')}</polygon>`
    }
    const areaOf = async (polygons) => {
      const { status, json, text } = await offer(alert({ area: `<area><areaDesc>弥河沿岸（虚构）</areaDesc>${polygons}</area>` }))
      assert.equal(status, 201, text)
      const { area, area_desc } = await desk.get(`/candidates/${json.id}?after=${json.position}`)
      assert.equal(area_desc, '弥河沿岸（虚构）')
      return area
    }
    assert.equal((await areaOf(ring(5000)))[0].length, 5000)
    assert.equal((await areaOf(ring(5).repeat(300))).length, 300)
    assert.equal(await areaOf(ring(20_000)), null)
    assert.equal(await areaOf(ring(4).repeat(5000)), null)
  })

  test('leaves out characters that no text may hold', async () => {
    const { status, json, text } = await offer(alert({ area: '<area><areaDesc>羊口镇\u007f（虚\u202e构）</areaDesc></area>' }))
    assert.equal(status, 201, text)
    const { area_desc } = await (await node.as('duty3')).get(`/candidates/${json.id}?after=${json.position}`)
    assert.equal(area_desc, '羊口镇（虚构）')
  })
}

function alerts(node) {
  const offer = offering(node)

  test('makes a candidate with its area of an alert, and an incident of the candidate', async () => {
    const desk = await node.as('duty3')
    const answer = await offer(alert())
    assert.equal(answer.status, 201, answer.text)
    const { id, position } = answer.json
    const candidate = await desk.get(`/candidates/${id}?after=${position}`)
    assert.equal(candidate.state, 'waiting')
    assert.equal(candidate.headline, '大风预警（虚构）')
    assert.equal(candidate.severity, 'Severe')
    assert.deepEqual(candidate.area[0][1], { lng: 118.8, lat: 37.3 })
    assert.ok((await desk.get('/duty/board')).inbox.candidates.some((c) => c.id === id))

    const made = await desk.command('/incidents', { ...kLeak, type: '11B01', candidate: id, source: 'candidate' })
    const incident = await desk.get(`/incidents/${made.id}?after=${made.position}`)
    assert.equal(incident.area[0].length, 4)
    assert.equal(incident.source.candidate, id)
    assert.equal((await desk.get(`/candidates/${id}`)).state, 'adopted')
    assertRefused(await desk.post('/incidents', { ...kLeak, candidate: id, source: 'candidate' }), 422, 'candidate.settled')
    assertRefused(await desk.post(`/candidates/${id}/dismiss`, { reason: '重复' }), 422, 'candidate.settled')
  })

  test('dismisses a candidate with its reason', async () => {
    const desk = await node.as('duty3')
    const { id } = (await offer(alert())).json
    const done = await desk.command(`/candidates/${id}/dismiss`, { reason: '不在本市' })
    const candidate = await desk.get(`/candidates/${id}?after=${done.position}`)
    assert.equal(candidate.state, 'dismissed')
    assert.equal(candidate.reason, '不在本市')
  })

  const kRefused = {
    'a document type declaration': [alert({ before: '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' }), 'cap.invalid', /1/],
    'what is no alert': [alert({ root: 'feed' }), 'cap.foreign', /feed/],
    'what is no XML': ['{"alert": 1}', 'cap.invalid', /1/],
    'an unclosed element': ['<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>', 'cap.invalid', /1/],
    'a word of no list, by line and element': [alert({ severity: 'Huge' }), 'cap.invalid', /13.*severity|severity.*13/s],
    'an area without its name, by line and element': [alert({ area: '<area><polygon>1,1 2,2 3,3 1,1</polygon></area>' }), 'cap.invalid', /16.*area|area.*16/s],
    'an area that is none': [alert({ area: '<area><areaDesc>x</areaDesc><polygon>1,1 2,2</polygon></area>' }), 'cap.invalid', /16/],
    'nothing': ['', 'cap.invalid', /./],
  }
  for (const [name, [xml, code, where]] of Object.entries(kRefused)) {
    test(`refuses ${name} as an alert`, async () => {
      const before = await lastFact(node, 'duty3')
      const answer = await offer(xml)
      assertRefused(answer, 422, code)
      assert.match(answer.text, where)
      assert.doesNotMatch(answer.text, /root:x:/)
      assert.equal(await lastFact(node, 'duty3'), before)
    })
  }
}

function again(node) {
  const offer = async (xml) => (await node.as('duty3')).post('/cap', xml, kXml)

  test('answers an alert that came before with the first candidate, and takes what updates it as another', async () => {
    const desk = await node.as('duty3')
    const identifier = freshIdentifier()
    const waiting = async () => (await desk.get('/candidates?state=waiting')).items.length
    const first = await offer(alert({ identifier }))
    assert.equal(first.status, 201, first.text)
    const before = await waiting()
    for (const who of ['duty3', 'duty2']) {
      const again = await (await node.as(who)).post('/cap', alert({ identifier }), kXml)
      assert.equal(again.status, 200, again.text)
      assert.equal(again.headers['idempotency-replayed'], 'true')
      assert.equal(again.json.id, first.json.id)
    }
    assertRefused(await offer(alert({ identifier, severity: 'Minor' })), 409, 'candidate.other_content')
    assert.equal(await waiting(), before)
    await desk.command(`/candidates/${first.json.id}/dismiss`, { reason: '不在本市' })
    assert.equal((await offer(alert({ identifier }))).json.id, first.json.id, 'what was dismissed stays dismissed')

    const references = `weather.test,${identifier},2026-06-01T08:00:00+08:00`
    for (const more of [{ identifier, sent: '2026-06-01T09:00:00+08:00' }, { type: 'Update', references }, { type: 'Cancel', references }]) {
      const other = await offer(alert(more))
      assert.equal(other.status, 201, other.text)
      assert.notEqual(other.json.id, first.json.id)
    }
    const county = await (await node.as('binhai')).post('/cap', alert({ identifier }), kXml)
    assert.equal(county.status, 201, 'another desk has a candidate of its own')
  })

  test('says what is wrong with an alert in each language', async () => {
    const { json } = await offer(alert({ severity: 'Huge' }))
    assert.match(json.texts['zh-CN'].detail, /severity.*\p{Script=Han}/u)
    assert.doesNotMatch(json.texts.en.detail, /\p{Script=Han}/u)
    assert.match(json.texts.en.detail, /severity.*[a-z]/)
    const english = (await (await node.as('duty3')).post('/cap', alert({ severity: 'Huge' }), { headers: { ...kXml.headers, 'Accept-Language': 'en' } })).json
    assert.equal(english.detail, json.texts.en.detail)
    assert.doesNotMatch(english.values.reason, /\p{Script=Han}/u)
  })
}

function places(node) {
  test('names the line alone where no element is at fault, and loses what turns the direction of a text', async () => {
    const offer = async (xml) => (await node.as('duty3')).post('/cap', xml, kXml)
    const { detail } = (await offer('{"alert": 1}')).json.texts.en
    assert.match(detail, /^Found: empty, or not XML \(line 1\)\. Have its sender/)
    assert.match((await offer(alert({ severity: 'Huge' }))).json.texts.en.detail, /^Found: "Huge" is not allowed.* \(line 13, info\/severity\)\. /)
    const { id, position } = (await offer(alert().replace('大风预警', '大\u202e风\u2069预警'))).json
    assert.equal((await (await node.as('duty3')).get(`/candidates/${id}?after=${position}`)).headline, '大风预警（虚构）')
  })
}

function keys(node) {
  test('takes nothing by the key of an organisation that is retired', async () => {
    const system = await node.as('sysadmin'), security = await node.as('secadmin')
    const house = await system.command('/organisations', { name: '临时指挥部（虚构）', short: '临指', level: 'county', division: '370724', superior: 'wf-emergency' })
    const { key } = await security.command('/api-keys', { name: '指挥部平台（虚构）', organisation: house.id })
    const offer = () => new Client(node.url).post('/intake/reports', { headline: '情况', description: '情况' }, { headers: { Authorization: `Bearer ${key}` } })
    assert.equal((await offer()).status, 201)
    await system.command(`/organisations/${house.id}/retire`, { reason: '撤销' })
    assertRefused(await offer(), 401, 'key.refused')
    assertRefused(await security.post('/api-keys', { name: '又一平台（虚构）', organisation: house.id }), 422, 'organisation.unknown')
  })

  test('takes a report by key, once, and no longer when the key is revoked', async () => {
    const security = await node.as('secadmin')
    const { id, key } = await security.command('/api-keys', { name: '城管平台（虚构）', organisation: 'wf-emergency' })
    assert.ok(!node.kept().includes(key.split('.')[1]), 'the key itself must not be stored')
    const outside = await node.as('duty3')
    const report = { headline: '路面塌陷（虚构）', description: '约两米', division: '370783115', reporter_name: '张三（虚构）', reporter_phone: '100-0000-7777' }
    const send = (body, authorization = `Bearer ${key}`, own) =>
      outside.post('/intake/reports', body, { ...own, headers: { Authorization: authorization, Cookie: '' } })

    const taken = await send(report)
    assert.equal(taken.status, 201, taken.text)
    const candidate = await outside.get(`/candidates/${taken.json.id}?after=${taken.json.position}`)
    assert.equal(candidate.origin, 'api')
    assert.equal(candidate.headline, report.headline)
    assert.ok(!JSON.stringify(candidate).includes('100-0000-7777'), 'who reported is personal')

    const named = { ...report, reference: 'CG-2026-77' }
    const once = await send(named)
    const twice = await send(named)
    assert.deepEqual([once.status, twice.status, twice.json.id], [201, 200, once.json.id])
    assertRefused(await send({ ...named, description: '另一起' }), 409, 'candidate.other_content')
    for (const reporter of [{ reporter_phone: '100-0000-8888' }, { reporter_name: null, reporter_phone: null }])
      assertRefused(await send({ ...named, ...reporter }), 409, 'candidate.other_content')
    assert.equal((await send({ ...report, reference: 'CG-2026-78' })).status, 201)
    assert.equal((await send(report)).status, 201, 'what bears no reference is another report')

    assertRefused(await send({ ...report, type: '99Z99' }), 422, 'event_type.unknown')
    assertRefused(await send({ ...report, urgent: true }), 400, 'field.unknown')
    const kNone = ['Bearer nobody.nothing', `Bearer ${key}x`, `Bearer ${key.split('.')[0]}`, key, 'Bearer ', '']
    const unknown = await Promise.all(kNone.map((authorization) => send(report, authorization)))
    await security.command(`/api-keys/${id}/revoke`, {})
    const revoked = await send(report)
    assertRefused(revoked, 401, 'key.refused')
    for (const answer of unknown) assert.deepEqual([answer.status, answer.json], [401, revoked.json], 'nothing is told of which keys there are')
    assert.match(revoked.json.detail, /安全管理员/)
    assert.match(revoked.json.texts.en.detail, /security administrator/)
  })
}

export default function (node) {
  alerts(node)
  large(node)
  again(node)
  places(node)
  keys(node)
}
