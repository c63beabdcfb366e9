// The first start's passwords, and accounts without the console.
import { after, describe, test } from 'node:test'
import { existsSync, readFileSync, statSync } from 'node:fs'
import assert from 'node:assert/strict'
import { done, run, scratch, serve } from './program.mjs'

const at = scratch(after)
const kNode = at('node'), kFile = at('node/first-passwords.txt')
const kNew = 'Long-enough-77-now'

const passwords = () => Object.fromEntries([...readFileSync(kFile, 'utf8').matchAll(/^(\w+) +(Aa1-\S+)$/gm)].map(([, name, password]) => [name, password]))

async function enter(url, account, password) {
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ account, password }) })
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0], body: await answer.json() }
}

async function change(url, account, password) {
  const { cookie } = await enter(url, account, password)
  const answer = await fetch(`${url}/api/v1/session/password`, { method: 'POST', headers: { cookie, 'Idempotency-Key': account }, body: JSON.stringify({ old: password, new: kNew }) })
  assert.equal(answer.status, 200, await answer.text())
}

describe('first start', () => {
  test('puts the passwords into a file of its owner and none of them into what it prints', async () => {
    const node = await serve(kNode)
    assert.equal(await node.stop(), 0)
    assert.ok(node.said.includes(kFile), node.said)
    assert.doesNotMatch(node.said, /Aa1-/)
    assert.equal(statSync(kFile).mode & 0o777, 0o600)
    assert.deepEqual(Object.keys(passwords()), ['sysadmin', 'secadmin', 'auditadmin'])
    assert.equal(new Set(Object.values(passwords())).size, 3)
  })

  test('keeps the file until the last of them was changed', async () => {
    const node = await serve(kNode)
    assert.doesNotMatch(node.said, /First start/)
    const known = passwords()
    await change(node.url, 'sysadmin', known.sysadmin)
    await change(node.url, 'auditadmin', known.auditadmin)
    assert.ok(existsSync(kFile))
    await change(node.url, 'secadmin', known.secadmin)
    assert.ok(!existsSync(kFile), 'all were changed, and the file is still there')
    assert.equal(await node.stop(), 0)
  })

  test('keeps it over a restart while one of them is still good', async () => {
    const other = at('other'), file = at('other/first-passwords.txt')
    let node = await serve(other)
    const text = readFileSync(file, 'utf8')
    await change(node.url, 'sysadmin', text.match(/^sysadmin +(\S+)$/m)[1])
    assert.equal(await node.stop(), 0)
    node = await serve(other)
    assert.equal(readFileSync(file, 'utf8'), text)
    assert.equal(await node.stop(), 0)
  })

  test('shows them on a terminal, and keeps no file then', async () => {
    const shown = at('shown')
    const node = await serve(shown, { words: ['script', '-qec'] })
    const seen = [...node.said.matchAll(/One-time password of (\w+) .*: (Aa1-\S+)/g)].map(([, name]) => name)
    assert.ok(!existsSync(`${shown}/first-passwords.txt`))
    await node.stop()
    assert.deepEqual(seen, ['sysadmin', 'secadmin', 'auditadmin'])
  })
})

describe('user', () => {
  const user = (...words) => run(['user', ...words, '--data', kNode])

  test('lists accounts for people and for programs', async () => {
    const { code, out } = await user('list')
    assert.equal(code, 0)
    assert.match(out, /^sysadmin +\S.*system_admin +active$/m)
    const listed = JSON.parse((await user('list', '--json')).out)
    assert.deepEqual(listed.map(({ name, roles, state, must_change_password }) => [name, roles, state, must_change_password]), [
      ['auditadmin', ['audit_admin'], 'active', false],
      ['secadmin', ['security_admin'], 'active', false],
      ['sysadmin', ['system_admin'], 'active', false],
    ])
  })

  /** A person in the register, who is none of the administrators: the id. */
  async function register() {
    const node = await serve(kNode)
    const { cookie } = await enter(node.url, 'sysadmin', kNew)
    const answer = await fetch(`${node.url}/api/v1/people`, { method: 'POST', headers: { cookie, 'Idempotency-Key': 'desk' }, body: JSON.stringify({ name: '值班员（虚构）', organisation: 'own', post: '值班员' }) })
    const { id } = await answer.json()
    assert.equal(await node.stop(), 0)
    return id
  }

  test('adds an account whose password is good for one sign-in', async () => {
    const added = JSON.parse((await user('add', 'desk1', '--person', await register(), '--role', 'duty_officer', '--role', 'liaison', '--json')).out)
    assert.equal(added.account, 'desk1')
    const node = await serve(kNode)
    const entered = await enter(node.url, 'desk1', added.one_time_password)
    assert.equal(await node.stop(), 0)
    assert.equal(entered.status, 201)
    assert.equal(entered.body.must_change_password, true)
    assert.deepEqual(entered.body.roles, ['duty_officer', 'liaison'])
  })

  test('resets a password and unlocks an account', async () => {
    let node = await serve(kNode)
    for (let i = 0; i < 5; ++i) await enter(node.url, 'desk1', 'wrong')
    await node.stop()
    const state = async () => JSON.parse((await user('list', '--json')).out).find(({ name }) => name === 'desk1').state
    assert.equal(await state(), 'locked')
    assert.match((await user('unlock', 'desk1')).out, /desk1 is unlocked/)
    assert.equal(await state(), 'active')
    const told = (await user('reset-password', 'desk1')).out
    const [, password] = told.match(/^One-time password of desk1 \(.*\): (\S+)$/m)
    node = await serve(kNode)
    assert.equal((await enter(node.url, 'desk1', password)).status, 201)
    assert.equal(await node.stop(), 0)
  })

  test('refuses what the rules refuse, in the language asked for, and changes nothing', async () => {
    const { facts } = JSON.parse((await done('verify', '--json', kNode)).out)
    const kCases = [
      [['add', 'desk2', '--person', 'nobody', '--role', 'liaison'], /^No such person: /, /^没有/],
      [['add', 'desk1', '--person', 'sysadmin', '--role', 'liaison'], /^The account's name is taken: /, /\p{Script=Han}/u],
      [['add', 'desk2', '--person', 'sysadmin', '--role', 'liaison'], /^The person holds a role that excludes these: /, /\p{Script=Han}/u],
      [['add', 'Desk 2', '--person', 'sysadmin', '--role', 'liaison'], /^Not a name for an account: /, /\p{Script=Han}/u],
      [['add', 'desk2', '--person', 'sysadmin', '--role', 'liaison', '--role', 'audit_admin'], /^These roles exclude each other: /, /\p{Script=Han}/u],
      [['reset-password', 'nobody'], /^No such account: /, /\p{Script=Han}/u],
      [['unlock', 'nobody'], /^No such account: /, /\p{Script=Han}/u],
    ]
    for (const [words, english, chinese] of kCases) {
      const ran = await user(...words)
      assert.equal(ran.code, 1)
      assert.match(ran.err, english)
      assert.equal(ran.out, '')
      assert.match((await user(...words, '--lang', 'zh-CN')).err, chinese)
    }
    assert.equal(JSON.parse((await done('verify', '--json', kNode)).out).facts, facts)
  })
})
