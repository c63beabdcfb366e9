// A node that moves: into another directory, into a PostgreSQL database (where ANLAN_TEST_POSTGRES names a server) and
// back; what is refused on the way.
import { after, before, describe, test } from 'node:test'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { done, kRoot, run, scratch, serve } from './program.mjs'

const at = scratch(after)
const kCity = at('city')
const kServer = process.env.ANLAN_TEST_POSTGRES
const report = async (store) => JSON.parse((await run(['verify', '--json', store])).out)
const mode = (path) => statSync(path).mode & 0o777
const psql = (url, text) => execFileSync('psql', ['-qAt', url, '-c', text], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

before(() => done('demo', '--once', '--port', '0', '--data', kCity), { timeout: 120_000 })

/** Somebody of the demo city signs in and sees its incident. */
async function shows(node) {
  const entered = await fetch(`${node.url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ account: 'duty1', password: 'Anlan-Demo-2026' }) })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]
  const incidents = await (await fetch(`${node.url}/api/v1/incidents`, { headers: { cookie } })).json()
  assert.equal(entered.status, 201)
  assert.equal(incidents.total, 1)
}

describe('from directory to directory', () => {
  test('the copy has the same facts, and says what is to be carried by hand', async () => {
    const { facts, head } = await report(kCity)
    const told = await done('copy', kCity, at('moved'))
    assert.match(told.out, new RegExp(`moved holds ${facts} facts, hash of the last ${head}, verified; \\d+\\.\\d s\\. `))
    assert.match(told.out, /Carry the folder keys\/ to the new node by hand/)
    assert.deepEqual(await report(at('moved')), { sound: true, facts, head, first_bad_fact: null, problems: [], notes: [] })
    assert.ok(!existsSync(at('moved/keys')))
    for (const [name, bits] of [['', 0o700], ['/journal.db', 0o600], ['/vault.db', 0o600]]) assert.equal(mode(at('moved') + name), bits, name)
    const keyless = await run(['serve', '--data', at('moved'), '--port', '0'])
    assert.equal(keyless.code, 1)
    assert.match(keyless.err, /moved\/keys is not there/)
    cpSync(`${kCity}/keys`, at('moved/keys'), { recursive: true })
    const node = await serve(at('moved'))
    await shows(node)
    assert.equal(await node.stop(), 0)
  })

  test('--with-keys and --json: what is asked for comes along, and one object tells of it', async () => {
    await done('import', '--data', kCity, '--rules', join(kRoot, 'data/rules/grade.toml'))
    const { facts, head } = await report(kCity)
    const told = JSON.parse((await done('copy', '--json', '--with-keys', kCity, at('whole'))).out)
    assert.ok(told.seconds >= 0)
    assert.deepEqual({ ...told, seconds: 0 }, { facts, head, seconds: 0, keys: true })
    for (const name of ['keys/master.key', 'keys/node.pem', 'rules/grade.toml']) assert.deepEqual(readFileSync(at(`whole/${name}`)), readFileSync(`${kCity}/${name}`), name)
  })

  test('a node at work is copied as it stands', async () => {
    const node = await serve(kCity)
    await done('copy', kCity, at('at-work'))
    const { position } = await (await fetch(`${node.url}/api/v1/node`)).json()
    assert.equal(await node.stop(), 0)
    assert.equal((await report(at('at-work'))).facts, position)
  })
})

describe('refused', () => {
  test('what is not empty, in both languages', async () => {
    mkdirSync(at('full'))
    writeFileSync(at('full/note.txt'), 'mine')
    writeFileSync(at('plain'), 'mine')
    for (const to of [at('full'), at('plain'), kCity])
      for (const [language, told] of [['en', /is not empty; nothing was written/], ['zh-CN', /不是空的，什么也没有写入/]]) {
        const ran = await run(['copy', kCity, to, '--lang', language])
        assert.equal(ran.code, 1, to)
        assert.match(ran.err, told)
        assert.equal(ran.out, '')
      }
    assert.deepEqual(readdirSync(at('full')), ['note.txt'])
    assert.equal((await report(kCity)).sound, true)
  })

  test('what is no node, what lies inside of it, and what makes no sense', async () => {
    assert.match((await run(['copy', at('nowhere'), at('never')])).err, /is no node's directory/)
    assert.match((await run(['copy', kCity, join(kCity, 'inside')])).err, /lies inside of/)
    const keys = await run(['copy', '--with-keys', kCity, 'postgresql://127.0.0.1:1/none'])
    assert.equal(keys.code, 2)
    assert.match(keys.err, /--with-keys works from directory to directory only/)
    const away = await run(['copy', kCity, 'postgresql://somebody:secret@127.0.0.1:1/none'])
    assert.equal(away.code, 1)
    assert.match(away.err, /^Failed: /)
    assert.doesNotMatch(away.err, /secret/)
    assert.ok(!existsSync(at('never')) && !existsSync(join(kCity, 'inside')))
  })

  test('a changed fact, which is named; nothing is left that looks like a node', async () => {
    await done('backup', kCity, at('forged'))
    execFileSync('sqlite3', [at('forged/journal.db'), "UPDATE fact SET body = '{}' WHERE position = 57"])
    const ran = await run(['copy', at('forged'), at('forged-copy')])
    assert.equal(ran.code, 1)
    assert.match(ran.out, /^Fact 57 \(.*\): content and hash do not agree: its content was changed$/m)
    assert.match(ran.out, /^Problems: [1-9]\d*; first bad fact: 57$/m)
    assert.match(ran.err, /forged is damaged and is not copied/)
    assert.deepEqual(existsSync(at('forged-copy')) ? readdirSync(at('forged-copy')) : [], [])
    assert.equal(JSON.parse((await run(['copy', '--json', at('forged'), at('forged-copy')])).out).sound, false)
  })
})

describe('between the engines', { skip: !kServer && 'no server of PostgreSQL is named' }, () => {
  const kName = `anlan_cli_copy_${process.pid}`
  const url = (name) => kServer?.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
  const kUrl = url(kName), kOther = url(`${kName}_b`)
  before(() => {
    for (const name of kServer ? [kName, `${kName}_b`] : []) psql(kServer, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  })
  after(() => {
    for (const name of kServer ? [kName, `${kName}_b`] : []) psql(kServer, `DROP DATABASE ${name} WITH (FORCE)`)
  })

  test('a node moves to PostgreSQL, works there, and moves back with what it did', async () => {
    const { facts, head } = await report(kCity)
    assert.match((await done('copy', kCity, kUrl)).out, new RegExp(`${kName} holds ${facts} facts, hash of the last ${head}, verified`))
    const again = await run(['copy', kCity, kUrl])
    assert.equal(again.code, 1)
    assert.match(again.err, /is not empty; nothing was written/)
    mkdirSync(at('moved-over'))
    cpSync(`${kCity}/keys`, at('moved-over/keys'), { recursive: true })
    const node = await serve(at('moved-over'), { more: ['--set', `storage.url=${kUrl}`] })
    await shows(node)
    assert.equal(await node.stop(), 0)
    const there = await report(kUrl)
    assert.equal(there.sound, true)
    assert.ok(there.facts > facts, 'the session is a fact')
    await done('copy', kUrl, at('back'))
    const back = await report(at('back'))
    assert.deepEqual([back.sound, back.facts, back.head], [true, there.facts, there.head])
    cpSync(`${kCity}/keys`, at('back/keys'), { recursive: true })
    const home = await serve(at('back'))
    await shows(home)
    assert.equal(await home.stop(), 0)
  })

  test('what is left of a refused copy starts no node, until the database is emptied', async () => {
    psql(kUrl, "UPDATE journal.fact SET body = '{}' WHERE position = 57")
    const ran = await run(['copy', kUrl, kOther])
    assert.equal(ran.code, 1)
    assert.match(ran.out, /^Problems: 1; first bad fact: 57$/m)
    assert.match(ran.err, /An unfinished copy is left in .*DROP SCHEMA vault, journal, view CASCADE/)
    const served = await run(['serve', '--data', at('moved-over'), '--set', `storage.url=${kOther}`, '--port', '0'])
    assert.equal(served.code, 1)
    assert.match(served.err, /was broken off/)
    assert.equal((await report(kOther)).sound, false)
    psql(kOther, 'DROP SCHEMA vault, journal, view CASCADE')
    await done('copy', kCity, kOther)
    assert.equal((await run(['copy', kUrl, at('forged-back')])).code, 1)
    assert.deepEqual(readdirSync(at('forged-back')), [])
  })
})
