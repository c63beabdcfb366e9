// Two processes on one store (where ANLAN_TEST_POSTGRES names a server): a session of one is known to the other at
// once, the work of one goes over when its process stands still, and a server that stands still holds up nobody who
// does not need it.
import { after, before, describe, test } from 'node:test'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { done, run, scratch, serve } from './program.mjs'

const kServer = process.env.ANLAN_TEST_POSTGRES
const kName = `anlan_shared_${process.pid}`
const urlOf = (database) => kServer?.replace(/\/[^/?]*(\?|$)/, `/${database}$1`)
const kUrl = urlOf(kName)
const psql = (url, text) => execFileSync('psql', ['-qAt', url, '-c', text], { encoding: 'utf8' }).trim()
const at = scratch(after)

const signIn = async (node, account = 'duty1', password = 'Anlan-Demo-2026') => {
  const entered = await fetch(`${node.url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ account, password }) })
  assert.equal(entered.status, 201)
  return entered.headers.get('set-cookie').split(';')[0]
}
/** A way to the server that can be made to stand still: nothing is lost on it, nothing comes through. */
async function wayToTheServer() {
  const server = new URL(kServer), host = server.searchParams.get('host') ?? server.hostname, port = server.searchParams.get('port') ?? (server.port || '5432')
  const user = server.searchParams.get('user') ?? server.username
  const lines = new Set()
  let still = false
  const way = createServer((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host)
    for (const [from, to] of [[near, far], [far, near]]) {
      lines.add(from)
      from.on('data', (bytes) => to.write(bytes)).on('error', () => {}).on('close', () => lines.delete(from) && to.destroy())
      if (still) from.pause()
    }
  })
  await new Promise((listening) => way.listen(0, '127.0.0.1', listening))
  const hold = (on) => {
    still = on
    for (const line of lines) on ? line.pause() : line.resume()
  }
  return { url: `postgresql://${user}@127.0.0.1:${way.address().port}/${kName}`, hold, close: () => way.close() }
}
const lease = () => {
  const [holder, fence] = psql(kUrl, "SELECT holder, fence FROM journal.lease WHERE work = 'timers'").split('|')
  return { holder, fence: Number(fence) }
}
const until = async (what, longest = 30_000) => {
  for (const end = Date.now() + longest; ; await pause(100)) {
    const value = what()
    if (value) return value
    assert.ok(Date.now() < end, `${what} did not become true`)
  }
}
const reminded = (incident) => Number(psql(kUrl, `SELECT count(*) FROM journal.fact WHERE type = 'clock.reminded' AND stream LIKE 'clocks/${incident}/%'`))
// Half of its twenty minutes are over when it is taken down.
const takeDown = async (node, cookie) => {
  const learnt_at = new Date(Date.now() - 11 * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const made = await fetch(`${node.url}/api/v1/incidents`, {
    method: 'POST',
    headers: { cookie, 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({ type: '12D02', division: '370783', summary: '装卸管线泄漏', occurred_at: learnt_at, learnt_at }),
  })
  assert.equal(made.status, 201)
  return (await made.json()).id
}

describe('two processes on one store', { skip: !kServer && 'ANLAN_TEST_POSTGRES names no server' }, () => {
  const nodes = []
  before(async () => {
    psql(kServer, `CREATE DATABASE ${kName} TEMPLATE template0 ENCODING 'UTF8'`)
    await done('demo', '--once', '--port', '0', '--data', at('a'), '--set', `storage.url=${kUrl}`)
    mkdirSync(at('b'))
    cpSync(`${at('a')}/keys`, at('b/keys'), { recursive: true })
    for (const name of ['a', 'b']) nodes.push(await serve(at(name), { more: ['--set', `storage.url=${kUrl}`, 'limits.rate_factor=1000'] }))
  })
  after(async () => {
    for (const node of nodes) await node.stop()
    psql(kServer, `DROP DATABASE ${kName} WITH (FORCE)`)
  })

  test('a session that one has opened is known to the other at once', async () => {
    for (let i = 0; i < 20; ++i) {
      const cookie = await signIn(nodes[i % 2])
      assert.equal((await fetch(`${nodes[(i + 1) % 2].url}/api/v1/session`, { headers: { cookie } })).status, 200)
    }
    const invented = await fetch(`${nodes[0].url}/api/v1/session`, { headers: { cookie: 'anlan_session=nobody.secret' } })
    assert.equal(invented.status, 401)
  })

  test('what must be done once is taken over from a process that stands still, which then does no harm', async () => {
    const cookie = await signIn(nodes[0])
    const before = await until(() => lease().holder && lease())
    const first = await takeDown(nodes[0], cookie)
    await until(() => reminded(first) > 0)

    // Whose it is shows when one of them stands still: the other then takes it, or had it all the time.
    nodes[0].signal('SIGSTOP')
    await pause(8000)
    const second = await takeDown(nodes[1], cookie)
    await until(() => reminded(second) > 0)
    const held = lease()
    nodes[0].signal('SIGCONT')
    nodes[1].signal('SIGSTOP')
    await pause(8000)
    const third = await takeDown(nodes[0], cookie)
    await until(() => reminded(third) > 0)
    const after = lease()
    nodes[1].signal('SIGCONT')

    assert.notEqual(after.holder, held.holder)
    assert.equal(after.fence, held.fence + 1)
    assert.ok(held.holder === before.holder ? held.fence === before.fence : held.fence === before.fence + 1)
    await pause(2000)
    assert.deepEqual(lease(), after, 'who came back waits')
    assert.deepEqual([first, second, third].map(reminded), [1, 1, 1])
  })

  test('who waits for a position is sent away in time while the server stands still', async () => {
    const way = await wayToTheServer()
    mkdirSync(at('c'))
    cpSync(`${at('a')}/keys`, at('c/keys'), { recursive: true })
    const node = await serve(at('c'), { more: ['--set', `storage.url=${way.url}`] })
    const cookie = await signIn(node)
    assert.equal((await fetch(`${node.url}/api/v1/incidents`, { headers: { cookie } })).status, 200)
    way.hold(true)
    await pause(2000)
    const answer = await fetch(`${node.url}/api/v1/incidents?after=999999999`, { headers: { cookie }, signal: AbortSignal.timeout(30_000) })
    way.hold(false)
    assert.equal(answer.status, 503)
    assert.equal((await answer.json()).code, 'position.not_reached')
    assert.equal(await node.stop(), 0)
    way.close()
  })
})

test('two processes that begin an empty store at the same moment both come up, with one set of administrators', { skip: !kServer && 'ANLAN_TEST_POSTGRES names no server' }, async (t) => {
  const name = `${kName}_new`, folders = ['first', 'second']
  psql(kServer, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  t.after(() => psql(kServer, `DROP DATABASE ${name} WITH (FORCE)`))
  const elsewhere = await serve(at('elsewhere'))
  await elsewhere.stop()
  for (const folder of folders) {
    mkdirSync(at(folder))
    cpSync(`${at('elsewhere')}/keys`, at(`${folder}/keys`), { recursive: true })
  }
  const nodes = await Promise.all(folders.map((folder) => serve(at(folder), { more: ['--set', `storage.url=${urlOf(name)}`] })))
  const handed = folders.filter((folder) => existsSync(at(`${folder}/first-passwords.txt`)))
  assert.equal(handed.length, 1)
  const [, password] = readFileSync(at(`${handed[0]}/first-passwords.txt`), 'utf8').match(/^sysadmin +(\S+)$/m)
  for (const node of nodes) await signIn(node, 'sysadmin', password)
  assert.equal(psql(urlOf(name), "SELECT count(*) FROM journal.fact WHERE type = 'account.created'"), '3')
  assert.equal(psql(urlOf(name), "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'view\\_%'"), '1')
  const facts = psql(urlOf(name), 'SELECT count(*) FROM journal.fact')
  const refused = await run(['rebuild', urlOf(name)])
  assert.equal(refused.code, 1)
  assert.match(refused.err, /served by a process/)
  for (const node of nodes) assert.equal(await node.stop(), 0)
  assert.match((await done('rebuild', urlOf(name))).out, new RegExp(`built anew from ${facts} facts\\n$`))
  assert.match((await done('verify', urlOf(name))).out, /sound/i)
})
