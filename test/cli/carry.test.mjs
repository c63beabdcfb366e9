// A city and a county whose line is cut for good: what each has for the other goes on a stick, up and down and up again.
import { after, before, describe, test } from 'node:test'
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { freePort } from '../../tools/levels/line.mjs'
import { lead, settle } from '../../tools/levels/nodes.mjs'
import { Client } from '../api/client.mjs'
import { reported as reportedBy } from './county.mjs'
import { done, run, scratch, serve } from './program.mjs'

const kCounty = 'county-370783', kOnce = 'Long-enough-77-now'
const at = scratch(after)

describe('a city and a county without a line', () => {
  const city = { name: 'city' }, county = { name: 'county' }
  let first, deadPort

  const out = async (side, to, file, ...more) => JSON.parse((await done('carry', 'out', to, at(file), '--json', '--data', at(side.name), ...side.own, ...more)).out)
  const into = async (side, file) => {
    const ran = await run(['carry', 'in', at(file), '--json', '--data', at(side.name), ...side.own])
    return { code: ran.code, err: ran.err, ...(ran.out ? JSON.parse(ran.out) : {}) }
  }
  const up = (file, ...more) => out(county, 'city-node', file, ...more)
  const down = (file, ...more) => out(city, 'county-node', file, ...more)

  const account = async (name, person, role) => {
    const made = await done('user', 'add', name, '--person', person, '--role', role, '--json', '--data', at('county'), ...county.own)
    const { one_time_password } = JSON.parse(made.out)
    return one_time_password
  }
  const join = async () => {
    const code = JSON.parse((await done('invite', 'county-node', kCounty, '--json', '--data', at('city'), ...city.own)).out).code
    await done('join', code, '--data', at('county'), ...county.own)
    lead(at('county'), deadPort)
  }
  const signIn = async (name, one_time) => {
    await settle(county.node.url, name, one_time, kOnce)
    return Client.signIn(county.node.url, name, kOnce)
  }
  const reported = (summary) => reportedBy(county, summary)

  before(async () => {
    const port = await freePort()
    deadPort = await freePort()
    city.own = ['--set', 'federation.address=127.0.0.1', '--set', `federation.port=${port}`, '--set', 'limits.rate_factor=1000', '--set', 'node.id=city-node']
    county.own = ['--set', 'node.id=county-node', '--set', 'node.division=370783', '--set', 'limits.rate_factor=1000']
    await done('demo', '--once', '--port', '0', '--data', at('city'), '--set', 'node.id=city-node')
    city.node = await serve(at('city'), { more: city.own })
    await join()
    const desk = await account('desk', 'p-shouguang', 'county_officer'), leader = await account('leader', 'p-shouguang-leader', 'leader')
    county.node = await serve(at('county'), { more: county.own })
    city.desk = await Client.signIn(city.node.url, 'duty1', 'Anlan-Demo-2026')
    county.desk = await signIn('desk', desk)
    county.leader = await signIn('leader', leader)
  })
  after(async () => {
    for (const side of [county, city]) await side.node?.stop()
  })

  test('a report goes up by stick', async () => {
    first = await reported('装卸管线泄漏')
    const made = await up('up1')
    assert.ok(made.facts > 0)
    assert.doesNotMatch(readFileSync(at('up1')).toString('latin1'), /incident\.opened|泄漏/)
    const taken = await into(city, 'up1')
    assert.equal(taken.code, 0, taken.err)
    assert.deepEqual([taken.facts, taken.known, taken.sender], [made.facts, 0, 'county-node'])
    assert.deepEqual([taken.since, taken.position], [made.since, made.position])
    assert.equal((await city.desk.get(`/reports/${first.report}`)).state, 'received')
  })

  test('receipt and instruction come down by stick, and the answer goes up behind what was read', async () => {
    await city.desk.command(`/reports/${first.report}/receipt`, { decision: 'accepted' })
    const { id } = await city.desk.command(`/incidents/${first.id}/instructions`, { text: '核实人数', given_by: 'p-leader1', to: [kCounty] })
    const made = await down('down1')
    assert.ok(made.facts > 0)
    const taken = await into(county, 'down1')
    assert.deepEqual([taken.code, taken.facts + taken.known], [0, made.facts], taken.err)
    assert.equal((await county.desk.get(`/reports/${first.report}`)).state, 'accepted')
    assert.ok((await county.desk.get(`/incidents/${first.id}`)).instructions.some((one) => one.id === id))
    await county.desk.command(`/instructions/${id}/progress`, { text: '三人，均已撤离' })
    const answer = await up('up2')
    assert.ok(answer.after_since > 0, 'the city has told how far it has read')
    const again = await into(city, 'up2')
    assert.deepEqual([again.code, again.facts, again.known], [0, answer.facts, 0], again.err)
    assert.match(JSON.stringify((await city.desk.get(`/incidents/${first.id}`)).instructions.find((one) => one.id === id)), /三人，均已撤离/)
  })

  test('the same file again, and an older one after a newer, do nothing', async () => {
    for (const [side, file] of [[city, 'up2'], [city, 'up1'], [county, 'down1']]) {
      const again = await into(side, file)
      assert.deepEqual([again.code, again.facts], [0, 0], again.err)
      assert.ok(again.known > 0)
    }
    assert.equal((await city.desk.get(`/incidents/${first.id}`)).reports.length, 1)
  })

  test('a file for another node, one altered, one cut short and one of somebody else change nothing', async () => {
    await reported('第二起')
    await up('up3')
    const bytes = readFileSync(at('up3'))
    const said = async (side, changed, why) => {
      writeFileSync(at('changed'), changed)
      const ran = await into(side, 'changed')
      assert.equal(ran.code, 1)
      assert.match(ran.err, why)
      assert.equal(ran.facts, 0)
      const plain = await run(['carry', 'in', at('changed'), '--data', at(side.name), ...side.own])
      assert.equal(plain.out, '', 'there is nothing to sum up')
    }
    await said(county, bytes, /for the node city-node/)
    const altered = Buffer.from(bytes)
    altered[bytes.length >> 1] ^= 1
    await said(city, altered, /altered or damaged/)
    await said(city, bytes.subarray(0, bytes.length - 100), /not whole/)
    await said(city, Buffer.from('PK\x03\x04 an archive of somebody'), /no file of anlan carry/)
    assert.equal((await city.desk.get('/incidents')).items.filter((one) => one.summary === '第二起').length, 0)
    const missing = await run(['--lang', 'zh', 'carry', 'in', at('missing'), '--data', at('city'), ...city.own])
    assert.match(missing.err, /missing：没有这个文件/)
    const nowhere = await run(['--lang', 'zh', 'carry', 'out', 'city-node', at('no/such'), '--data', at('county'), ...county.own])
    assert.match(nowhere.err, /不能写入 .*no\/such/)
    for (const place of ['999999/1', '5/999999']) {
      const wrong = await run(['carry', 'out', 'city-node', at('x'), '--since', place, '--data', at('county'), ...county.own])
      assert.match(wrong.err, /The place of --since is wrong/)
    }
    assert.equal((await run(['carry', 'out', 'weather', at('x'), '--data', at('city'), ...city.own])).code, 1)
    assert.ok(!existsSync(at('x')))
  })

  test('a file that leaves a gap says from where the next one must begin', async () => {
    const third = await reported('第三起')
    const made = await up('up4')
    await reported('第四起')
    const gap = await up('up5', '--since', `${made.since}/${made.position}`)
    const refused = await into(city, 'up5')
    assert.equal(refused.code, 1)
    assert.equal(refused.batches, 1, 'it was looked at')
    const place = refused.err.match(/--since (\d+\/\d+)/)
    assert.ok(place, refused.err)
    assert.equal((await up('up6', '--since', place[1])).since, gap.since)
    const whole = await into(city, 'up6')
    assert.equal(whole.code, 0, whole.err)
    assert.equal((await city.desk.get(`/reports/${third.report}`)).state, 'received')
    assert.equal((await into(city, 'up5')).code, 0)
  })

  test('in the language of whoever stands there, and not on a node that is stopped', async () => {
    copyFileSync(at('up6'), at('again'))
    const chinese = await run(['--lang', 'zh', 'carry', 'in', at('again'), '--data', at('city'), ...city.own])
    assert.match(chinese.out, /来自 county-node（.*制作）：新记录 0 条，已有 \d+ 条/)
    assert.deepEqual(readdirSync(at('city/desk')), [], 'nothing is left in the folder')
    await county.node.stop()
    county.node = null
    const stopped = await run(['carry', 'out', 'city-node', at('x'), '--data', at('county'), ...county.own])
    assert.equal(stopped.code, 1)
    assert.match(stopped.err, /not running/)
  })

  test('both journals are sound, and neither refused anything', async () => {
    await city.node.stop()
    city.node = null
    for (const side of [city, county]) {
      await done('verify', at(side.name))
      const known = JSON.parse((await done('nodes', '--json', '--data', at(side.name), ...side.own)).out)
      assert.deepEqual(known.map(({ refused }) => refused), [0, 0], side.name)
    }
  })
})
