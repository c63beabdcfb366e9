// A county's node is stolen, or gone with its disk: the city revokes it, works for its organisations, and gives them to
// a new node of another id.
import { after, before, describe, test } from 'node:test'
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { freePort } from '../../tools/levels/line.mjs'
import { settle } from '../../tools/levels/nodes.mjs'
import { Client } from '../api/client.mjs'
import { reported as reportedBy } from './county.mjs'
import { done, run, scratch, serve, until } from './program.mjs'

const kCounty = 'county-370783', kOther = 'county-370772', kOnce = 'Long-enough-77-now'
const at = scratch(after)

describe('a node that is gone', () => {
  const city = {}, county = {}, fresh = {}
  let reportedOnce, begun

  const ownOf = (id) => ['--set', `node.id=${id}`, '--set', 'node.division=370783', '--set', 'limits.rate_factor=1000']
  const joins = async (name, id, ...organisations) => {
    const code = JSON.parse((await done('invite', id, ...organisations, '--json', '--data', at('city'), ...city.own)).out).code
    await done('join', code, '--data', at(name), ...ownOf(id))
  }
  const people = async (side, name, id) => {
    const made = async (account, person, role) =>
      JSON.parse((await done('user', 'add', account, '--person', person, '--role', role, '--json', '--data', at(name), ...ownOf(id))).out).one_time_password
    const once = { desk: await made('desk', 'p-shouguang', 'county_officer'), leader: await made('leader', 'p-shouguang-leader', 'leader') }
    side.node = await serve(at(name), { more: ownOf(id) })
    for (const [account, password] of Object.entries(once)) {
      await settle(side.node.url, account, password, kOnce)
      side[account] = await Client.signIn(side.node.url, account, kOnce)
    }
  }
  const arrived = ({ report }) => until(async () => (await city.desk.ask('GET', `/reports/${report}`)).status === 200)
  const nodes = async () => JSON.parse((await done('nodes', '--json', '--data', at('city'), ...city.own)).out)

  before(async () => {
    const port = await freePort()
    city.own = ['--set', 'federation.address=127.0.0.1', '--set', `federation.port=${port}`, '--set', 'limits.rate_factor=1000', '--set', 'node.id=city-node']
    await done('demo', '--once', '--port', '0', '--data', at('city'), '--set', 'node.id=city-node')
    city.node = await serve(at('city'), { more: city.own })
    city.desk = await Client.signIn(city.node.url, 'duty1', 'Anlan-Demo-2026')
    await joins('county', 'county-node', kCounty)
    await people(county, 'county', 'county-node')
    reportedOnce = await reportedBy(county, '失窃之前')
    await arrived(reportedOnce)
    begun = reportedOnce.id
  })
  after(async () => {
    for (const side of [fresh, county, city]) await side.node?.stop()
  })

  test('its revocation needs a reason, a node below this one, and no earlier number than was taken in', async () => {
    const revoke = (...words) => run(['revoke', ...words, '--data', at('city'), ...city.own])
    assert.equal((await revoke('county-node')).code, 2)
    assert.match((await revoke('nobody', '--reason', 'stolen')).err, /No such node/)
    assert.match((await revoke('city-node', '--reason', 'stolen')).err, /cannot be revoked on itself/)
    assert.match((await revoke('county-node', '--reason', 'stolen', '--at', '3')).err, /--at must be \d+ or more/)
    const above = await run(['revoke', 'city-node', '--reason', 'x', '--data', at('county'), ...ownOf('county-node')])
    assert.match(above.err, /Another node has registered it/)
    const early = await run(['place', kCounty, '--data', at('city'), ...city.own])
    assert.match(early.err, /works on the node “county-node”/)
  })

  test('it is heard no more, and its organisations work at the city, which goes on with what they had begun', async () => {
    const revoked = JSON.parse((await done('revoke', 'county-node', '--reason', '设备被盗', '--json', '--data', at('city'), ...city.own)).out)
    assert.deepEqual(revoked.organisations, [kCounty])
    assert.ok(revoked.position > 0)
    const stolen = await reportedBy(county, '失窃之后')
    await pause(3000)
    assert.equal((await city.desk.ask('GET', `/reports/${stolen.report}`)).status, 404)
    assert.deepEqual((await nodes()).find((one) => one.id === 'county-node').conditions, ['revoked'])
    await county.node.stop()
    county.node = null
    rmSync(at('county'), { recursive: true })

    const guest = await Client.signIn(city.node.url, 'shouguang', 'Anlan-Demo-2026')
    await guest.command(`/incidents/${begun}/notes`, { text: '在市节点续记' })
    const { id } = await city.desk.command(`/incidents/${begun}/instructions`, { text: '核实人数', given_by: 'p-leader1', to: [kCounty] })
    await guest.command(`/instructions/${id}/progress`, { text: '无人受伤' })
  })

  test('a second time is refused in both languages, and nothing is placed on it any more', async () => {
    const again = await run(['revoke', 'county-node', '--reason', 'x', '--data', at('city'), ...city.own])
    assert.match(again.err, /The node is revoked/)
    const chinese = await run(['--lang', 'zh', 'place', kOther, '--on', 'county-node', '--data', at('city'), ...city.own])
    assert.equal(chinese.code, 1)
    assert.match(chinese.err, /节点已吊销：节点“county-node”的密钥已吊销/)
    const nowhere = await run(['place', kOther, '--on', 'nowhere', '--data', at('city'), ...city.own])
    assert.match(nowhere.err, /No such node/)
  })

  test('a new node with a new id takes them over, with all that was begun', async () => {
    await joins('fresh', 'county-node-2', kCounty)
    await people(fresh, 'fresh', 'county-node-2')
    const timeline = JSON.stringify(await fresh.desk.get(`/incidents/${begun}/timeline`))
    for (const words of ['在市节点续记', '无人受伤']) assert.ok(timeline.includes(words), words)
    await fresh.desk.command(`/incidents/${begun}/notes`, { text: '新节点续记' })
    await until(async () => JSON.stringify(await city.desk.get(`/incidents/${begun}/timeline`)).includes('新节点续记'))
    await arrived(await reportedBy(fresh, '新节点上报'))
  })

  test('an organisation is placed on a node that has joined already, and back', async () => {
    const said = await done('place', kOther, '--on', 'county-node-2', '--data', at('city'), ...city.own)
    assert.match(said.out, /county-370772 works on the node county-node-2/)
    const back = () => run(['place', kOther, '--on', 'city-node', '--data', at('fresh'), ...ownOf('county-node-2')])
    await until(async () => (await back()).code === 0)
    await until(async () => (await run(['place', kOther, '--data', at('city'), ...city.own])).code === 0)
  })

  test('all of it is in the audit trail, and both journals are sound', async () => {
    await fresh.node.stop()
    await city.node.stop()
    fresh.node = city.node = null
    for (const name of ['city', 'fresh']) await done('verify', at(name))
    for (const one of await nodes()) assert.equal(one.refused, 0, one.id)
  })
})
