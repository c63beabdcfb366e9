// Reports to a province whose platform is not Anlan: by its interface, of which a stand-in plays the other side, and as
// files.
import { after, before, describe, test } from 'node:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { execFileSync } from 'node:child_process'
import assert from 'node:assert/strict'
import { Client } from '../api/client.mjs'
import { done, run, scratch, serve } from './program.mjs'
import { province } from './province.mjs'

const kToken = 'a-token-that-no-log-has'
const at = scratch(after)

async function until(what, longest = 40_000) {
  for (const end = Date.now() + longest; ; await pause(200)) {
    const value = await what()
    if (value) return value
    assert.ok(Date.now() < end, `${what} did not become true`)
  }
}

describe('a province that is not Anlan', () => {
  let other, node, desk, leader, own
  const start = async () => {
    node = await serve(at('city'), { more: own })
    desk = await Client.signIn(node.url, 'duty1', 'Anlan-Demo-2026')
    leader = await Client.signIn(node.url, 'leader1', 'Anlan-Demo-2026')
  }
  /** A first report of the city to the province, sent. */
  const reported = async (summary) => {
    const learnt_at = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
    const { id } = await desk.command('/incidents', { type: '12D02', division: '370783', summary, occurred_at: learnt_at, learnt_at })
    const report = (await desk.command(`/incidents/${id}/reports`, { kind: 'first', to: 'sd-emergency', content: { situation: summary, figures: { dead: 1 } } })).id
    await leader.command(`/reports/${report}/sign`, {})
    await desk.command(`/reports/${report}/send`, {})
    return report
  }
  const delivery = async (report) => (await desk.ask('GET', `/reports/${report}/delivery`)).json ?? {}

  before(async () => {
    other = await province(at('province'), { token: kToken })
    writeFileSync(at('token'), `${kToken}\n`, { mode: 0o600 })
    own = ['limits.rate_factor=1000', 'outside.organisation=sd-emergency', 'outside.address=127.0.0.1', `outside.port=${other.port}`, 'outside.base=/v1', `outside.fingerprint=${other.fingerprint}`, `outside.token_file=${at('token')}`].flatMap((one) => ['--set', one])
    await done('demo', '--once', '--port', '0', '--data', at('city'))
    await start()
  })
  after(async () => {
    await node?.stop()
    other?.close()
  })

  test('a report goes out once, whole and signed, and its receipt in the answer becomes a fact', async () => {
    other.answer = ({ report }) => ({ receipt: { report: report.id, version: report.version, decision: 'accepted', number: '鲁应急收17号', by: '省值班室', at: '2026-11-27T10:00:00+08:00' } })
    const report = await reported('装卸管线泄漏')
    const read = await until(async () => ((one) => one.state === 'accepted' && one)(await desk.get(`/reports/${report}`)))
    assert.deepEqual(read.receipt.outside, { channel: 'interface', number: '鲁应急收17号', by: '省值班室', at: '2026-11-27T10:00:00.000+08:00' })
    assert.deepEqual(other.posts.filter((one) => one.startsWith(report)), [`${report}/1`])
    const { document, signature } = other.known.get(`${report}/1`)
    writeFileSync(at('document'), document)
    writeFileSync(at('signature'), Buffer.from(signature, 'hex'))
    execFileSync('openssl', ['dgst', '-sm3', '-verify', at('city/keys/node.pub.pem'), '-signature', at('signature'), '-sigopt', 'distid:1234567812345678', at('document')])
    const told = JSON.parse(document)
    assert.deepEqual([told.key, told.sender.id, told.receiver.id, told.report.kind], [`${report}/1`, 'wf-emergency', 'sd-emergency', 'first'])
    assert.deepEqual([told.incident.division.code, told.incident.type.code, told.report.content.figures.dead], ['370783', '12D02', 1])
    assert.equal(Buffer.from(told.bulletin.base64url, 'base64url').subarray(0, 2).toString(), 'PK')
    assert.doesNotMatch(node.said, new RegExp(kToken))
  })

  test('while it fails or cannot be reached the desk sees why, and it is tried again', async () => {
    other.answer = () => ({})
    other.fails = 1
    const report = await reported('第二起')
    const waiting = await until(async () => ((one) => one.tries >= 1 && one.last_error && one)(await delivery(report)))
    assert.match(waiting.last_error, /503/)
    other.cut = true
    const cut = await until(async () => ((one) => one.tries >= 2 && one)(await delivery(report)))
    assert.equal(cut.delivered_at, null)
    assert.match(cut.last_error, /^http client: /)
    assert.doesNotMatch(cut.last_error, /Success/)
    other.cut = false
    const delivered = await until(async () => ((one) => one.delivered_at && one)(await delivery(report)))
    assert.equal(delivered.last_error, null)
    assert.equal((await desk.get(`/reports/${report}`)).state, 'sent')
    other.receipts.push({ report, version: 1, decision: 'returned', reason: '请补充伤情' }, { report, version: 1, decision: 'accepted' }, { report: 'nobody', version: 1, decision: 'accepted' })
    const back = await until(async () => ((one) => one.state === 'returned' && one)(await desk.get(`/reports/${report}`)))
    assert.deepEqual([back.receipt.reason, back.receipt.outside.channel], ['请补充伤情', 'interface'])
    await desk.command(`/reports/${report}/versions`, { content: { situation: '第二起，伤情已补充', figures: {} } })
    await leader.command(`/reports/${report}/sign`, {})
    await desk.command(`/reports/${report}/send`, {})
    await until(() => other.known.has(`${report}/2`))
    other.receipts.push({ report, version: 2, decision: 'accepted' })
    await until(async () => (await desk.get(`/reports/${report}`)).state === 'accepted')
  })

  test('after a restart it is the same report that comes again, and nothing is noted twice', async () => {
    const report = await reported('第三起')
    await until(() => other.known.has(`${report}/1`))
    const known = other.known.size
    await node.stop()
    await start()
    await until(() => other.posts.filter((one) => one === `${report}/1`).length === 2)
    assert.equal(other.known.size, known)
    other.receipts.push({ report, version: 1, decision: 'accepted' })
    await until(async () => (await desk.get(`/reports/${report}`)).state === 'accepted')
    const asked = other.asked
    await pause(7000)
    assert.equal(other.asked, asked, 'nobody is asked while nothing waits')
  })

  test('the same by files', async () => {
    other.cut = true
    const report = await reported('第四起')
    await done('export', 'report', report, at('report.json'), '--data', at('city'), ...own)
    assert.equal(JSON.parse(JSON.parse(readFileSync(at('report.json'), 'utf8')).document).key, `${report}/1`)
    writeFileSync(at('receipts.json'), JSON.stringify({ form: 1, receipts: [{ report, version: 1, decision: 'accepted', number: '18' }] }))
    const first = JSON.parse((await done('receipt', 'in', at('receipts.json'), '--json', '--data', at('city'), ...own)).out)
    assert.deepEqual([first.facts, first.known], [1, 0])
    assert.deepEqual((await desk.get(`/reports/${report}`)).receipt.outside, { channel: 'file', number: '18' })
    const again = JSON.parse((await done('receipt', 'in', at('receipts.json'), '--json', '--data', at('city'), ...own)).out)
    assert.deepEqual([again.facts, again.known], [0, 1])
    writeFileSync(at('wrong.json'), '{"form":1,"receipts":[{"report":"x"}]}')
    const wrong = await run(['receipt', 'in', at('wrong.json'), '--data', at('city'), ...own])
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /no file of receipts/)
    const unknown = await run(['export', 'report', 'nobody', at('x'), '--data', at('city'), ...own])
    assert.equal(unknown.code, 1)
    assert.match(unknown.err, /Report nobody cannot be exported: No such report/)
    writeFileSync(at('nobody.json'), JSON.stringify({ form: 1, receipts: [{ report: 'nobody', version: 1, decision: 'accepted' }] }))
    const foreign = await run(['--lang', 'zh', 'receipt', 'in', at('nobody.json'), '--data', at('city'), ...own])
    assert.equal(foreign.code, 1)
    assert.match(foreign.err, /报告 nobody 的签收未记入：/)
    assert.doesNotMatch(foreign.err, /report\.unknown/)
    const nowhere = await run(['--lang', 'zh', 'export', 'report', report, at('no/such/folder'), '--data', at('city'), ...own])
    assert.match(nowhere.err, /不能写入 .*no\/such\/folder/)
    const missing = await run(['--lang', 'zh', 'receipt', 'in', at('missing.json'), '--data', at('city'), ...own])
    assert.match(missing.err, /missing\.json：没有这个文件/)
  })

  test('another certificate than the configured one is told as what it is', async () => {
    await node.stop()
    node = await serve(at('city'), { more: own.map((one) => one.replace(other.fingerprint, '0'.repeat(64))) })
    desk = await Client.signIn(node.url, 'duty1', 'Anlan-Demo-2026')
    leader = await Client.signIn(node.url, 'leader1', 'Anlan-Demo-2026')
    other.cut = false
    const report = await reported('换了证书')
    const waiting = await until(async () => ((one) => one.last_error && one)(await delivery(report)))
    assert.match(waiting.last_error, /^http client: send: no TLS: the other side shows another certificate/)
  })

  test('one that the register does not have, or that works on a node, is told at the start, of the report, and by check', async () => {
    const wrong = own.map((one) => one.replace('sd-emergency', 'sd-emergancy'))
    await node.stop()
    node = await serve(at('city'), { more: wrong })
    desk = await Client.signIn(node.url, 'duty1', 'Anlan-Demo-2026')
    leader = await Client.signIn(node.url, 'leader1', 'Anlan-Demo-2026')
    await until(() => /outside\.organisation is sd-emergancy, which the register does not have: nothing goes out/.test(node.said))
    const { last_error, tries } = await delivery(await reported('第五起'))
    assert.deepEqual([last_error, tries], ['outside.organisation is sd-emergancy, which the register does not have', 0])
    await pause(2500)
    assert.equal(node.said.match(/sd-emergancy/g).length, 1, 'once')
    await node.stop()
    const checked = await run(['check', '--data', at('city'), ...wrong])
    assert.equal(checked.code, 3)
    assert.match(checked.err + checked.out, /the register has no organisation “sd-emergancy”/)
    const onNode = await run(['check', '--data', at('city'), ...own.map((one) => one.replace('sd-emergency', 'wf-emergency'))])
    assert.match(onNode.err + onNode.out, /works on a node/)
    assert.doesNotMatch((await run(['check', '--data', at('city'), ...own])).err, /outside\.organisation/)
    await start()
  })

  test('a configuration that names half of it, or no fingerprint, is told', async () => {
    const half = await run(['check', '--data', at('x'), '--set', 'outside.organisation=sd-emergency'])
    assert.equal(half.code, 3)
    assert.match(half.err + half.out, /organisation/)
    const open = await run(['check', '--data', at('x'), '--set', 'outside.organisation=sd-emergency', '--set', 'outside.address=127.0.0.1'])
    assert.match(open.err + open.out, /fingerprint/)
  })
})
