// A city and a county, each a node of its own: joined with a code, reports up and instructions down over the line, work
// on both sides while it is cut, and either of them killed at any moment.
import { after, before, describe, test } from 'node:test'
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { freePort, lineTo } from '../../tools/levels/line.mjs'
import { lead, settle } from '../../tools/levels/nodes.mjs'
import { Client } from '../api/client.mjs'
import { reported as reportedBy } from './county.mjs'
import { done, run, scratch, serve, until } from './program.mjs'

const kCounty = 'county-370783', kOnce = 'Long-enough-77-now', kKills = 10
const kOwn = ['--set', 'node.id=county-node', '--set', 'node.division=370783', '--set', 'limits.rate_factor=1000']
const at = scratch(after)

describe('a city and a county', () => {
  const city = {}, county = {}
  let line, port, code
  const citySettings = () => ['--set', 'federation.address=127.0.0.1', '--set', `federation.port=${port}`, '--set', 'limits.rate_factor=1000', '--set', 'node.id=city-node']
  const startCity = async () => {
    city.node = await serve(at('city'), { more: citySettings() })
    city.desk = await Client.signIn(city.node.url, 'duty1', 'Anlan-Demo-2026')
  }
  const startCounty = async () => {
    county.node = await serve(at('county'), { more: kOwn })
    county.desk = await Client.signIn(county.node.url, 'desk', county.passwords.desk)
    county.leader = await Client.signIn(county.node.url, 'leader', county.passwords.leader)
  }
  const account = async (name, person, role) => {
    const made = await done('user', 'add', name, '--person', person, '--role', role, '--json', '--data', at('county'), ...kOwn)
    return JSON.parse(made.out).one_time_password
  }
  const reported = (summary) => reportedBy(county, summary)
  const arrived = ({ report }) => until(async () => (await city.desk.ask('GET', `/reports/${report}`)).status === 200)

  before(async () => {
    port = await freePort()
    line = await lineTo(port)
    await done('demo', '--once', '--port', '0', '--data', at('city'), '--set', 'node.id=city-node')
    await startCity()
  })
  after(async () => {
    for (const side of [county, city]) await side.node?.stop()
    line?.close()
  })

  test('a code opens the door once, for the node that it names', async () => {
    code = JSON.parse((await done('invite', 'county-node', kCounty, '--name', '寿光市节点', '--json', '--data', at('city'), ...citySettings())).out).code
    const other = await run(['join', code, '--data', at('other'), '--set', 'node.id=other-node'])
    assert.equal(other.code, 3)
    assert.match(other.err, /county-node/)
    await done('join', code, '--data', at('county'), ...kOwn)
    const again = await run(['join', code, '--data', at('thief'), ...kOwn])
    assert.equal(again.code, 1)
    assert.match(again.err, /The code opens nothing/)
    assert.ok(!existsSync(at('thief/keys/parent.json')))
    const known = JSON.parse((await done('nodes', '--json', '--data', at('county'), ...kOwn)).out)
    assert.deepEqual(known.map(({ id, parent, neighbour }) => [id, parent, neighbour]), [['city-node', null, true], ['county-node', 'city-node', false]])
  })

  test('what the county reports appears at the city, and what the city orders at the county', async () => {
    lead(at('county'), line.port)
    county.passwords = {
      desk: await account('desk', 'p-shouguang', 'county_officer'),
      leader: await account('leader', 'p-shouguang-leader', 'leader'),
    }
    county.node = await serve(at('county'), { more: kOwn })
    for (const [name, one_time] of Object.entries(county.passwords)) {
      await settle(county.node.url, name, one_time, kOnce)
      county.passwords[name] = kOnce
    }
    await county.node.stop()
    await startCounty()
    const first = await reported('装卸管线泄漏')
    await arrived(first)
    assert.equal((await city.desk.get(`/incidents/${first.id}`)).organisation?.id ?? kCounty, kCounty)
    await city.desk.command(`/reports/${first.report}/receipt`, { decision: 'accepted' })
    await until(async () => (await county.desk.get(`/reports/${first.report}`)).state === 'accepted')
    const { id } = await city.desk.command(`/incidents/${first.id}/instructions`, { text: '核实人数', given_by: 'p-leader1', to: [kCounty] })
    await until(async () => (await county.desk.get(`/incidents/${first.id}`)).instructions.some((one) => one.id === id))
  })

  test('what the county had begun as a guest it goes on with on its own node', async () => {
    const begun = (await county.desk.get('/incidents')).items.filter((one) => one.organisation === kCounty || one.organisation?.id === kCounty)
    assert.ok(begun.length > 1, JSON.stringify((await county.desk.get('/incidents')).items.slice(0, 2)))
    const open = begun.find((one) => one.state === 'open')
    await county.desk.command(`/incidents/${open.id}/notes`, { text: '在本县节点上续记' })
    await county.desk.command('/duty/shift', { chief: 'p-shouguang', leader: 'p-shouguang-leader' })
    const told = async () => JSON.stringify(await city.desk.get(`/incidents/${open.id}/timeline`)).includes('在本县节点上续记')
    await until(told)
    await arrived(await reported('接班之后'))
  })

  test('both work on while the line is cut, and are level when it is healed', async () => {
    line.cut()
    const meanwhile = []
    for (let i = 0; i < 5; ++i) meanwhile.push(await reported(`断线 ${i}`))
    const orders = []
    const known = (await city.desk.get('/incidents')).items.find((one) => one.state !== 'closed') ?? (await city.desk.get('/incidents')).items[0]
    orders.push(await city.desk.post(`/incidents/${known.id}/notes`, { text: '断线期间记录' }))
    for (const { report } of meanwhile) assert.equal((await city.desk.ask('GET', `/reports/${report}`)).status, 404)
    line.heal()
    for (const one of meanwhile) await arrived(one)
  })

  test('nothing is lost and nothing comes twice when either is killed at any moment', async () => {
    const all = []
    for (let i = 0; i < kKills; ++i) {
      all.push(await reported(`断电 ${i}`))
      await pause(Math.random() * 300)
      const victim = Math.random() < 0.5 ? city : county
      victim.node.signal('SIGKILL')
      await pause(50)
      await (victim === city ? startCity() : startCounty())
    }
    for (const one of all) await arrived(one)
    for (const { id } of all) assert.equal((await city.desk.get(`/incidents/${id}`)).reports.length, 1)
  })

  test('a county that works on from a backup is found out, keeps to itself, and is made whole from both histories', async () => {
    await county.node.stop()
    cpSync(at('county'), at('backup'), { recursive: true })
    await startCounty()
    const lost = [await reported('备份之后一'), await reported('备份之后二')]
    for (const one of lost) await arrived(one)
    county.node.signal('SIGKILL')
    await pause(100)
    rmSync(at('county'), { recursive: true })
    cpSync(at('backup'), at('county'), { recursive: true })
    line.cut()
    await startCounty()
    const since = [await reported('恢复之后一'), await reported('恢复之后二')]
    line.heal()
    await until(() => county.node.said.includes('anlan resume'))
    const stands = async (side) => (await side.desk.get('/nodes')).items.find((one) => one.id === 'county-node').conditions
    assert.ok((await stands(county)).includes('restored'))
    await until(async () => (await stands(city)).includes('restored'))
    for (const { report } of since) assert.equal((await city.desk.ask('GET', `/reports/${report}`)).status, 404)
    since.push(await reported('恢复之后三'))
    await county.node.stop()

    const early = await run(['resume', at('backup'), at('nowhere')])
    assert.equal(early.code, 1)
    const done_ = JSON.parse((await done('resume', at('county'), at('whole'), '--json')).out)
    assert.ok(done_.given_back >= 10 && done_.recorded_again >= 10, JSON.stringify(done_))
    assert.deepEqual(done_.incidents.map(({ from }) => from).length, 2)
    rmSync(at('county'), { recursive: true })
    renameSync(at('whole'), at('county'))
    await startCounty()
    for (const one of [...since, await reported('合并之后')]) await arrived(one)
    await until(async () => !(await stands(city)).includes('restored'))
    const titles = (await county.desk.get('/incidents')).items.map(({ id }) => id)
    for (const { id } of [...lost, ...since]) assert.ok(titles.includes(id), id)
    for (const { id } of [...lost, ...since]) assert.equal((await city.desk.get(`/incidents/${id}`)).reports.length, 1)
    await city.desk.command(`/reports/${since[0].report}/receipt`, { decision: 'accepted' })
    await until(async () => (await county.desk.get(`/reports/${since[0].report}`)).state === 'accepted')
  })

  test('a city that was restored gets back from its county what the county had of it', async () => {
    const { id } = await reported('城市恢复')
    await until(async () => (await city.desk.ask('GET', `/incidents/${id}`)).status === 200)
    await city.node.stop()
    cpSync(at('city'), at('city-backup'), { recursive: true })
    await startCity()
    const order = await city.desk.command(`/incidents/${id}/instructions`, { text: '备份之后的指示', given_by: 'p-leader1', to: [kCounty] })
    const known = async () => (await county.desk.get(`/incidents/${id}`)).instructions.some((one) => one.id === order.id)
    await until(known)
    city.node.signal('SIGKILL')
    await pause(100)
    rmSync(at('city'), { recursive: true })
    renameSync(at('city-backup'), at('city'))
    await startCity()
    await until(() => city.node.said.includes('has seen more of this node'))
    await pause(1500)
    await city.node.stop()
    const whole = JSON.parse((await done('resume', at('city'), at('city-whole'), '--json')).out)
    assert.ok(whole.given_back >= 1)
    rmSync(at('city'), { recursive: true })
    renameSync(at('city-whole'), at('city'))
    await startCity()
    assert.equal((await city.desk.get(`/incidents/${id}`)).instructions.length, 1)
    await arrived(await reported('城市恢复之后'))
    assert.ok(await known())
  })

  test('both journals are sound, and neither refused anything', async () => {
    for (const side of [county, city]) await side.node.stop()
    for (const name of ['city', 'county']) {
      await done('verify', at(name))
      const known = JSON.parse((await done('nodes', '--json', '--data', at(name), ...(name === 'city' ? citySettings() : kOwn))).out)
      assert.deepEqual(known.map(({ refused }) => refused), [0, 0], name)
    }
    city.node = county.node = null
  })
})
