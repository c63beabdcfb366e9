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

/** A new account that has changed its one-time password. */
async function settled(node, name, password, person = 'p-wf-duty') {
  const made = await (await node.as('sysadmin')).command('/accounts', { name, person, roles: ['liaison'] })
  const client = await Client.signIn(node.url, name, made.one_time_password)
  await client.command('/session/password', { old: made.one_time_password, new: password })
  return client
}

export function passwords(node) {
  const kOld = 'Long-enough-77-now', kNew = 'Longer-still-88-now'
  const enter = (account, password) => new Client(node.url).post('/session', { account, password })

  test('ends every other session of the account when its owner changes the password', async () => {
    const own = await settled(node, 'changer', kOld)
    const other = await Client.signIn(node.url, 'changer', kOld)
    await own.command('/session/password', { old: kOld, new: kNew })
    assertRefused(await other.ask('GET', '/session'), 401, 'session.none')
    assert.equal((await own.get('/session/list')).items.length, 1)
    assertRefused(await enter('changer', kOld), 401, 'session.wrong')
  })

  test('counts a wrong old password like a failed sign-in, and locks the account alike', async () => {
    const own = await Client.signIn(node.url, 'changer', kNew)
    const change = (old) => own.post('/session/password', { old, new: 'Another-one-99-now' })
    for (let i = 0; i < 5; ++i) assertRefused(await change(`wrong${i}`), 422, 'password.wrong')
    assertRefused(await change('wrong'), 422, 'session.locked')
    assertRefused(await change(kNew), 422, 'session.locked')
    assertRefused(await enter('changer', kNew), 422, 'session.locked')
    await (await node.as('secadmin')).command('/accounts/changer/unlock', {})
    await own.command('/session/password', { old: kNew, new: 'Another-one-99-now' })
  })

  test('answers a name that is no account as one that is, try by try', async () => {
    await settled(node, 'lockable', kOld)
    const told = async (account) => {
      const answers = []
      for (let i = 0; i < 7; ++i) answers.push(await enter(account, `wrong${i}`))
      return answers.map(({ status, json }) => [status, json.code, Object.keys(json), typeof json.values?.until])
    }
    const known = await told('lockable')
    assert.deepEqual(known.map(([status]) => status), [401, 401, 401, 401, 401, 422, 422])
    assert.deepEqual(await told('no-such-name'), known)
    assertRefused(await enter('lockable', kOld), 422, 'session.locked')
  })

  test('lets nobody in who has left, and ends what they had open', async () => {
    const system = await node.as('sysadmin')
    const { id } = await system.command('/people', { name: '离岗者（虚构）', organisation: 'wf-emergency', post: '值班员' })
    const own = await settled(node, 'leaver', kOld, id)
    await system.command(`/people/${id}/retire`, { reason: '退休' })
    assertRefused(await own.ask('GET', '/session'), 401, 'session.none')
    assertRefused(await enter('leaver', kOld), 401, 'session.wrong')
  })
}
