// A county restored from a backup is in contact with its town before its parent: the town takes what was recorded since
// the backup under numbers that the lost history has given to something else.
import { after, before, describe, test } from 'node:test'
import { cpSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { freePort, lineTo } from '../../tools/levels/line.mjs'
import { lead, settle } from '../../tools/levels/nodes.mjs'
import { Client } from '../api/client.mjs'
import { reported as reportedBy } from './county.mjs'
import { done, run, scratch, serve, until } from './program.mjs'

const kTown = 'town-370783109', kOnce = 'Long-enough-77-now'
const at = scratch(after)
const set = (values) => Object.entries({ 'limits.rate_factor': 1000, ...values }).flatMap(([key, value]) => ['--set', `${key}=${value}`])

describe('a history with two ends on both sides of a line', () => {
  const city = {}, county = {}, town = {}
  const own = {}
  let line, upper
  const start = async (side, name) => {
    side.node = await serve(at(name), { more: own[name] })
    for (const [account, secret] of Object.entries(side.accounts)) side[account] = await Client.signIn(side.node.url, account, secret)
  }
  const account = async (folder, name, person, role) => {
    const made = await done('user', 'add', name, '--person', person, '--role', role, '--json', '--data', at(folder), ...own[folder])
    return JSON.parse(made.out).one_time_password
  }
  const joins = async (folder, node, organisations, above) => {
    const { code } = JSON.parse((await done('invite', node, ...organisations, '--json', '--data', at(above), ...own[above])).out)
    await done('join', code, '--data', at(folder), ...own[folder])
  }
  const exchange = (folder, name) => {
    rmSync(at(folder), { recursive: true })
    renameSync(at(name), at(folder))
  }
  const reported = (summary) => reportedBy(county, summary)
  const knows = (client, { id }) => until(async () => (await client.ask('GET', `/incidents/${id}`)).status === 200)

  before(async () => {
    const ports = [await freePort(), await freePort()]
    own.city = set({ 'federation.address': '127.0.0.1', 'federation.port': ports[0], 'node.id': 'city-node' })
    own.county = set({ 'federation.address': '127.0.0.1', 'federation.port': ports[1], 'node.id': 'county-node', 'node.division': '370783' })
    own.town = set({ 'node.id': 'town-node', 'node.division': '370783109' })
    line = await lineTo(ports[0])
    upper = await lineTo(ports[1])
    await done('demo', '--once', '--port', '0', '--data', at('city'), '--set', 'node.id=city-node')
    city.accounts = { duty1: 'Anlan-Demo-2026' }
    await start(city, 'city')
    await joins('county', 'county-node', ['county-370783', kTown], 'city')
    lead(at('county'), line.port)
    const once = { desk: await account('county', 'desk', 'p-shouguang', 'county_officer'), leader: await account('county', 'leader', 'p-shouguang-leader', 'leader') }
    county.node = await serve(at('county'), { more: own.county })
    for (const [name, secret] of Object.entries(once)) await settle(county.node.url, name, secret, kOnce)
    county.accounts = { desk: kOnce, leader: kOnce }
    await county.node.stop()
    await start(county, 'county')
    await joins('town', 'town-node', [kTown], 'county')
    lead(at('town'), upper.port)
    const secret = await account('town', 'desk', 'p-370783109-officer', 'town_officer')
    town.node = await serve(at('town'), { more: own.town })
    await settle(town.node.url, 'desk', secret, kOnce)
    town.accounts = { desk: kOnce }
    await town.node.stop()
    await start(town, 'town')
  })
  after(async () => {
    for (const side of [town, county, city]) await side.node?.stop()
    line?.close()
    upper?.close()
  })

  test('both are made one, and the town gives up what it took under old numbers', async () => {
    await knows(city.duty1, await reported('备份之前'))
    await county.node.stop()
    cpSync(at('county'), at('backup'), { recursive: true })
    await start(county, 'county')
    const lost = [await reported('备份之后一'), await reported('备份之后二')]
    for (const one of lost) await knows(city.duty1, one)
    county.node.signal('SIGKILL')
    await pause(100)
    rmSync(at('county'), { recursive: true })
    cpSync(at('backup'), at('county'), { recursive: true })
    line.cut()
    await start(county, 'county')
    const since = await reported('恢复之后')
    const order = await county.desk.command(`/incidents/${since.id}/instructions`, { text: '请到现场核实', given_by: 'p-shouguang-leader', to: [kTown] })
    await knows(town.desk, since)
    line.heal()
    await until(() => county.node.said.includes('anlan resume'))
    await pause(1500)
    await county.node.stop()
    const resumed = JSON.parse((await done('resume', at('county'), at('whole'), '--json', '--without', 'town-node')).out)
    assert.ok(resumed.given_back >= 10 && resumed.recorded_again >= 10, JSON.stringify(resumed))
    exchange('county', 'whole')
    await start(county, 'county')
    for (const one of [...lost, since]) await knows(city.duty1, one)

    await until(async () => JSON.parse((await done('nodes', '--json', '--data', at('town'), ...own.town)).out).some(({ refused }) => refused > 0))
    await town.node.stop()
    assert.equal((await run(['resume', at('town'), at('nowhere'), '--of', 'town-node', '--after', '1'])).code, 1)
    await done('resume', at('town'), at('town-whole'), '--of', 'county-node', '--after', String(resumed.agreed))
    exchange('town', 'town-whole')
    await start(town, 'town')
    await until(async () => (await town.desk.ask('GET', `/incidents/${since.id}`)).json?.instructions?.some((one) => one.id === order.id))
    const answer = await town.desk.command(`/instructions/${order.id}/progress`, { text: '已到现场' })
    assert.ok(answer)
    await until(async () => (await county.desk.get(`/incidents/${since.id}`)).instructions.find((one) => one.id === order.id).progress.length === 1)
    for (const name of ['city', 'county', 'town']) {
      await ({ city, county, town })[name].node.stop()
      await done('verify', at(name))
    }
  })
})
