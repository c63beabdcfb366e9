// Coming and going: sign-in, lock-out, one-time passwords, sessions that end.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kPassword } from '../node.mjs'
import { assertRefused } from './story.mjs'

export default function (node) {
  const enter = (account, password = kPassword) => new Client(node.url).post('/session', { account, password })

  test('keeps the session in a cookie that no script and no other site can use', async () => {
    const [cookie] = (await enter('duty3')).headers['set-cookie']
    assert.match(cookie, /^anlan_session=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  test('says the same of a wrong password and of an account that does not exist', async () => {
    const wrong = await enter('duty3', 'wrong')
    const nobody = await enter('nobody', 'wrong')
    assertRefused(wrong, 401, 'session.wrong')
    assertRefused(nobody, 401, 'session.wrong')
    assert.deepEqual(wrong.json, nobody.json)
  })

  test('locks an account after five failures and opens it again when the security administrator says so', async () => {
    for (let i = 0; i < 5; ++i) assertRefused(await enter('yeyuan', `wrong${i}`), 401, 'session.wrong')
    const locked = await enter('yeyuan')
    assertRefused(locked, 422, 'session.locked')
    assert.ok(Date.parse(locked.json.values.until) > Date.now())
    const security = await node.as('secadmin')
    const accounts = (await security.get('/accounts')).items
    assert.equal(accounts.find((account) => account.name === 'yeyuan').state, 'locked')
    await security.command('/accounts/yeyuan/unlock', {})
    assert.equal((await enter('yeyuan')).status, 201)
  })

  test('lets a new account do nothing before its one-time password is changed', async () => {
    const system = await node.as('sysadmin')
    const made = await system.post('/accounts', { name: 'newcomer', person: 'p-wf-duty', roles: ['liaison'] })
    assert.equal(made.status, 201, made.text)
    const once = made.json.one_time_password
    const fresh = await Client.signIn(node.url, 'newcomer', once)
    assert.equal(fresh.session.must_change_password, true)
    assertRefused(await fresh.ask('GET', '/duty/board'), 403, 'session.must_change_password')
    assertRefused(await fresh.post('/session/password', { old: once, new: 'short' }), 422, 'password.weak')
    assertRefused(await fresh.post('/session/password', { old: 'wrong', new: 'Long-enough-77-now' }), 422, 'password.wrong')
    await fresh.command('/session/password', { old: once, new: 'Long-enough-77-now' })
    assert.equal((await fresh.ask('GET', '/duty/board')).status, 200)
    assertRefused(await enter('newcomer', once), 401, 'session.wrong')
  })

  test('ends a session when it signs out, when its owner closes it, and when the account is disabled', async () => {
    const one = await Client.signIn(node.url, 'newcomer', 'Long-enough-77-now')
    const two = await Client.signIn(node.url, 'newcomer', 'Long-enough-77-now')
    const own = (await one.get('/session/list')).items.find((session) => session.current)
    assert.equal((await two.ask('DELETE', `/session/list/${own.id}`)).status, 200)
    assertRefused(await one.ask('GET', '/session'), 401, 'session.none')
    const three = await Client.signIn(node.url, 'newcomer', 'Long-enough-77-now')
    assert.equal((await three.ask('DELETE', '/session')).status, 200)
    assertRefused(await three.ask('GET', '/session'), 401, 'session.none')
    await (await node.as('secadmin')).command('/accounts/newcomer/disable', { reason: '离岗' })
    assertRefused(await two.ask('GET', '/session'), 401, 'session.none')
    const answer = await enter('newcomer', 'Long-enough-77-now')
    assert.ok(answer.status === 401 || answer.status === 422, answer.text)
  })
}
