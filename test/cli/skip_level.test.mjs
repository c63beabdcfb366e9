// A city, a county and a town, whose county is cut off from both: the town reports to the city by file past it, and has
// its receipt the same way. What comes over the lines afterwards finds all of it done.
import { after, before, describe, test } from 'node:test'
import { readFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { Node } from '../../tools/levels/nodes.mjs'
import { reported } from './county.mjs'
import { done, kRoot, run, scratch, until } from './program.mjs'

const kCity = JSON.parse(readFileSync(`${kRoot}/tools/levels/city.json`, 'utf8'))
const at = scratch(after)

describe('a town past its county', () => {
  const [city, county, town] = kCity.small.map((id) => {
    const described = kCity.nodes.find((one) => one.id === id)
    return new Node(described, { folder: at('nodes'), address: '127.0.0.1', port: 0, password: kCity.password })
  })
  let told, order

  const out = async (from, to, file) => JSON.parse((await done('carry', 'out', to.id, at(file), '--json', ...from.settings)).out)
  const into = async (node, file) => {
    const ran = await run(['carry', 'in', at(file), '--json', ...node.settings])
    return { code: ran.code, err: ran.err, ...(ran.out ? JSON.parse(ran.out) : {}) }
  }
  const seen = async (node, account, path) => (await (await node.as(account)).ask('GET', path)).status === 200

  before(async () => {
    await city.found()
    await city.register([town])
    await county.join(city, [town])
    await town.join(county, [])
    await until(async () => {
      const { items } = await (await city.as('duty1')).get('/nodes')
      return items.some(({ id, organisations }) => id === town.id && organisations.length > 0)
    })
    county.line.cut()
    town.line.cut()
  })
  after(async () => {
    for (const node of [town, county, city]) await node.stop()
  })

  test('its report reaches the city by file, and the county knows nothing of it', async () => {
    told = await reported({ desk: await town.as('yangkou'), leader: await town.as('yangkou-leader') }, '县里联系不上')
    const made = await out(town, city, 'up1')
    assert.ok(made.facts > 0)
    const taken = await into(city, 'up1')
    assert.equal(taken.code, 0, taken.err)
    assert.equal(taken.sender, town.id)
    assert.ok(taken.facts > 0, JSON.stringify(taken))
    assert.equal((await (await city.as('duty1')).get(`/reports/${told.report}`)).state, 'received')
    assert.ok(!(await seen(county, 'shouguang', `/incidents/${told.id}`)))
  })

  test('receipt and instruction come back by file, and the answer goes up behind what was read', async () => {
    const desk = await city.as('duty1')
    await desk.command(`/reports/${told.report}/receipt`, { decision: 'accepted' })
    order = (await desk.command(`/incidents/${told.id}/instructions`, { text: '核实人数', given_by: 'p-leader1', to: [town.organisation] })).id
    await out(city, town, 'down1')
    const taken = await into(town, 'down1')
    assert.equal(taken.code, 0, taken.err)
    const there = await town.as('yangkou')
    assert.equal((await there.get(`/reports/${told.report}`)).state, 'accepted')
    await there.command(`/instructions/${order}/progress`, { text: '三人，均已撤离' })
    const answer = await out(town, city, 'up2')
    assert.ok(answer.after_since > 0, 'the city has told how far it has read')
    assert.equal((await into(city, 'up2')).facts, answer.facts)
    assert.match(JSON.stringify(await desk.get(`/incidents/${told.id}`)), /三人，均已撤离/)
  })

  test('what the lines bring afterwards is known, and does nothing twice', async () => {
    const desk = await city.as('duty1')
    const trail = async (node, account) => {
      const { items } = await (await node.as(account)).get(`/incidents/${told.id}/timeline`)
      return items.map(({ stream, type, recorded_at, body }) => JSON.stringify([stream, type, recorded_at, body]))
    }
    const before = [await trail(city, 'duty1'), await trail(town, 'yangkou')]
    town.line.heal()
    county.line.heal()
    const next = await reported({ desk: await town.as('yangkou'), leader: await town.as('yangkou-leader') }, '线路恢复之后')
    await until(() => seen(city, 'duty1', `/reports/${next.report}`))
    for (const [i, now] of [await trail(city, 'duty1'), await trail(town, 'yangkou')].entries()) {
      assert.equal(new Set(now).size, now.length, 'each once')
      assert.deepEqual(now.filter((one) => before[i].includes(one)), before[i])
    }
    const { reports, instructions } = await desk.get(`/incidents/${told.id}`)
    assert.deepEqual([reports.length, instructions.length], [1, 1])
    for (const file of ['up1', 'up2']) {
      const again = await into(city, file)
      assert.deepEqual([again.code, again.facts], [0, 0], again.err)
    }
  })

  test('a node beside it is no way to carry, and all journals are sound', async () => {
    const nobody = await run(['carry', 'out', 'binhai', at('x'), ...town.settings])
    assert.equal(nobody.code, 1)
    assert.match(nobody.err, /neither above nor below/)
    for (const node of [town, county, city]) await node.stop()
    for (const node of [town, county, city]) {
      const { sound, refused } = await node.verify()
      assert.deepEqual([sound, refused], [true, 0], node.id)
    }
  })
})
