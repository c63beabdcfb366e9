// Bad input: refused clearly, and nothing of it is kept.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertRefused, closedIncident, kLeak, lastFact, takeDown } from './story.mjs'

const kTomorrow = new Date(Date.now() + 86_400_000).toISOString()
const kContent = { situation: '情况', figures: {} }
const take = (more) => () => ['/incidents', { ...kLeak, ...more }]
const raw = (body, path = '/incidents') => () => [path, body]
const deep = (levels) => '['.repeat(levels) + ']'.repeat(levels)

// What is asked → status, code, field.
const kBad = {
  'a number where a text belongs': [take({ summary: 7 }), 400, 'field.type', 'summary'],
  'a text where a number belongs': [take({ dead: '3' }), 400, 'field.type', 'dead'],
  'a fraction where a whole number belongs': [take({ dead: 1.5 }), 400, 'field.type', 'dead'],
  'fewer than nobody': [take({ dead: -1 }), 400, 'field.range', 'dead'],
  'more people than there are': [take({ dead: 10_000_000 }), 400, 'field.range', 'dead'],
  'a number beyond every integer': [raw(JSON.stringify(kLeak).replace('}', ',"dead":99999999999999999999}')), 400, null, 'dead'],
  'a list where an object belongs': [raw('[]'), 400, 'field.type', null],
  'null where a text is needed': [take({ type: null }), 400, null, 'type'],
  'a member that does not exist': [take({ summery: 'x' }), 400, 'field.unknown', 'summery'],
  'a needed member left out': [take({ division: undefined }), 400, 'field.missing', 'division'],
  'a text too long': [take({ summary: '长'.repeat(2001) }), 400, 'field.too_long', 'summary'],
  'a turn of direction': [take({ summary: 'a\u202eb' }), 400, 'field.control', 'summary'],
  'an isolated direction': [take({ title: 'a\u2067b' }), 400, 'field.control', 'title'],
  'a control character': [take({ summary: 'a\u0007b' }), 400, 'field.control', 'summary'],
  'a moment without an offset': [take({ occurred_at: '2026-01-01 08:00' }), 400, 'field.time', 'occurred_at'],
  'a point outside the earth': [take({ point: { lng: 181, lat: 36 } }), 400, 'field.point', 'point'],
  'a point in words': [take({ point: 'here' }), 400, 'field.type', 'point'],
  'a word that is no grade': [take({ grade: 'huge' }), 400, 'field.value', 'grade'],
  'an unknown type of event': [take({ type: '99Z99' }), 422, 'event_type.unknown', 'type'],
  'an unknown division': [take({ division: '999999' }), 422, 'division.unknown', 'division'],
  'an unknown candidate': [take({ candidate: 'nobody', source: 'candidate' }), 404, 'candidate.unknown', null],
  'an empty text': [take({ summary: '' }), 422, 'text.empty', 'summary'],
  'a time in the future': [take({ occurred_at: kTomorrow }), 422, 'time.future', 'occurred_at'],
  'half a body': [raw('{"type":"12D02"'), 400, 'json.syntax', null],
  'two bodies': [raw('{}{}'), 400, 'json.syntax', null],
  'what is no JSON at all': [raw('<xml/>'), 400, 'json.syntax', null],
  'bytes that are no UTF-8': [raw(Buffer.from([...Buffer.from('{"summary":"'), 0xc3, 0x28, ...Buffer.from('"}')])), 400, 'json.syntax', null],
  'a deep body': [raw(deep(200)), 400, 'json.deep', null],
  'a very deep body': [raw(deep(30_000)), 400, 'json.deep', null],
  '10 MB': [raw(`{"summary":"${'x'.repeat(10 << 20)}"}`), 413, 'http.too_large', null],
  '10 MB of an alert': [raw('<'.repeat(10 << 20), '/cap'), 413, 'http.too_large', null],
}

// The same of an incident that is there: `at` is open, `over` is closed.
const kLater = {
  'a report on a closed incident': [(at, over) => [`/incidents/${over}/reports`, { kind: 'first', to: 'sd-emergency', content: kContent }], 422, 'incident.closed'],
  'an instruction on a closed incident': [(at, over) => [`/incidents/${over}/instructions`, { text: 'x', given_by: 'p-leader1', to: ['county-370783'] }], 422, 'incident.closed'],
  'figures on a closed incident': [(at, over) => [`/incidents/${over}/figures`, { figures: { dead: 1 }, source: 'x', adopt: true }], 422, 'incident.closed'],
  'figures of the future': [(at) => [`/incidents/${at}/figures`, { figures: { dead: 1 }, source: 'x', at: kTomorrow, adopt: true }], 422, 'time.future'],
  'figures that say nothing': [(at) => [`/incidents/${at}/figures`, { figures: {}, source: 'x', adopt: true }], 422, null],
  'figures of an unknown name': [(at) => [`/incidents/${at}/figures`, { figures: { dad: 1 }, source: 'x', adopt: true }], 400, 'field.unknown'],
  'a report to nobody': [(at) => [`/incidents/${at}/reports`, { kind: 'first', to: 'nobody', content: kContent }], 422, 'organisation.unknown'],
  'a report of no kind': [(at) => [`/incidents/${at}/reports`, { kind: 'last', to: 'sd-emergency', content: kContent }], 400, 'field.value'],
  'a follow-up before the first report': [(at) => [`/incidents/${at}/reports`, { kind: 'follow_up', to: 'sd-emergency', content: kContent }], 422, 'report.no_first'],
  'a phone report in the future': [(at) => [`/incidents/${at}/phone-reports`, { to: 'sd-emergency', answered_by: 'x', at: kTomorrow }], 422, 'time.future'],
  'a merge with nothing': [(at) => [`/incidents/${at}/merge`, { into: 'nothing', reason: 'x' }], 422, 'incident.unknown'],
  'closing without a reason': [(at) => [`/incidents/${at}/close`, { reason: '' }], 422, 'text.empty'],
  'an incident that is not there': [() => ['/incidents/00000000000000000000000000/notes', { text: 'x' }], 404, 'incident.unknown'],
  'an incident of a name that is none': [() => ["/incidents/'%20or%201=1--/notes", { text: 'x' }], 404, 'incident.unknown'],
}

function questions(node) {
  test('refuses questions that make no sense', async () => {
    const desk = await node.as('duty3')
    const kCodes = { 'size=0': 'range', 'size=x': 'type', 'page=-1': 'range', 'state=bad': 'value', 'grade=bad': 'value', 'from=today': 'time' }
    for (const [query, code] of Object.entries(kCodes)) {
      const answer = await desk.ask('GET', `/incidents?${query}`)
      assertRefused(answer, 400, `field.${code}`)
      assert.equal(answer.json.field, query.split('=')[0])
    }
    assert.match((await desk.ask('GET', '/incidents?state=bad')).json.texts.en.detail, /: open, closed, merged\./)
    const kUnknown = {
      '/incidents?type=99': 'event_type.unknown', '/incidents?division=zz': 'division.unknown',
      '/incidents/similar?type=99': 'event_type.unknown', '/incidents/similar?division=zz': 'division.unknown',
      '/incidents/grade-proposal?type=99': 'event_type.unknown', '/divisions/search?q=a&under=zz': 'division.unknown',
      '/people?organisation=nobody': 'organisation.unknown', '/clocks?organisation=nobody': 'organisation.unknown',
    }
    for (const [path, code] of Object.entries(kUnknown)) {
      const answer = await desk.ask('GET', path)
      assertRefused(answer, 422, code)
      assert.match(path, new RegExp(`[?&]${answer.json.field}=`))
    }
    for (const path of ['/sealed', '/sealed?of=']) {
      const answer = await (await node.as('secadmin')).ask('GET', path)
      assertRefused(answer, 400, 'field.missing')
      assert.equal(answer.json.field, 'of')
    }
    assertRefused(await desk.ask('GET', '/incidents/none'), 404, 'incident.unknown')
    assertRefused(await desk.ask('GET', '/nothing'), 404, 'route.unknown')
  })

  test('takes neither of two values of one name, nor one that no text of a body may hold', async () => {
    const desk = await node.as('duty3')
    const kBad = {
      'state=open&state=closed': ['twice', 'state'], 'state=open&q=a&state=open': ['twice', 'state'], 'q=&q=': ['twice', 'q'],
      'world=real&world=drill': ['twice', 'world'], 'after=1&after=2': ['twice', 'after'],
      'q=%00': ['control', 'q'], 'q=a%1bb': ['control', 'q'], 'type=12D02%7f': ['control', 'type'], 'q=%E2%80%AE': ['control', 'q'], 'world=real%00': ['control', 'world'],
    }
    for (const [query, [code, field]] of Object.entries(kBad)) {
      const answer = await desk.ask('GET', `/incidents?${query}`)
      assertRefused(answer, 400, `field.${code}`)
      assert.equal(answer.json.field, field)
    }
    assert.deepEqual((await desk.get('/incidents?q=a%0Ab%09c&state=open')).items, [])
    assertRefused(await desk.post('/incidents?world=real&world=drill', kLeak), 400, 'field.twice')
  })
}

export default function (node) {
  for (const [name, [request, status, code, field]] of Object.entries(kBad)) {
    test(`refuses ${name}`, async () => {
      const desk = await node.as('duty3')
      const before = await lastFact(node, 'duty3')
      const answer = await desk.post(...request())
      assertRefused(answer, status, code ?? answer.json.code)
      if (field) assert.ok([answer.json, ...(answer.json.errors ?? [])].some((e) => e.field === field), answer.text)
      assert.equal(await lastFact(node, 'duty3'), before)
    })
  }

  test('refuses what an open or a closed incident does not take, and leaves both as they were', async (t) => {
    const desk = await node.as('duty3')
    const at = await takeDown(node)
    const over = await closedIncident(node)
    const before = await lastFact(node, 'duty3')
    for (const [name, [request, status, code]] of Object.entries(kLater)) {
      await t.test(`refuses ${name}`, async () => {
        const answer = await desk.post(...request(at.id, over.id))
        assertRefused(answer, status, code ?? answer.json.code)
        assert.equal(await lastFact(node, 'duty3'), before)
      })
    }
    assert.equal((await desk.get(`/incidents/${over.id}`)).state, 'closed')
    assert.equal((await desk.get(`/incidents/${at.id}`)).version, at.version)
  })

  test('names every fault of a body, not the first only', async () => {
    const answer = await (await node.as('duty3')).post('/incidents', { type: 1, division: 2, colour: 3 })
    assertRefused(answer, 400, answer.json.code)
    assert.deepEqual(new Set(answer.json.errors.map((e) => e.field)), new Set(['type', 'division', 'summary', 'colour']))
  })

  test('answers in the language that is asked for', async () => {
    const desk = await node.as('duty3')
    const english = await desk.post('/incidents', '[]', { headers: { 'Accept-Language': 'en' } })
    const chinese = await desk.post('/incidents', '[]', { headers: { 'Accept-Language': 'zh-CN' } })
    assert.equal(english.json.title, english.json.texts.en.title)
    assert.equal(chinese.json.title, english.json.texts['zh-CN'].title)
  })

  questions(node)
}
