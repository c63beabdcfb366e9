// A node in a PostgreSQL database (where ANLAN_TEST_POSTGRES names a server): what the command line does of itself there,
// what it leaves to the server's own tools, and that what these brought back verifies and serves.
import { after, before, describe, test } from 'node:test'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import assert from 'node:assert/strict'
import { done, run, scratch, serve } from './program.mjs'

const at = scratch(after)
const kServer = process.env.ANLAN_TEST_POSTGRES
const kName = `anlan_database_${process.pid}`
const url = (name) => kServer?.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
const kUrl = url(kName), kRestored = url(`${kName}_restored`), kEmpty = url(`${kName}_empty`)
const psql = (where, text) => execFileSync('psql', ['-qAt', '-v', 'ON_ERROR_STOP=1', where, '-c', text], { encoding: 'utf8' }).trim()
const report = async (store) => JSON.parse((await run(['verify', '--json', store])).out)
const settings = (store) => ['--set', `storage.url=${store}`]

/** The schema of the views, which bears the name of their edition. */
const schemaOf = (where) => psql(where, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'view\\_%'")
/** What the views hold, row for row: all tables in order of their names. */
function views(where) {
  const schema = schemaOf(where)
  const tables = psql(where, `SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`).split('\n')
  return Object.fromEntries(tables.map((name) => [name, psql(where, `SELECT t::text FROM ${schema}."${name}" t ORDER BY 1`)]))
}
/** Somebody of the demo city signs in and sees its incident. */
async function shows(node) {
  const entered = await fetch(`${node.url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ account: 'duty1', password: 'Anlan-Demo-2026' }) })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]
  const incidents = await (await fetch(`${node.url}/api/v1/incidents`, { headers: { cookie } })).json()
  assert.equal(entered.status, 201)
  assert.equal(incidents.total, 1)
}

const kSkip = { skip: !kServer && 'ANLAN_TEST_POSTGRES names no server' }
const kDatabases = kServer ? [kName, `${kName}_restored`, `${kName}_empty`] : []
before(async () => {
  if (!kServer) return
  for (const name of kDatabases) psql(kServer, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  await done('demo', '--once', '--port', '0', '--data', at('a'), ...settings(kUrl))
  mkdirSync(at('b'))
  cpSync(at('a/keys'), at('b/keys'), { recursive: true })
})
after(() => {
  for (const name of kDatabases) psql(kServer, `DROP DATABASE ${name} WITH (FORCE)`)
})

describe('the views of a node in a database', kSkip, () => {
  test('its views are built anew from its facts, row for row', async () => {
    const before = views(kUrl), { facts } = await report(kUrl)
    assert.ok(Object.keys(before).length > 5 && before.incident.length > 0)
    psql(kUrl, `DELETE FROM ${schemaOf(kUrl)}.incident`)
    assert.notDeepEqual(views(kUrl), before)
    assert.match((await done('rebuild', kUrl)).out, new RegExp(`built anew from ${facts} facts\\n$`))
    assert.deepEqual(views(kUrl), before)
  })

  test('they come back also where two processes start at once without any', async () => {
    const before = views(kUrl)
    psql(kUrl, `DROP SCHEMA ${schemaOf(kUrl)} CASCADE`)
    const nodes = await Promise.all(['a', 'b'].map((name) => serve(at(name), { more: settings(kUrl) })))
    const after = views(kUrl)
    for (const node of nodes) assert.equal(await node.stop(), 0)
    assert.deepEqual(after, before)
  })

  test('while a process serves it nothing is built anew, and that is told in both languages', async () => {
    const node = await serve(at('a'), { more: settings(kUrl) })
    for (const [language, told] of [['en', /is served by a process; stop every anlan on it first\n$/], ['zh-CN', /正由某个进程使用，请先停止其上所有的 anlan 进程\n$/]]) {
      const ran = await run(['rebuild', kUrl, '--lang', language])
      assert.deepEqual([ran.code, ran.out], [1, ''])
      assert.match(ran.err, told)
    }
    await shows(node)
    assert.equal(await node.stop(), 0)
  })
})

describe('copies of a node in a database', kSkip, () => {
  test('backup and restore name the tools of the server, and write nothing', async () => {
    const password = kUrl.replace('postgresql://', 'postgresql://anlan:secret@')
    for (const words of [['backup', kUrl, at('never')], ['backup', password, at('never')], ['backup', at('a'), kEmpty], ['restore', kUrl, at('never')], ['restore', at('a'), kEmpty]])
      for (const [language, told] of [['en', /is a database: .*pg_dump with pg_restore, or pgBackRest.*`anlan copy`/], ['zh-CN', /是数据库：.*pg_dump 与 pg_restore，或 pgBackRest.*anlan copy/]]) {
        const ran = await run([...words, '--lang', language])
        assert.deepEqual([ran.code, ran.out], [2, ''], words.join(' '))
        assert.match(ran.err, told)
        assert.doesNotMatch(ran.err, /secret/)
      }
    assert.ok(!existsSync(at('never')))
    assert.equal(psql(kEmpty, "SELECT count(*) FROM pg_tables WHERE schemaname IN ('vault', 'journal', 'view')"), '0')
  })

  test('what pg_dump saved and pg_restore brought back verifies and serves', async () => {
    const before = await report(kUrl)
    execFileSync('pg_dump', ['--format=custom', `--file=${at('node.dump')}`, kUrl])
    execFileSync('pg_restore', ['--exit-on-error', '--no-owner', `--dbname=${kRestored}`, at('node.dump')])
    assert.deepEqual(await report(kRestored), before)
    const node = await serve(at('b'), { more: settings(kRestored) })
    await shows(node)
    assert.equal(await node.stop(), 0)
    const after = await report(kRestored)
    assert.equal(after.sound, true)
    assert.ok(after.facts > before.facts, 'the session is a fact')
    psql(kRestored, `DELETE FROM journal.fact WHERE position = ${after.facts}`)
    assert.ok((await report(kRestored)).problems.some((one) => one.kind === 'shortened'), 'a restored store that lost its end is told from a whole one')
  })

  test('a database that is empty, or out of reach, is told from one that is damaged', async () => {
    const kAway = 'postgresql://somebody:secret@127.0.0.1:1/none'
    const kCases = [
      [kEmpty, /_empty holds no node \(no table at all\)\n$/, /_empty 里没有节点（一张表也没有）\n$/],
      [kAway, /^postgresql:\/\/127\.0\.0\.1:1\/none cannot be asked\. The database says: “.*refused/, /^无法访问 postgresql:\/\/127\.0\.0\.1:1\/none，数据库的原话：“.*refused/],
    ]
    for (const [store, english, chinese] of kCases)
      for (const words of [['verify', store], ['rebuild', store], ['copy', store, at('never')], ['user', 'list', '--data', at('a'), ...settings(store)]])
        for (const [language, told] of [['en', english], ['zh-CN', chinese]]) {
          const ran = await run([...words, '--lang', language])
          assert.deepEqual([ran.code, ran.out], [1, ''], words.join(' '))
          assert.match(ran.err, told)
          assert.doesNotMatch(ran.err, /secret/)
        }
    assert.ok(!existsSync(at('never')))
    assert.equal(psql(kEmpty, 'SELECT count(*) FROM pg_namespace WHERE nspname IN (\'vault\', \'journal\', \'view\')'), '0')
  })
})
