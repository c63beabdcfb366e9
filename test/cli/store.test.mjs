// A node's files: backed up while it works, restored, verified, rebuilt, and what is refused on the way.
import { after, before, describe, test } from 'node:test'
import { chmodSync, chownSync, closeSync, copyFileSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { done, kRoot, run, scratch, serve } from './program.mjs'

const at = scratch(after)
const kCity = at('city')
const report = async (folder) => JSON.parse((await run(['verify', '--json', folder])).out)
const mode = (path) => statSync(path).mode & 0o777

/** The bytes of a file at `where`, changed behind the program's back. */
function spoil(file, where, text) {
  const open = openSync(file, 'r+')
  writeSync(open, text, where)
  closeSync(open)
}

before(() => done('demo', '--once', '--port', '0', '--data', kCity), { timeout: 120_000 })

describe('backup and restore', () => {
  test('a backup of a node at work holds every fact that the node had acknowledged', async () => {
    const node = await serve(kCity)
    await done('backup', kCity, at('at-work'))
    const held = await report(at('at-work'))
    const { position } = await (await fetch(`${node.url}/api/v1/node`)).json()
    assert.equal(await node.stop(), 0)
    assert.equal(held.sound, true)
    assert.equal(held.facts, position)
    assert.ok(held.facts > 100)
    assert.deepEqual(readdirSync(at('at-work')).filter((name) => !/-(wal|shm)$/.test(name)), ['contacts.db', 'drill.db', 'journal.db', 'outbox.db', 'vault.db'])
  })

  test('a backup with keys restores to a node that goes on with the same facts and accounts', async () => {
    const told = await done('backup', '--with-keys', kCity, at('whole'))
    assert.match(told.out, /keep it secret/)
    const back = await done('restore', at('whole'), at('restored'))
    const { facts, head } = await report(kCity)
    assert.match(back.out, new RegExp(`Restored to .*restored; ${facts} facts verified\\n$`))
    assert.deepEqual(await report(at('restored')), { sound: true, facts, head, first_bad_fact: null, problems: [], notes: [] })
    assert.deepEqual(readdirSync(at('restored/keys')), readdirSync(`${kCity}/keys`))
    for (const name of readdirSync(`${kCity}/keys`)) assert.deepEqual(readFileSync(at(`restored/keys/${name}`)), readFileSync(`${kCity}/keys/${name}`))
    const node = await serve(at('restored'))
    const entered = await fetch(`${node.url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ account: 'duty1', password: 'Anlan-Demo-2026' }) })
    const cookie = entered.headers.get('set-cookie')?.split(';')[0]
    const incidents = await (await fetch(`${node.url}/api/v1/incidents`, { headers: { cookie } })).json()
    assert.equal(await node.stop(), 0)
    assert.equal(entered.status, 201)
    assert.equal(incidents.total, 1)
  })

  test('a restored demo knows that its story was told to the end', async () => {
    const ran = await done('demo', '--once', '--port', '0', '--data', at('restored'))
    assert.match(ran.out, /was told in this directory before/)
    assert.doesNotMatch(ran.out, /not told to its end|\[1\//)
    for (const name of ['journal.db', 'vault.db', 'view.db']) assert.equal(mode(join(kCity, name)), 0o600, name)
  })

  test('the node\'s own rules and divisions go with it', async () => {
    await done('import', '--data', kCity, '--rules', join(kRoot, 'data/rules/grade.toml'), '--divisions', join(kRoot, 'data/divisions/villages-370700.tsv'))
    await done('backup', kCity, at('own'))
    await done('restore', at('own'), at('own-restored'))
    for (const name of ['rules/grade.toml', 'divisions/villages-370700.tsv'])
      assert.deepEqual(readFileSync(at(`own-restored/${name}`)), readFileSync(join(kRoot, 'data', name)))
  })

  test('a backup without keys says so, and so does restoring it', async () => {
    assert.match((await done('backup', kCity, at('keyless'))).out, /keys\/ is not in it/)
    assert.ok(!existsSync(at('keyless/keys')))
    assert.match((await done('restore', at('keyless'), at('keyless-restored'))).out, /keys\/ is restored apart/)
  })

  test('a restored node gets no other keys: it does not start before it has its own again', async () => {
    const kLost = at('keyless-restored')
    for (const [language, words] of [['en', /keyless-restored\/keys is not there .*Restore the folder of keys/], ['zh', /keyless-restored\/keys 不存在.*恢复/]])
      for (const line of [['serve', '--port', '0'], ['demo', '--once'], ['user', 'reset-password', 'duty1']]) {
        const ran = await run([...line, '--data', kLost, '--lang', language])
        assert.equal(ran.code, 1, line.join(' '))
        assert.match(ran.err, words)
      }
    assert.ok(!existsSync(join(kLost, 'keys')))
    cpSync(`${kCity}/keys`, join(kLost, 'keys'), { recursive: true })
    assert.equal(await (await serve(kLost)).stop(), 0)
  })

  test('other keys than its own are refused, and so is half of them', async () => {
    const refused = async (folder, ...words) => {
      for (const [i, language] of ['en', 'zh'].entries())
        for (const line of [['serve', '--port', '0'], ['demo', '--once'], ['user', 'reset-password', 'duty1']]) {
          const ran = await run([...line, '--data', folder, '--lang', language])
          assert.equal(ran.code, 1, line.join(' '))
          assert.match(ran.err, words[i])
        }
    }
    const kKeys = at('keyless-restored/keys')
    const swap = (from) => {
      rmSync(kKeys, { recursive: true })
      cpSync(from, kKeys, { recursive: true })
    }
    await done('demo', '--once', '--port', '0', '--data', at('stranger'))
    swap(at('stranger/keys'))
    await refused(at('keyless-restored'), /^The keys in .*keyless-restored\/keys are not the keys of this store/, /keyless-restored\/keys 里的密钥不是这个账本的密钥/)
    rmSync(join(kKeys, 'node.pem'))
    await refused(at('keyless-restored'), /keys has no node\.pem; not started/, /keys 里没有 node\.pem，未启动/)
    for (const name of readdirSync(kKeys)) rmSync(join(kKeys, name))
    await refused(at('keyless-restored'), /keys has no master\.key/, /keys 里没有 master\.key/)
    assert.deepEqual(readdirSync(kKeys), [])
    swap(`${kCity}/keys`)
    assert.equal(await (await serve(at('keyless-restored'))).stop(), 0)
  })

  test('copies are for their owner alone', async () => {
    const old = process.umask(0o022)
    await done('backup', '--with-keys', kCity, at('private'))
    await done('restore', at('private'), at('private-restored'))
    process.umask(old)
    for (const folder of ['private', 'private-restored']) {
      for (const path of ['', '/keys']) assert.equal(mode(at(folder + path)), 0o700, folder + path)
      for (const name of ['journal.db', 'vault.db', 'keys/master.key']) assert.equal(mode(at(`${folder}/${name}`)), 0o600, `${folder}/${name}`)
    }
  })

  test('nothing is written over something', async () => {
    mkdirSync(at('full'))
    writeFileSync(at('full/note.txt'), 'mine')
    writeFileSync(at('plain'), 'mine')
    for (const words of [['restore', at('whole'), at('full')], ['restore', at('whole'), kCity], ['backup', kCity, at('full')], ['backup', kCity, kCity], ['backup', kCity, at('plain')]]) {
      const ran = await run(words)
      assert.equal(ran.code, 1, words.join(' '))
      assert.match(ran.err, /is not empty; nothing was written/)
    }
    assert.deepEqual(readdirSync(at('full')), ['note.txt'])
    assert.equal(readFileSync(at('plain'), 'utf8'), 'mine')
    assert.equal((await report(kCity)).sound, true)
    mkdirSync(at('empty'))
    await done('restore', at('whole'), at('empty'))
  })

  test('nothing is written into what is copied', async () => {
    for (const [words, name] of [[['backup', kCity, join(kCity, 'inside')], kCity], [['backup', `${kCity}/`, join(kCity, 'a/../b/c')], `${kCity}/`], [['restore', at('whole'), at('whole/inside')], at('whole')]])
      for (const [language, told] of [['en', 'lies inside of'], ['zh-CN', '里面，什么也没有写入']]) {
        const ran = await run([...words, '--lang', language])
        assert.equal(ran.code, 1, words.join(' '))
        assert.ok(ran.err.includes(told) && ran.err.includes(name), ran.err)
        assert.ok(!existsSync(words[2]))
      }
  })

  test('a place that cannot be written to is told', async () => {
    const ran = await run(['backup', kCity, '/proc/anlan'])
    assert.equal(ran.code, 1)
    assert.match(ran.err, /^Failed: cannot make folder \/proc\/anlan: /)
  })

  test('a damaged backup is not called restored', async () => {
    await done('backup', kCity, at('damaged'))
    spoil(at('damaged/journal.db'), statSync(at('damaged/journal.db')).size / 2, 'spoilt')
    const ran = await run(['restore', at('damaged'), at('damaged-restored')])
    assert.equal(ran.code, 1)
    assert.doesNotMatch(ran.out + ran.err, /Restored to/)
    assert.deepEqual(existsSync(at('damaged-restored')) ? readdirSync(at('damaged-restored')) : [], [], 'what could not be copied whole is not left')
    assert.equal((await report(at('damaged'))).sound, false)
  })
})

describe('folders that are no node', () => {
  const kWays = [(folder) => ['verify', folder], (folder) => ['rebuild', folder], (folder) => ['backup', folder, at('never')], (folder) => ['restore', folder, at('never')], (folder) => ['user', 'list', '--data', folder]]

  const refuses = async (folder, words) => {
    for (const way of kWays) {
      const ran = await run(way(folder))
      assert.equal(ran.code, 1, way(folder).join(' '))
      assert.match(ran.out + ran.err, words)
      assert.ok(!existsSync(at('never')) || readdirSync(at('never')).length === 0)
    }
  }

  test('a folder without a journal stays as it was', async () => {
    mkdirSync(at('other'))
    await refuses(at('other'), /is no node's directory \(no journal\.db\)/)
    assert.deepEqual(readdirSync(at('other')), [])
    await refuses(at('nowhere'), /is no node's directory/)
    assert.ok(!existsSync(at('nowhere')))
  })

  test('a journal without its vault gets no new one, not even by serving it', async () => {
    mkdirSync(at('half'))
    copyFileSync(at('keyless/journal.db'), at('half/journal.db'))
    await refuses(at('half'), /has a journal \(journal\.db\) and no vault \(vault\.db\)/)
    const served = await run(['serve', '--data', at('half'), '--port', '0'])
    assert.equal(served.code, 1)
    assert.match(served.err, /no vault/)
    assert.deepEqual(readdirSync(at('half')), ['journal.db'])
  })

  test('a file that only bears the name is found out', async () => {
    mkdirSync(at('junk'))
    for (const name of ['journal.db', 'vault.db']) writeFileSync(at(`junk/${name}`), 'junk'.repeat(5000))
    await refuses(at('junk'), /damaged|not a database/)
    assert.equal((await report(at('junk'))).sound, false)
    const served = await run(['serve', '--data', at('junk'), '--port', '0'])
    assert.equal(served.code, 1)
    assert.match(served.err, /damaged|not a database/)
  })
})

describe('a node at work', () => {
  test('is left to the process that works on it, and may be verified and backed up', async () => {
    const node = await serve(kCity)
    for (const words of [['serve', '--port', '0', '--data', kCity], ['demo', '--once', '--data', kCity], ['rebuild', kCity], ['user', 'unlock', 'duty1', '--data', kCity]])
      for (const [language, told] of [['en', /is in use by another process/], ['zh-CN', /^\S+ 正由另一个进程使用.*\n$/]]) {
        const ran = await run([...words, '--lang', language])
        assert.equal(ran.code, 1, words.join(' '))
        assert.match(ran.err, told)
      }
    const { facts } = await report(kCity)
    assert.match((await done('user', 'list', '--data', kCity)).out, /^secadmin .* security_admin  active$/m)
    assert.equal((await report(kCity)).facts, facts)
    assert.match((await done('verify', kCity)).out, /^Sound: \d+ facts, hash of the last [0-9a-f]{64}\n$/)
    assert.equal(await node.stop(), 0)
  })

  test('that is told to end says so and serves on for a while, keeping no connection', async () => {
    const node = await serve(kCity, { more: ['--set', 'http.leave_s=3'] })
    const kept = await fetch(`${node.url}/readyz`)
    assert.deepEqual([kept.status, await kept.text()], [200, 'ready\n'])
    const ended = node.stop()
    const asked = async (path) => {
      const answer = await fetch(node.url + path)
      await answer.text()
      return [answer.status, answer.headers.get('connection')]
    }
    while ((await asked('/healthz'))[1] !== 'close');
    assert.deepEqual(await asked('/readyz'), [503, 'close'])
    assert.deepEqual(await asked('/api/v1/node'), [200, 'close'])
    assert.equal(await ended, 0)
    await assert.rejects(asked('/healthz'))
  })

  test('that is no demo is left alone by the demo', async () => {
    const folder = at('site')
    assert.equal(await (await serve(folder)).stop(), 0)
    const before = await report(folder)
    for (const [language, told] of [['en', /site holds another node, not the demo city; nothing was written/], ['zh-CN', /site 里是别的节点，不是演示城市；什么也没有写入/]]) {
      const ran = await run(['demo', '--once', '--port', '0', '--data', folder, '--lang', language])
      assert.deepEqual([ran.code, ran.out], [3, ''])
      assert.match(ran.err, told)
    }
    assert.deepEqual(await report(folder), before)
    assert.ok(!existsSync(join(folder, 'documents')))
  })

  test('that cannot have its port says so and fails', async () => {
    const node = await serve(kCity)
    await done('restore', at('whole'), at('second'))
    const ran = await run(['serve', '--data', at('second'), '--port', new URL(node.url).port])
    assert.equal(await node.stop(), 0)
    assert.equal(ran.code, 1)
    assert.match(ran.err, /^Failed: listen on 127\.0\.0\.1 port \d+: Address already in use/)
  })
})

describe('rebuild and verify', () => {
  test('views that were thrown away come back from the facts', async () => {
    for (const name of readdirSync(at('restored')).filter((one) => one.startsWith('view.db'))) rmSync(at(`restored/${name}`))
    const { facts } = await report(at('restored'))
    assert.match((await done('rebuild', at('restored'))).out, new RegExp(`built anew from ${facts} facts\\n$`))
    assert.ok(statSync(at('restored/view.db')).size > 0)
  })

  test('what root made in the folder of another user belongs to that user', { skip: process.getuid() !== 0 && 'only root can' }, async () => {
    const kUser = 54_321
    await done('restore', at('whole'), at('service'))
    chownSync(at('service'), kUser, kUser)
    for (const name of readdirSync(at('service'))) chownSync(at(`service/${name}`), kUser, kUser)
    await done('rebuild', at('service'))
    await done('user', 'unlock', 'duty1', '--data', at('service'))
    for (const name of ['view.db', 'lock', 'journal.db']) assert.equal(statSync(at(`service/${name}`)).uid, kUser, name)
  })

  test('damage outside of the facts is told in plain words, and to a program as ever', async () => {
    await done('backup', kCity, at('torn'))
    const file = at('torn/journal.db')
    const bytes = readFileSync(file)
    const where = bytes.length - 20
    spoil(file, where, bytes[where] === 'X'.charCodeAt(0) ? 'Y' : 'X')
    const english = await run(['verify', at('torn')]), chinese = await run(['verify', at('torn'), '--lang', 'zh-CN'])
    assert.deepEqual([english.code, chinese.code], [1, 1])
    const page = bytes.length / 4096
    assert.ok(english.out.includes(`Outside of the facts: a file is damaged: journal.db: page ${page} is damaged (its checksum does not fit)\n`), english.out)
    assert.ok(chinese.out.includes(`文件损坏：journal.db 第 ${page} 页已损坏（校验和不符）\n`), chinese.out)
    for (const out of [english.out, chinese.out]) assert.doesNotMatch(out, /position 0|第 0 条|（ ）|\( \)|fact: -|：-\n/)
    assert.doesNotMatch(chinese.out, /engine|checksum|page|content/)
    const told = await report(at('torn'))
    assert.ok(told.problems.some((one) => one.kind === 'engine' && one.detail === `journal.db: page ${page} is damaged (checksum)`))
  })

  test('a fact changed with another tool is named', async () => {
    await done('backup', kCity, at('forged'))
    const file = at('forged/journal.db')
    const where = readFileSync(file).indexOf('"summary":"')
    assert.ok(where > 0)
    spoil(file, where + '"summary":"'.length, 'X')
    const ran = await run(['verify', at('forged')])
    assert.equal(ran.code, 1)
    assert.match(ran.out, /Problems: [1-9]\d*; first bad fact: /)
    const told = await report(at('forged'))
    assert.equal(told.sound, false)
    assert.ok(told.problems.length > 0)
    chmodSync(file, 0o600)
  })
})
