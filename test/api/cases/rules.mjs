// Bodies that are well formed and still wrong: codes that nobody knows, times to come, states that do not allow it.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { assertRefused, closedIncident, kLeak, lastFact, takeDown } from './story.mjs'

const kTomorrow = new Date(Date.now() + 86_400_000).toISOString()
const kYesterday = new Date(Date.now() - 86_400_000).toISOString()
const kContent = { situation: '情况', figures: {} }
const kFirst = { kind: 'first', to: 'sd-emergency', content: kContent }
const kOrder = { text: '核实', given_by: 'p-leader1', to: ['county-370783'] }

// Who asks what → status, code, field. `at`: an open incident of the city and things of it; `over`: a closed one.
const kRefused = {
  'a correction to an unknown type': ['duty3', ({ at }) => [`/incidents/${at}/corrections`, { reason: 'x', type: '99Z99' }], 422, 'event_type.unknown', 'type'],
  'a correction to an unknown division': ['duty3', ({ at }) => [`/incidents/${at}/corrections`, { reason: 'x', division: '999999' }], 422, 'division.unknown', 'division'],
  'a correction to a time to come': ['duty3', ({ at }) => [`/incidents/${at}/corrections`, { reason: 'x', occurred_at: kTomorrow }], 422, 'time.future', 'occurred_at'],
  'a correction of nothing': ['duty3', ({ at }) => [`/incidents/${at}/corrections`, { reason: 'x' }], 422, 'correction.none', null],
  'a correction without a reason': ['duty3', ({ at }) => [`/incidents/${at}/corrections`, { reason: '', title: 'x' }], 422, 'text.empty', 'reason'],
  'a correction of a closed incident': ['duty3', ({ over }) => [`/incidents/${over}/corrections`, { reason: 'x', title: 'x' }], 422, 'incident.closed', null],
  'a grade without a reason': ['duty3', ({ at }) => [`/incidents/${at}/grade`, { grade: 'major', reason: '' }], 422, 'text.empty', 'reason'],
  'a grade of a closed incident': ['duty3', ({ over }) => [`/incidents/${over}/grade`, { grade: 'major', reason: 'x' }], 422, 'incident.closed', null],
  'figures of nobody': ['duty3', ({ at }) => [`/incidents/${at}/figures`, { figures: { dead: 1 }, source: '', adopt: true }], 422, 'text.empty', 'source'],
  'a note that says nothing': ['duty3', ({ at }) => [`/incidents/${at}/notes`, { text: '' }], 422, 'text.empty', 'text'],
  'a call to oneself': ['duty3', ({ at }) => [`/incidents/${at}/phone-reports`, { to: 'wf-emergency', answered_by: 'x' }], 422, 'organisation.own', 'to'],
  'a call to nobody': ['duty3', ({ at }) => [`/incidents/${at}/phone-reports`, { to: 'nobody', answered_by: 'x' }], 422, 'organisation.unknown', 'to'],
  'a call of long ago': ['duty3', ({ at }) => [`/incidents/${at}/phone-reports`, { to: 'sd-emergency', answered_by: 'x', at: '1980-01-01T00:00:00+08:00' }], 422, 'time.too_early', 'at'],
  'a call that nobody answered': ['duty3', ({ at }) => [`/incidents/${at}/phone-reports`, { to: 'sd-emergency', answered_by: '' }], 422, 'text.empty', 'answered_by'],
  'a call about a closed incident': ['duty3', ({ over }) => [`/incidents/${over}/phone-reports`, { to: 'sd-emergency', answered_by: 'x' }], 422, 'incident.closed', null],
  'closing what is closed': ['duty3', ({ over }) => [`/incidents/${over}/close`, { reason: 'x' }], 422, 'incident.closed', null],
  'reopening what is open': ['duty3', ({ at }) => [`/incidents/${at}/reopen`, { reason: 'x' }], 422, 'incident.not_closed', null],
  'reopening without a reason': ['duty3', ({ over }) => [`/incidents/${over}/reopen`, { reason: '' }], 422, 'text.empty', 'reason'],
  'a merge into itself': ['duty3', ({ at }) => [`/incidents/${at}/merge`, { into: at, reason: 'x' }], 422, 'incident.merge_self', 'into'],
  'a merge into a closed incident': ['duty3', ({ at, over }) => [`/incidents/${at}/merge`, { into: over, reason: 'x' }], 422, 'incident.merge_ended', 'into'],
  'a merge of a closed incident': ['duty3', ({ at, over }) => [`/incidents/${over}/merge`, { into: at, reason: 'x' }], 422, 'incident.closed', null],
  'a report to the own house': ['duty3', ({ at }) => [`/incidents/${at}/reports`, { ...kFirst, to: 'wf-emergency' }], 422, 'report.to_self', 'to'],
  'a report that says nothing': ['duty3', ({ at }) => [`/incidents/${at}/reports`, { ...kFirst, content: { situation: '', figures: {} } }], 422, 'text.empty', 'content.situation'],
  'a final report before the first': ['duty3', ({ at }) => [`/incidents/${at}/reports`, { ...kFirst, kind: 'final' }], 422, 'report.no_first', null],
  'a verified report before the first': ['duty3', ({ at }) => [`/incidents/${at}/reports`, { ...kFirst, kind: 'verified' }], 422, 'report.no_first', null],
  'sending what nobody signed': ['duty3', ({ report }) => [`/reports/${report}/send`, {}], 422, 'report.not_signed', null],
  'a receipt of what was not sent': ['duty3', ({ report }) => [`/reports/${report}/receipt`, { decision: 'accepted' }], 422, 'report.not_sent', null],
  'an order of nobody': ['duty3', ({ at }) => [`/incidents/${at}/instructions`, { ...kOrder, given_by: 'nobody' }], 422, 'person.unknown', 'given_by'],
  'an order to an unknown house': ['duty3', ({ at }) => [`/incidents/${at}/instructions`, { ...kOrder, to: ['nobody'] }], 422, 'organisation.unknown', 'to'],
  'an order to no house': ['duty3', ({ at }) => [`/incidents/${at}/instructions`, { ...kOrder, to: [] }], 422, 'instruction.nobody', 'to'],
  'an order that says nothing': ['duty3', ({ at }) => [`/incidents/${at}/instructions`, { ...kOrder, text: '' }], 422, 'text.empty', 'text'],
  'an order given tomorrow': ['duty3', ({ at }) => [`/incidents/${at}/instructions`, { ...kOrder, given_at: kTomorrow }], 422, 'time.future', 'given_at'],
  'an order due yesterday': ['duty3', ({ at }) => [`/incidents/${at}/instructions`, { ...kOrder, due_at: kYesterday }], 422, 'instruction.due_past', 'due_at'],
  'progress of an unknown order': ['duty3', () => ['/instructions/nobody/progress', { text: 'x' }], 404, 'instruction.unknown', null],
  'an order closed without its result': ['duty3', ({ instruction }) => [`/instructions/${instruction}/close`, { result: '' }], 422, 'text.empty', 'result'],
  'closing with an order open': ['duty3', ({ at }) => [`/incidents/${at}/close`, { reason: 'x' }], 422, 'incident.instructions_open', null],
  'a reason for a clock that is not late': ['duty3', ({ clock }) => [`/clocks/${clock}/explain`, { reason: 'x' }], 422, 'clock.not_late', null],
  'an unknown clock': ['duty3', () => ['/clocks/nobody/explain', { reason: 'x' }], 404, 'clock.unknown', null],
  'an unknown candidate': ['duty3', () => ['/candidates/nobody/dismiss', { reason: 'x' }], 404, 'candidate.unknown', null],
  'a desk of unknown people': ['duty3', () => ['/duty/shift', { chief: 'nobody', leader: 'p-leader1' }], 422, 'person.unknown', 'chief'],
  'a desk of another house': ['duty3', () => ['/duty/shift', { chief: 'p-linqu-leader', leader: 'p-leader1' }], 422, 'person.unknown', 'chief'],
  'a house in an unknown division': ['sysadmin', () => ['/organisations', { name: '甲', short: '甲', level: 'county', division: '999999' }], 422, 'division.unknown', 'division'],
  'a house under an unknown one': ['sysadmin', () => ['/organisations', { name: '甲', short: '甲', level: 'county', division: '370783', superior: 'nobody' }], 422, 'organisation.unknown', 'superior'],
  'a house without a name': ['sysadmin', () => ['/organisations', { name: '', short: '甲', level: 'county', division: '370783' }], 422, 'text.empty', 'name'],
  'a house that is there already': ['sysadmin', () => ['/organisations', { name: '寿光市应急管理局（演示）', short: '寿光', level: 'county', division: '370783', superior: 'wf-emergency' }], 422, 'organisation.same_name', 'name'],
  'changing a house that is not there': ['sysadmin', () => ['/organisations/nobody', { name: '甲', short: '甲', level: 'county', division: '370783' }], 404, 'organisation.unknown', 'id'],
  'retiring a house that others report to': ['sysadmin', () => ['/organisations/sd-emergency/retire', { reason: 'x' }], 422, 'organisation.has_parts', null],
  'a house below itself': ['sysadmin', () => ['/organisations/wf-emergency', { name: '市局', short: '市局', level: 'city', division: '370700', superior: 'wf-emergency' }], 422, 'organisation.circle', 'superior'],
  'a person of an unknown house': ['sysadmin', () => ['/people', { name: '甲（虚构）', organisation: 'nobody', post: '乙' }], 422, 'organisation.unknown', 'organisation'],
  'an account of nobody': ['sysadmin', () => ['/accounts', { name: 'fresh', person: 'nobody', roles: ['liaison'] }], 422, 'person.unknown', 'person'],
  'an account of a taken name': ['sysadmin', () => ['/accounts', { name: 'duty1', person: 'p-leader1', roles: ['liaison'] }], 409, 'account.exists', 'name'],
  'an account of a name that is none': ['sysadmin', () => ['/accounts', { name: '../etc', person: 'p-leader1', roles: ['liaison'] }], 422, 'account.name', 'name'],
  'a key for an unknown house': ['secadmin', () => ['/api-keys', { name: '甲', organisation: 'nobody' }], 422, 'organisation.unknown', 'organisation'],
  'disabling an unknown account': ['secadmin', () => ['/accounts/nobody/disable', { reason: 'x' }], 404, 'account.unknown', null],
  'revoking an unknown key': ['secadmin', () => ['/api-keys/nobody/revoke', {}], 404, 'key.unknown', null],
  'erasing unknown data': ['secadmin', () => ['/sealed/nobody/erase', { reason: 'x' }], 404, 'sealed.unknown', null],
}

/** A world of things to be wrong about. */
async function stage(node) {
  const desk = await node.as('duty3')
  const { id: at } = await takeDown(node)
  const { id: over } = await closedIncident(node)
  const report = (await desk.command(`/incidents/${at}/reports`, kFirst)).id
  const instruction = (await desk.command(`/incidents/${at}/instructions`, kOrder)).id
  const clock = (await desk.get(`/incidents/${at}`)).clocks[0].id
  return { at, over, report, instruction, clock }
}

export default function (node) {
  test('refuses what is well formed and wrong, and leaves everything as it was', async (t) => {
    const things = await stage(node)
    const { version } = await (await node.as('duty3')).get(`/incidents/${things.at}`)
    for (const [name, [account, request, status, code, field]] of Object.entries(kRefused)) {
      await t.test(`refuses ${name}`, async () => {
        const before = await lastFact(node, account)
        const answer = await (await node.as(account)).post(...request(things))
        assertRefused(answer, status, code)
        if (field) assert.equal(answer.json.field, field, answer.text)
        assert.equal(await lastFact(node, account), before)
      })
    }
    const now = await (await node.as('duty3')).get(`/incidents/${things.at}`)
    assert.deepEqual([now.version, now.state, now.reports.length, now.instructions.length], [version, 'open', 1, 1])
  })

  test('refuses the same of a report by key', async () => {
    const { id, key } = await (await node.as('secadmin')).command('/api-keys', { name: '水文站（虚构）', organisation: 'wf-emergency' })
    const send = (more) => new Client(node.url).post('/intake/reports', { headline: '情况', description: '情况', ...more }, { headers: { Authorization: `Bearer ${key}` } })
    const before = await lastFact(node, `key:${id}`)
    assertRefused(await send({ type: '99Z99' }), 422, 'event_type.unknown')
    assertRefused(await send({ division: '999999' }), 422, 'division.unknown')
    assertRefused(await send({ occurred_at: kTomorrow }), 422, 'time.future')
    assertRefused(await send({ headline: '' }), 422, 'text.empty')
    assert.equal(await lastFact(node, `key:${id}`), before)
    assert.equal((await send({})).status, 201)
    assert.ok((await lastFact(node, `key:${id}`)) > before)
  })

  test('refuses worlds that are no name', async () => {
    const desk = await node.as('duty3')
    for (const world of ['../real', 'Real', 'x'.repeat(41), '%00', '真']) {
      assertRefused(await desk.ask('GET', `/incidents?world=${encodeURIComponent(world)}`), 400, 'world.malformed')
      assertRefused(await desk.post(`/incidents?world=${encodeURIComponent(world)}`, kLeak), 400, 'world.malformed')
    }
  })
}
