// Three administrators who are three people: nobody becomes one alone, and nobody is two of them.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { Stream } from '../stream.mjs'
import { assertRefused, fresh, kLeak, takeDown } from './story.mjs'

export default function (node) {
  test('lets nobody make an administrator along with an account, whoever it is for', async () => {
    const system = await node.as('sysadmin')
    for (const person of ['p-sysadmin', 'p-wf-duty', 'p-secadmin'])
      for (const role of ['system_admin', 'security_admin', 'audit_admin'])
        assertRefused(await system.post('/accounts', { name: 'second', person, roles: [role] }), 422, 'account.role_reserved')
    assert.ok(!(await system.get('/accounts')).items.some((account) => account.name === 'second'))
  })

  test('judges the roles of a person over all of their accounts', async () => {
    const system = await node.as('sysadmin')
    const security = await node.as('secadmin')
    const refused = (answer) => {
      assertRefused(answer, 422, 'account.person_roles_exclude')
      return answer.json.values.account
    }
    assert.equal(refused(await system.post('/accounts', { name: 'second', person: 'p-secadmin', roles: ['liaison'] })), 'secadmin')
    assert.equal(refused(await system.post('/accounts', { name: 'second', person: 'p-sysadmin', roles: ['duty_officer'] })), 'sysadmin')

    await system.command('/accounts', { name: 'second', person: 'p-yangzi', roles: ['liaison'] })
    assert.equal(refused(await security.post('/accounts/second/roles', { roles: ['audit_admin'] })), 'yangzi')
    await security.command('/accounts/yangzi/disable', { reason: '转岗' })
    await security.command('/accounts/second/roles', { roles: ['audit_admin'] })
    assert.equal(refused(await security.post('/accounts/yangzi/enable', {})), 'second')
    await security.command('/accounts/second/disable', { reason: '离岗' })
    await security.command('/accounts/yangzi/enable', {})
  })

  test('lets nobody be administrator and something else', async () => {
    const security = await node.as('secadmin')
    for (const roles of [['system_admin', 'security_admin'], ['audit_admin', 'duty_officer'], []]) {
      const answer = await security.post('/accounts/yangzi/roles', { roles })
      assertRefused(answer, 422, answer.json.code)
    }
    const yangzi = (await security.get('/accounts')).items.find((account) => account.name === 'yangzi')
    assert.deepEqual(yangzi.roles, ['town_officer'])
  })
}

/** A house of its own below the city's, with a desk that is signed in. */
async function house(node) {
  const system = await node.as('sysadmin')
  const { id } = await system.command('/organisations', { name: '筹建指挥部（虚构）', short: '筹指', level: 'county', division: '370724', superior: 'wf-emergency' })
  const person = await system.command('/people', { name: '筹建者（虚构）', organisation: id, post: '值班员' })
  const { one_time_password: once } = await system.command('/accounts', { name: 'founder', person: person.id, roles: ['county_officer'] })
  const desk = await Client.signIn(node.url, 'founder', once)
  await desk.command('/session/password', { old: once, new: 'Long-enough-77-now' })
  return { id, desk }
}

/** Houses that are dissolved. */
export function retiring(node) {
  const retire = async (id, { query = '', ...options } = {}) => (await node.as('sysadmin')).post(`/organisations/${id}/retire${query}`, { reason: '撤并' }, options)
  const active = async (id) => (await (await node.as('sysadmin')).get('/organisations')).items.find((one) => one.id === id).active

  test('retires no organisation while incidents that it took down are open, however it is asked', async () => {
    const { id, desk } = await house(node)
    const own = [await desk.command('/incidents', kLeak), await desk.command('/incidents', kLeak)]
    const foreign = await takeDown(node)
    await (await node.as('duty3')).command(`/incidents/${foreign.id}/instructions`, { text: '核实', given_by: 'p-leader1', to: [id] })
    for (const [left, { id: at }] of [[2, own[0]], [1, own[1]]]) {
      for (const query of ['', '?world=drill']) {
        const answer = await retire(id, { query })
        assertRefused(answer, 409, 'organisation.open_incidents')
        assert.deepEqual(answer.json.values, { count: String(left) })
      }
      assert.equal(await active(id), true)
      await desk.command(`/incidents/${at}/close`, { reason: '误报' })
    }
    assert.equal((await desk.get(`/incidents/${foreign.id}`)).state, 'open', 'that of another house goes on without it')
    const key = fresh()
    assert.equal((await retire(id, { key })).status, 200)
    assert.equal(await active(id), false)
    assert.equal((await retire(id, { key })).headers['idempotency-replayed'], 'true')
  })
}

/** Administrators of the house whose desk wrote it. */
export function reading(node) {
  const kAdministrators = ['sysadmin', 'secadmin', 'audadmin']

  test('shows no administrator what the desk of their house writes of incidents', async () => {
    const desk = await node.as('duty3')
    const { id, position } = await desk.command('/incidents', kLeak)
    const drafted = await desk.command(`/incidents/${id}/reports`, { kind: 'first', to: 'sd-emergency', content: { situation: '情况', figures: {} } })
    for (const account of kAdministrators) {
      const admin = await node.as(account)
      for (const path of [`/incidents/${id}`, `/incidents/${id}/timeline`]) assertRefused(await admin.ask('GET', path), 404, 'incident.unknown')
      for (const path of [`/reports/${drafted.id}`, `/reports/${drafted.id}/document.pdf`]) assertRefused(await admin.ask('GET', path), 404, 'report.unknown')
      for (const path of ['/incidents', '/clocks', '/instructions', '/candidates']) assert.deepEqual((await admin.get(`${path}?after=${drafted.position}`)).items, [], path)
      assert.ok(!JSON.stringify(await admin.get('/duty/board')).includes(id))
      const feed = await Stream.open(admin, { after: position - 1 })
      await feed.until((one) => one.event === 'hello', 'hello')
      assert.deepEqual(feed.facts, [])
      feed.close()
    }
  })

  test('shows the audit who did what and when, and of incidents no more', async () => {
    const audit = await node.as('audadmin')
    const [drafted] = (await audit.get('/audit?actor=duty3&type=report.drafted&size=1')).items
    assert.deepEqual([drafted.actor, drafted.type, drafted.body, drafted.hash.length], ['duty3', 'report.drafted', null, 64])
    const [created] = (await audit.get('/audit?type=account.created&size=1')).items
    assert.ok(created.body.roles.length > 0)
  })
}
